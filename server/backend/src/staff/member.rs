use domain::{MemberId, Permission, Refusal, identity::SessionRow, staff::MemberDetails};

use super::queries;
use crate::{Access, Backend, Result, identity};

/// Somebody of the account. Somebody removed is still found: their history stays under their name.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn member(backend: &Backend, access: &Access, id: MemberId) -> Result<MemberDetails> {
    access.require(Permission::SettingsViewStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let details = queries::member::details(&mut tx, access.account(), id, backend.clock.now()).await?;
    tx.commit().await?;
    details.ok_or(Refusal::NotFound.into())
}

/// [`member`], and where they are signed in to this account: what they have open in other accounts is nobody's business here. Only
/// an Admin learns that, and about oneself one's profile tells more: none for everybody else.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn member_with_sessions(
    backend: &Backend,
    access: &Access,
    id: MemberId,
) -> Result<(MemberDetails, Option<Vec<SessionRow>>)> {
    access.require(Permission::SettingsViewStaff)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let now = backend.clock.now();
    let member = queries::member::details(&mut tx, account, id, now).await?.ok_or(Refusal::NotFound)?;
    let may_see = access.permissions().contains(Permission::RemovePeople) && access.member_id() != Some(id);
    let sessions = match may_see {
        true => Some(identity::sessions_in_account(&mut tx, now, member.login_id, account).await?),
        false => None,
    };
    tx.commit().await?;
    Ok((member, sessions))
}
