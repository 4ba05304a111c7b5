use chrono::{DateTime, Utc};
use domain::{
    AccountId, Role,
    permissions::{Assignment, PermissionSource, ProfileName},
};

use super::queries;
use crate::{Result, db::Tx};

/// What a [`PermissionSource`] is called and gives now.
pub(crate) struct SourceNow {
    pub label: String,
    pub assignment: Assignment,
}

/// None when there is no such profile or member.
pub(crate) async fn source_now(
    tx: &mut Tx,
    account: AccountId,
    source: PermissionSource,
    now: DateTime<Utc>,
) -> Result<Option<SourceNow>> {
    Ok(match source {
        PermissionSource::Profile(id) => queries::profile::find(tx, account, id).await?.map(|found| {
            let name = ProfileName { id, name: found.profile.name };
            let label = name.name.clone();
            let assignment = Assignment::new(Role::User, Some((name, found.profile.permissions)), false);
            SourceNow { label, assignment }
        }),
        PermissionSource::Member(id) => queries::holder::find(tx, account, id, now)
            .await?
            .map(|holder| SourceNow { label: holder.name, assignment: holder.assignment }),
        PermissionSource::Role(role) => {
            let assignment = Assignment::of_role(role);
            Some(SourceNow { label: assignment.profile_label().to_owned(), assignment })
        }
    })
}
