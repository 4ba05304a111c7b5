use domain::{AccountId, InvitationId, Permission, Refusal, staff::InvitationDetails};

use super::{
    places::may_place,
    queries::invitation::{self as queries, StoredInvitation},
};
use crate::{Access, Backend, Result, db::Tx};

/// Everything about one invitation; its places only for whoever may put people anywhere.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn invitation(backend: &Backend, access: &Access, id: InvitationId) -> Result<InvitationDetails> {
    access.require(Permission::SettingsViewStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = load(&mut tx, access.account(), id).await?;
    tx.commit().await?;
    let mut details = stored.details;
    // Pipelines that somebody is not in are not there for them.
    details.places.retain(|_| may_place(access));
    Ok(details)
}

/// # Errors
/// [`Refusal::NotFound`], also for another account's.
pub(super) async fn load(tx: &mut Tx, account: AccountId, id: InvitationId) -> Result<StoredInvitation> {
    Ok(queries::find(tx, account, id).await?.ok_or(Refusal::NotFound)?)
}
