use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, PermissionSet, PersonName, ProfileId, Refusal,
    permissions::{Changed, Profile, ProfileRow},
};
use uuid::Uuid;

use super::super::assignment::{keys_of, set_of};
use crate::{Result, db::Tx, error::OnConstraint, stored::number};

/// A profile with its last change.
pub(in crate::permissions) struct Found {
    pub profile: Profile,
    pub changed: Changed,
}

struct Row {
    id: Uuid,
    name: String,
    description: String,
    permissions: Vec<String>,
    version: i32,
    changed_at: DateTime<Utc>,
    first_name: Option<String>,
    last_name: Option<String>,
    people: i64,
    has_draft: bool,
}

impl From<Row> for Found {
    fn from(row: Row) -> Self {
        let by = row.first_name.zip(row.last_name).map(|(first, last)| PersonName { first, last }.full());
        Self {
            profile: Profile {
                id: row.id.into(),
                name: row.name,
                description: row.description,
                permissions: set_of(&row.permissions),
                version: row.version,
            },
            changed: Changed { at: row.changed_at, by },
        }
    }
}

pub(in crate::permissions) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: ProfileId,
) -> Result<Option<Found>> {
    let row = sqlx::query_as!(
        Row,
        r#"select p.id, p.name, p.description, p.permissions, p.version, p.changed_at,
                  m.first_name as "first_name?", m.last_name as "last_name?", 0::bigint as "people!", false as "has_draft!"
           from permission_profile p
           left join member m on m.account_id = p.account_id and m.id = p.changed_by
           where p.account_id = $1 and p.id = $2"#,
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(Found::from))
}

/// All profiles of an account by name, with how many members hold each, and whether `editor` has a draft of it.
pub(in crate::permissions) async fn all(
    tx: &mut Tx,
    account: AccountId,
    editor: Option<MemberId>,
) -> Result<Vec<ProfileRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select p.id, p.name, p.description, p.permissions, p.version, p.changed_at,
                  m.first_name as "first_name?", m.last_name as "last_name?",
                  (select count(*) from member h
                   where h.account_id = p.account_id and h.profile_id = p.id and h.state <> 'removed') as "people!",
                  exists (select 1 from permission_profile_draft d
                          where d.account_id = p.account_id and d.profile_id = p.id and d.member_id = $2) as "has_draft!"
           from permission_profile p
           left join member m on m.account_id = p.account_id and m.id = p.changed_by
           where p.account_id = $1
           order by lower(p.name)"#,
        account.0,
        editor.map(Uuid::from),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let people = number(row.people)?;
            let has_draft = row.has_draft;
            let Found { profile, changed } = row.into();
            Ok(ProfileRow { profile, people, faces: vec![], changed, has_draft })
        })
        .collect()
}

pub(in crate::permissions) async fn count(tx: &mut Tx, account: AccountId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from permission_profile where account_id = $1"#,
        account.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(count)
}

/// Writes `profile` as its version says, and keeps that version: a new profile is version 1, a changed one follows the one before.
///
/// # Errors
/// [`Refusal::Invalid`] for `name` when another profile is called so.
pub(in crate::permissions) async fn put(
    tx: &mut Tx,
    account: AccountId,
    profile: &Profile,
    by: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let keys = keys_of(profile.permissions);
    let taken = Refusal::field("name", domain::Problem::NameTaken);
    // One statement: a toggle waits for as few round trips as can be.
    sqlx::query!(
        "with written as (
             insert into permission_profile (account_id, id, name, description, permissions, version, changed_at, changed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (account_id, id) do update set
                 name = excluded.name, description = excluded.description, permissions = excluded.permissions,
                 version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by
             returning account_id, id, version, name, description, permissions, changed_at, changed_by)
         insert into permission_profile_version
             (account_id, profile_id, version, name, description, permissions, changed_at, changed_by)
         select account_id, id, version, name, description, permissions, changed_at, changed_by from written",
        account.0,
        profile.id.0,
        profile.name,
        profile.description,
        &keys,
        profile.version,
        now,
        by.map(Uuid::from),
    )
    .execute(&mut **tx)
    .await
    .on_constraint("permission_profile_name_unique", taken)?;
    Ok(())
}

pub(in crate::permissions) async fn delete(tx: &mut Tx, account: AccountId, id: ProfileId) -> Result<()> {
    sqlx::query!("delete from permission_profile where account_id = $1 and id = $2", account.0, id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The sets of all profiles by name, to choose from.
pub(in crate::permissions) async fn sets(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<(ProfileId, String, PermissionSet)>> {
    let rows = sqlx::query!(
        "select id, name, permissions from permission_profile where account_id = $1 order by lower(name)",
        account.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.name, set_of(&row.permissions))).collect())
}
