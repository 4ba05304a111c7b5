use domain::{ElevationId, Permission, Refusal, activity::Event, permissions::Elevation};

use super::{
    super::queries::elevation::{self as queries, Verdict},
    acted_on,
};
use crate::{Access, Backend, Result, activity};

/// Takes back what was given, before its end; at once. Of what is over already, nothing changes.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (to edit staff, and for what the actor could not give; one's own can be given back without),
/// [`Refusal::NotFound`], [`Refusal::ChangedMeanwhile`] for what was never given.
pub async fn withdraw(backend: &Backend, access: &Access, id: ElevationId) -> Result<()> {
    access.require(Permission::SettingsEditStaff)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let found = acted_on(&mut tx, backend, access, id).await?;
    if found.verdict != Some(Verdict::Granted) {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if !found.is_running(now) {
        return Ok(());
    }
    queries::end(&mut tx, account, id, access.member_id(), now).await?;
    let Elevation { member, name, permission, .. } = found.elevation;
    let permission = permission.label().to_owned();
    let event = Event::ElevationWithdrawn { elevation: id, member, name, permission };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}
