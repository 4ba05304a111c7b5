use chrono::{DateTime, Utc};
use domain::{
    MemberId, Permission, Refusal,
    permissions::{Explanation, ExplanationId, MemberAccess},
};

use super::queries;
use crate::{Access, Backend, Result, db::Tx};

/// People that an explanation names before "and … more".
const CHANGERS: i64 = 5;

/// Everything that decides what one person may do. People may always ask about themselves; about somebody removed there is nothing
/// to decide any more, but what they had is still told.
///
/// # Errors
/// [`Refusal::PermissionMissing`] without the permission to view staff; [`Refusal::NotFound`], also for another account's.
pub async fn member_access(backend: &Backend, access: &Access, member: MemberId) -> Result<MemberAccess> {
    if access.member_id() != Some(member) {
        access.require(Permission::SettingsViewStaff)?;
    }
    let mut tx = backend.db.tenant(access.account()).await?;
    let found =
        queries::explanation::member_access(&mut tx, access.account(), member, backend.clock.now()).await?;
    tx.commit().await?;
    found.ok_or(Refusal::NotFound.into())
}

/// Why somebody may or may not do something: each fact that decides it, since when it is so and by whom, and who can change it.
///
/// # Errors
/// As [`member_access`].
pub async fn explain(backend: &Backend, access: &Access, id: ExplanationId) -> Result<Explanation> {
    if !access.member_id().is_some_and(|own| id.is_about(own)) {
        access.require(Permission::SettingsViewStaff)?;
    }
    let mut tx = backend.db.tenant(access.account()).await?;
    let (account, now) = (access.account(), backend.clock.now());
    let about = queries::explanation::member_access_by_tail(&mut tx, account, &id.tail(), now).await?;
    let explanation = chain(&mut tx, about.ok_or(Refusal::NotFound)?, id.permission, now).await?;
    tx.commit().await?;
    Ok(explanation)
}

async fn chain(
    tx: &mut Tx,
    about: MemberAccess,
    permission: Permission,
    now: DateTime<Utc>,
) -> Result<Explanation> {
    let account = about.account;
    let given = queries::explanation::given(tx, account, about.member).await?;
    let switched = match &about.assignment.profile {
        Some(profile) => queries::explanation::switched(tx, account, profile.id, permission).await?,
        None => None,
    };
    let (changers, changers_total) =
        queries::explanation::changers(tx, account, permission, CHANGERS, now).await?;
    Ok(Explanation {
        about,
        permission,
        role_given: given.role,
        profile_given: given.profile,
        scope_given: given.scope,
        switched,
        changers,
        changers_total,
    })
}
