use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, PersonName, ProfileId,
    permissions::{Changed, ProfileState, ProfileVersion},
};
use uuid::Uuid;

use super::super::assignment::set_of;
use crate::{Error, Result, db::Tx};

struct Row {
    version: i32,
    name: String,
    description: String,
    permissions: Vec<String>,
    changed_at: DateTime<Utc>,
    first_name: Option<String>,
    last_name: Option<String>,
}

impl From<Row> for ProfileVersion {
    fn from(row: Row) -> Self {
        let by = row.first_name.zip(row.last_name).map(|(first, last)| PersonName { first, last }.full());
        Self {
            version: row.version,
            name: row.name,
            description: row.description,
            permissions: set_of(&row.permissions),
            changed: Changed { at: row.changed_at, by },
        }
    }
}

/// The versions up to `newest` and from before an instant (all for none), the newest first.
pub(in crate::permissions) async fn list(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
    newest: Option<i32>,
    before: Option<DateTime<Utc>>,
    most: usize,
) -> Result<Vec<ProfileVersion>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select v.version, v.name, v.description, v.permissions, v.changed_at,
                  m.first_name as "first_name?", m.last_name as "last_name?"
           from permission_profile_version v
           left join member m on m.account_id = v.account_id and m.id = v.changed_by
           where v.account_id = $1 and v.profile_id = $2
             and ($3::integer is null or v.version <= $3)
             and ($4::timestamptz is null or v.changed_at < $4)
           order by v.version desc limit $5"#,
        account.0,
        profile.0,
        newest,
        before,
        i64::try_from(most).map_err(Error::internal)?,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(ProfileVersion::from).collect())
}

pub(in crate::permissions) async fn find(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
    version: i32,
) -> Result<Option<ProfileVersion>> {
    let found = list(tx, account, profile, Some(version), None, 1).await?;
    Ok(found.into_iter().find(|found| found.version == version))
}

/// What the profile was at an instant; none when it did not exist yet.
pub(in crate::permissions) async fn as_of(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
    at: DateTime<Utc>,
) -> Result<Option<ProfileVersion>> {
    Ok(list(tx, account, profile, None, Some(at), 1).await?.pop())
}

/// What profiles held since an instant, and what each held then; oldest first.
pub(in crate::permissions) async fn states_since(
    tx: &mut Tx,
    account: AccountId,
    profiles: &[Uuid],
    from: DateTime<Utc>,
) -> Result<HashMap<ProfileId, Vec<ProfileState>>> {
    let rows = sqlx::query!(
        r#"select p.id as "id!", v.changed_at as "since!", v.permissions as "permissions!"
           from unnest($2::uuid[]) as p (id)
           cross join lateral (
               (select version, changed_at, permissions from permission_profile_version
                where account_id = $1 and profile_id = p.id and changed_at <= $3 order by version desc limit 1)
               union all
               (select version, changed_at, permissions from permission_profile_version
                where account_id = $1 and profile_id = p.id and changed_at > $3)
           ) v
           order by p.id, v.version"#,
        account.0,
        profiles,
        from,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut states: HashMap<ProfileId, Vec<ProfileState>> = HashMap::new();
    for row in rows {
        let state = ProfileState { since: row.since, permissions: set_of(&row.permissions) };
        states.entry(row.id.into()).or_default().push(state);
    }
    Ok(states)
}
