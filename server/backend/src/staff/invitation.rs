use domain::{AccountId, InvitationId, Permission, Refusal, staff::InvitationDetails};

use super::{
    places::Asked,
    queries::invitation::{self as queries, StoredInvitation},
};
use crate::{Access, Backend, Result, db::Tx};

/// Everything about one invitation; of its places those into which one may put people.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for another account's.
pub async fn invitation(backend: &Backend, access: &Access, id: InvitationId) -> Result<InvitationDetails> {
    access.require(Permission::SettingsViewStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let mut details = load(&mut tx, access.account(), id).await?.details;
    if !details.places.is_empty() {
        // What somebody is not in is not there for them, unless they manage it.
        let asked = Asked::of(&mut tx, access).await?;
        details.places.retain(|place| asked.has(place.place));
    }
    tx.commit().await?;
    Ok(details)
}

/// # Errors
/// [`Refusal::NotFound`], also for another account's.
pub(super) async fn load(tx: &mut Tx, account: AccountId, id: InvitationId) -> Result<StoredInvitation> {
    Ok(queries::find(tx, account, id).await?.ok_or(Refusal::NotFound)?)
}
