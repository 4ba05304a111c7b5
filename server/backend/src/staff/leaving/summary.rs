use domain::staff::{
    MemberDetails, MemberState,
    leaving::{HeldKind, LeavingSummary},
};

use crate::{
    Access, Backend, Result, calendars::handover as calendars, db::Tx, pipelines::handover as pipelines,
    staff::queries::leaving as queries,
};

/// Leavings that a person's page lists.
const LINES: i64 = 5;

/// When somebody left, and what they still hold although they are out.
pub(in crate::staff) async fn summary(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    member: &MemberDetails,
) -> Result<LeavingSummary> {
    let account = access.account();
    let lines = queries::lines(tx, account, member.id, LINES).await?;
    if member.state == MemberState::Active {
        return Ok(LeavingSummary { lines, still_held: vec![] });
    }
    let (appointments, hosting) = calendars::count(tx, account, member.id, backend.clock.now()).await?;
    let (opportunities, inside) = pipelines::count(tx, account, member.id).await?;
    let counts = [appointments, opportunities, hosting, inside];
    let still_held = HeldKind::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
    Ok(LeavingSummary { lines, still_held })
}
