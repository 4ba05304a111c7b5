use domain::{Permission, permissions::Elevations};

use super::super::queries::elevation as queries;
use crate::{Access, Backend, Result};

/// Requests, and given permissions, that the page lists at most.
const LISTED: usize = 500;

/// What waits for an answer, and what is given at this instant.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn list(backend: &Backend, access: &Access) -> Result<Elevations> {
    access.require(Permission::SettingsEditStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let all = queries::current(&mut tx, access.account(), backend.clock.now(), LISTED + 1).await?;
    tx.commit().await?;
    let (mut open, mut running): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|elevation| elevation.given.is_none());
    let is_cut = open.len().max(running.len()) > LISTED;
    open.truncate(LISTED);
    running.truncate(LISTED);
    Ok(Elevations { open, running, is_cut })
}
