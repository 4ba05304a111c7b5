use domain::{AccountId, InvitationId, Permission, Refusal, staff::InvitationDetails};

use super::queries::invitation::{self as queries, StoredInvitation};
use crate::{Access, Backend, Result, db::Tx};

/// Everything about one invitation.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn invitation(backend: &Backend, access: &Access, id: InvitationId) -> Result<InvitationDetails> {
    access.require(Permission::SettingsViewStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = load(&mut tx, access.account(), id).await?;
    tx.commit().await?;
    Ok(stored.details)
}

/// # Errors
/// [`Refusal::NotFound`], also for another account's.
pub(super) async fn load(tx: &mut Tx, account: AccountId, id: InvitationId) -> Result<StoredInvitation> {
    Ok(queries::find(tx, account, id).await?.ok_or(Refusal::NotFound)?)
}
