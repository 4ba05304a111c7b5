use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, Permission, PersonName, ProfileId,
    permissions::{Changed, Kept, KeptBy},
};
use uuid::Uuid;

use crate::{Result, db::Tx};

/// The columns that say whose a kept permission is.
fn columns(whose: KeptBy) -> (Option<Uuid>, Option<Uuid>) {
    match whose {
        KeptBy::Profile(profile) => (Some(profile.0), None),
        KeptBy::Member(member) => (None, Some(member.0)),
    }
}

/// A later note takes the place of an earlier one.
pub(in crate::permissions) async fn put(
    tx: &mut Tx,
    account: AccountId,
    id: Uuid,
    (whose, permission, note): (KeptBy, Permission, &str),
    by: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    let (profile, member) = columns(whose);
    sqlx::query!(
        "insert into kept_permission (account_id, id, profile_id, member_id, permission, note, kept_by, kept_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint kept_permission_unique
             do update set note = excluded.note, kept_by = excluded.kept_by, kept_at = excluded.kept_at",
        account.0,
        id,
        profile,
        member,
        permission.key(),
        note,
        by.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether there was one.
pub(in crate::permissions) async fn delete(
    tx: &mut Tx,
    account: AccountId,
    whose: KeptBy,
    permission: Permission,
) -> Result<bool> {
    let (profile, member) = columns(whose);
    let deleted = sqlx::query!(
        "delete from kept_permission
         where account_id = $1 and profile_id is not distinct from $2 and member_id is not distinct from $3
           and permission = $4",
        account.0,
        profile,
        member,
        permission.key(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(deleted.rows_affected() > 0)
}

/// What these profiles and these people keep, by permission.
pub(in crate::permissions) async fn of(
    tx: &mut Tx,
    account: AccountId,
    profiles: &[Uuid],
    members: &[Uuid],
) -> Result<Vec<(KeptBy, Kept)>> {
    let rows = sqlx::query!(
        "select k.profile_id, k.member_id, k.permission, k.note, k.kept_at, m.first_name, m.last_name
         from kept_permission k
         join member m on m.account_id = k.account_id and m.id = k.kept_by
         where k.account_id = $1 and (k.profile_id = any($2) or k.member_id = any($3))
         order by k.permission",
        account.0,
        profiles,
        members,
    )
    .fetch_all(&mut **tx)
    .await?;
    let kept = rows.into_iter().filter_map(|row| {
        let profile = row.profile_id.map(|id| KeptBy::Profile(ProfileId(id)));
        let whose = profile.or(row.member_id.map(|id| KeptBy::Member(MemberId(id))))?;
        let by = PersonName { first: row.first_name, last: row.last_name }.full();
        let changed = Changed { at: row.kept_at, by: Some(by) };
        Some((whose, Kept { permission: row.permission.parse().ok()?, note: row.note, changed }))
    });
    Ok(kept.collect())
}
