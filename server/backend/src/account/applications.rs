//! The owner's own applications that sections link to.

use domain::{Permission, account::ConnectedApplication, permissions::Section};

use super::queries::application as queries;
use crate::{Access, Backend, Result};

/// The application behind a section, for somebody who may view the section; none where none is connected.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] without the section's master switch.
pub async fn section_application(
    backend: &Backend,
    access: &Access,
    section: Section,
) -> Result<Option<ConnectedApplication>> {
    access.require_unnoted(Permission::view(section))?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let found = queries::find(&mut tx, access.account(), section).await?;
    tx.commit().await?;
    Ok(found)
}

/// Every connected application, for those who may change them.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn applications(backend: &Backend, access: &Access) -> Result<Vec<ConnectedApplication>> {
    access.require(Permission::AccountSettings)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let all = queries::all(&mut tx, access.account()).await?;
    tx.commit().await?;
    Ok(all)
}
