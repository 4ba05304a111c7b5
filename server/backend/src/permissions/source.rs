use chrono::{DateTime, Utc};
use domain::{
    Role,
    permissions::{Assignment, PermissionSource, Profile, ProfileName},
};

use super::{
    draft,
    queries::{self, holder::Holder},
};
use crate::{Access, Result, db::Tx};

/// What a [`PermissionSource`] is called and gives now.
pub(crate) struct SourceNow {
    pub label: String,
    pub assignment: Assignment,
    /// False for somebody who is shut out: they may do nothing, whatever they were given.
    pub is_active: bool,
}

/// None when there is no such profile or member, or no such draft of the one who asks.
pub(crate) async fn source_now(
    tx: &mut Tx,
    access: &Access,
    source: PermissionSource,
    now: DateTime<Utc>,
) -> Result<Option<SourceNow>> {
    let account = access.account();
    Ok(match source {
        PermissionSource::Profile(id) => queries::profile::find(tx, account, id)
            .await?
            .map(|found| with_profile(found.profile.name.clone(), found.profile)),
        PermissionSource::Draft(id) => match queries::profile::find(tx, account, id).await? {
            Some(found) => draft::own(tx, access, &found.profile).await?.map(|draft| {
                let label = format!("{} with your draft", found.profile.name);
                with_profile(label, Profile { permissions: draft.rebased.permissions, ..found.profile })
            }),
            None => None,
        },
        PermissionSource::Member(id) => queries::holder::find(tx, account, id, now).await?.map(
            |Holder { name, assignment, is_active, .. }| SourceNow { label: name, assignment, is_active },
        ),
        PermissionSource::Role(role) => {
            let assignment = Assignment::of_role(role);
            Some(SourceNow { label: assignment.profile_label().to_owned(), assignment, is_active: true })
        }
    })
}

/// A User who holds the profile.
fn with_profile(label: String, Profile { id, name, permissions, .. }: Profile) -> SourceNow {
    let held = Some((ProfileName { id, name }, permissions));
    SourceNow { label, assignment: Assignment::new(Role::User, held, false), is_active: true }
}
