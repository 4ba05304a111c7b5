use domain::{Permission, permissions::Elevations};

use super::super::queries::elevation as queries;
use crate::{Access, Backend, Result};

/// Requests, and given permissions, that the page lists at most.
const LISTED: i64 = 500;

/// What waits for an answer, and what is given at this instant.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn list(backend: &Backend, access: &Access) -> Result<Elevations> {
    access.require(Permission::SettingsEditStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let all = queries::current(&mut tx, access.account(), backend.clock.now(), LISTED).await?;
    tx.commit().await?;
    let (open, running) = all.into_iter().partition(|elevation| elevation.given.is_none());
    Ok(Elevations { open, running })
}
