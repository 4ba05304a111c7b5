use chrono::{DateTime, Duration, Utc};
use domain::{
    AccountId, Email, Permission,
    account::{InvitationInNeed, InvitationNeed, OVERVIEW_ROWS, Overview, RECENT_DAYS, StaffOverview},
};

use super::queries::{self, InNeed, StaffCounts};
use crate::{Access, Backend, Error, Result, db::Tx, staff::review_need};

/// What the dashboard shows to this person.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] without access to the dashboard.
pub async fn overview(backend: &Backend, access: &Access) -> Result<Overview> {
    access.require(Permission::DashboardView)?;
    if !access.permissions().contains(Permission::SettingsViewStaff) {
        return Ok(Overview { staff: None, review: None, requests: None });
    }
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let counts = queries::staff_counts(&mut tx, account, now).await?;
    let requests =
        access.permissions().contains(Permission::SettingsEditStaff).then(|| count(counts.requests));
    let staff = staff_overview(&mut tx, account, now, counts).await?;
    let review = match access.permissions().contains(Permission::ReviewAccess) {
        true => review_need(&mut tx, account, now).await?,
        false => None,
    };
    tx.commit().await?;
    Ok(Overview { staff: Some(staff), review, requests })
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

async fn staff_overview(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
    counts: StaffCounts,
) -> Result<StaffOverview> {
    let most = i64::from(OVERVIEW_ROWS);
    let in_need = queries::in_need(tx, account, now, most).await?;
    let recent = now - Duration::days(RECENT_DAYS.into());
    let joined = queries::joined_since(tx, account, recent, most).await?;
    Ok(StaffOverview {
        active: count(counts.active),
        deactivated: count(counts.deactivated),
        pending: count(counts.pending),
        expired: count(counts.expired),
        attention: in_need.into_iter().map(invitation_in_need).collect::<Result<_>>()?,
        joined,
    })
}

fn invitation_in_need(row: InNeed) -> Result<InvitationInNeed> {
    let need = match (row.asked_again_at, row.delivery_reason) {
        (Some(at), _) => InvitationNeed::AskedAgain { at },
        (None, Some(reason)) => InvitationNeed::NotDelivered { reason },
        (None, None) => InvitationNeed::Expired { at: row.expires_at },
    };
    let email = Email::parse(&row.email).map_err(|problem| Error::internal(problem.to_string()))?;
    Ok(InvitationInNeed { id: row.id.into(), name: row.name, email, need })
}
