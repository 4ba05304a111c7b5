use chrono::{DateTime, Utc};
use domain::{AccountId, LoginId, MemberId, PermissionSet, PersonName, ProfileId, permissions::Touched};

use super::super::assignment::{keys_of, set_of};
use crate::{Result, db::Tx};

/// A draft as it was kept.
pub(in crate::permissions) struct Kept {
    pub base_version: i32,
    /// What the profile held in that version.
    pub base: PermissionSet,
    pub wanted: PermissionSet,
    pub changed_at: DateTime<Utc>,
}

pub(in crate::permissions) async fn find(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
    editor: MemberId,
) -> Result<Option<Kept>> {
    let row = sqlx::query!(
        "select d.base_version, d.permissions, d.changed_at, v.permissions as base
         from permission_profile_draft d
         join permission_profile_version v
           on v.account_id = d.account_id and v.profile_id = d.profile_id and v.version = d.base_version
         where d.account_id = $1 and d.profile_id = $2 and d.member_id = $3",
        account.0,
        profile.0,
        editor.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Kept {
        base_version: row.base_version,
        base: set_of(&row.base),
        wanted: set_of(&row.permissions),
        changed_at: row.changed_at,
    }))
}

pub(in crate::permissions) async fn put(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
    editor: MemberId,
    base_version: i32,
    wanted: PermissionSet,
    now: DateTime<Utc>,
) -> Result<()> {
    let keys = keys_of(wanted);
    sqlx::query!(
        "insert into permission_profile_draft (account_id, profile_id, member_id, base_version, permissions, changed_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (account_id, profile_id, member_id) do update set
             base_version = excluded.base_version, permissions = excluded.permissions,
             changed_at = excluded.changed_at",
        account.0,
        profile.0,
        editor.0,
        base_version,
        &keys,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::permissions) async fn delete(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
    editor: MemberId,
) -> Result<()> {
    sqlx::query!(
        "delete from permission_profile_draft where account_id = $1 and profile_id = $2 and member_id = $3",
        account.0,
        profile.0,
        editor.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who holds a profile, by name.
pub(in crate::permissions) async fn touched(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
    skipped: i64,
    most: i64,
) -> Result<Vec<Touched>> {
    let rows = sqlx::query!(
        r#"select m.id, m.login_id, m.first_name, m.last_name, m.only_assigned, ph.version as "photo_version?"
           from member m left join login_photo ph on ph.login_id = m.login_id
           where m.account_id = $1 and m.profile_id = $2 and m.state <> 'removed'
           order by lower(m.first_name || ' ' || m.last_name), m.id offset $3 limit $4"#,
        account.0,
        profile.0,
        skipped,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    let touched = rows.into_iter().map(|row| Touched {
        member: row.id.into(),
        name: PersonName { first: row.first_name, last: row.last_name }.full(),
        photo: row.photo_version.map(|version| (LoginId(row.login_id), version)),
        only_assigned: row.only_assigned,
    });
    Ok(touched.collect())
}
