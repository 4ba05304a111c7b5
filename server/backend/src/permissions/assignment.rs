//! What somebody is given, as tables hold it and as it counts at this instant.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, Permission, PermissionSet, Refusal,
    permissions::{Assignment, AssignmentChoice, ProfileName},
};
use uuid::Uuid;

use super::queries;
use crate::{Access, Actor, Error, Result, db::Tx};

/// The columns of a profile beside those of whoever holds it; all none where nobody chose one.
pub(crate) struct ProfileColumns {
    pub id: Option<Uuid>,
    pub name: Option<String>,
    pub permissions: Option<Vec<String>>,
}

/// `elevated` are the keys of what they have beside the profile at this instant.
///
/// # Errors
/// [`Error::Internal`] for a role that this version does not know.
pub(crate) fn assignment(
    role: &str,
    only_assigned: bool,
    profile: ProfileColumns,
    elevated: &[String],
) -> Result<Assignment> {
    let profile = match profile {
        ProfileColumns { id: Some(id), name: Some(name), permissions: Some(keys) } => {
            Some((ProfileName { id: id.into(), name }, set_of(&keys)))
        }
        _ => None,
    };
    let role = role.parse().map_err(Error::internal)?;
    Ok(Assignment::elevated(role, profile, only_assigned, set_of(elevated)))
}

/// Keys that a newer version wrote give nothing here.
pub(crate) fn set_of(keys: &[String]) -> PermissionSet {
    keys.iter().filter_map(|key| key.parse().ok()).collect()
}

pub(crate) fn keys_of(set: PermissionSet) -> Vec<String> {
    set.iter().map(|permission| permission.key().to_owned()).collect()
}

/// What a choice comes to now.
///
/// # Errors
/// [`Refusal::Invalid`] for `profile` when the account has no such profile.
pub(crate) async fn resolve(tx: &mut Tx, account: AccountId, choice: AssignmentChoice) -> Result<Assignment> {
    let profile = match choice.profile {
        Some(id) => {
            let found = queries::profile::find(tx, account, id).await?;
            let gone = || Refusal::field("profile", domain::Problem::InvalidChoice);
            let profile = found.ok_or_else(gone)?.profile;
            Some((ProfileName { id, name: profile.name }, profile.permissions))
        }
        None => None,
    };
    Ok(Assignment::new(choice.role, profile, choice.only_assigned))
}

/// Keeps in the history what a member has from `now` on. Whoever writes an assignment calls it afterwards.
pub(crate) async fn note_given(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    by: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    queries::given::note(tx, account, member, by, now).await
}

/// A member with what they may do at this instant, for jobs that act for them: rights lost since the job was enqueued are not used.
/// None when they are no active member any more.
pub(crate) async fn access_now(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<Option<Access>> {
    let holder = queries::holder::find(tx, account, member, now).await?;
    Ok(holder.filter(|holder| holder.is_active).map(|holder| {
        let actor = Actor::Member { id: member, login_id: holder.login_id, name: holder.name };
        Access::assigned(account, actor, &holder.assignment, false)
    }))
}

/// The one who acts, with what they may do at this instant. Ask under the account's lock: whoever was demoted while waiting for it
/// may not any more.
///
/// # Errors
/// [`Refusal::SignInNeeded`] when they are no active member any more; [`Refusal::PermissionMissing`] without `needed`.
pub(crate) async fn require_now(
    tx: &mut Tx,
    access: &Access,
    needed: Permission,
    now: DateTime<Utc>,
) -> Result<Access> {
    let acting = match access.member_id() {
        Some(actor) => access_now(tx, access.account(), actor, now).await?.ok_or(Refusal::SignInNeeded)?,
        None => access.clone(),
    };
    acting.require_unnoted(needed)?;
    Ok(acting)
}
