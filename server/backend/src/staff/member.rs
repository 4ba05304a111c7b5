use domain::{MemberId, Permission, Refusal, staff::MemberDetails};

use super::queries;
use crate::{Access, Backend, Result};

/// Everything a member's page shows. Somebody removed is still found: their history stays under their name.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn member(backend: &Backend, access: &Access, id: MemberId) -> Result<MemberDetails> {
    access.require(Permission::SettingsViewStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let details = queries::member::details(&mut tx, access.account(), id).await?;
    tx.commit().await?;
    details.ok_or(Refusal::NotFound.into())
}
