use chrono::NaiveDate;
use domain::{AccountId, MemberId, Permission, PermissionSet, ProfileId};
use uuid::Uuid;

use super::super::assignment::keys_of;
use crate::{Result, db::Tx};

/// Adds what is not there yet. Members who are gone are passed over: their account may have been purged meanwhile.
pub(in crate::permissions) async fn add(
    tx: &mut Tx,
    account: AccountId,
    members: &[Uuid],
    permissions: &[&str],
    days: &[NaiveDate],
) -> Result<()> {
    sqlx::query!(
        "insert into permission_use (account_id, member_id, permission, day)
         select m.account_id, m.id, u.permission, u.day
         from unnest($2::uuid[], $3::text[], $4::date[]) as u (member_id, permission, day)
         join member m on m.account_id = $1 and m.id = u.member_id
         order by m.id, u.permission, u.day
         on conflict do nothing",
        account.0,
        members,
        permissions as &[&str],
        days,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::permissions) async fn delete_before(
    tx: &mut Tx,
    account: AccountId,
    day: NaiveDate,
) -> Result<()> {
    sqlx::query!("delete from permission_use where account_id = $1 and day < $2", account.0, day)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The first day of which anything is known; none when nobody ever used anything.
pub(in crate::permissions) async fn first_day(tx: &mut Tx, account: AccountId) -> Result<Option<NaiveDate>> {
    let day = sqlx::query_scalar!("select min(day) from permission_use where account_id = $1", account.0);
    Ok(day.fetch_one(&mut **tx).await?)
}

/// When each of these people last used each of these permissions; nothing where they never did.
pub(in crate::permissions) async fn last_by_members(
    tx: &mut Tx,
    account: AccountId,
    members: &[Uuid],
    permissions: PermissionSet,
) -> Result<Vec<(MemberId, Permission, NaiveDate)>> {
    let rows = sqlx::query!(
        r#"select m.id as "id!", p.key as "key!", last.day
           from unnest($2::uuid[]) as m (id)
           cross join unnest($3::text[]) as p (key)
           cross join lateral (
               select max(u.day) as day from permission_use u
               where u.account_id = $1 and u.member_id = m.id and u.permission = p.key) last
           where last.day is not null"#,
        account.0,
        members,
        &keys_of(permissions),
    )
    .fetch_all(&mut **tx)
    .await?;
    let known = rows.into_iter().filter_map(|row| Some((row.id.into(), row.key.parse().ok()?, row.day?)));
    Ok(known.collect())
}

/// When any active holder of a profile last used each of these permissions; nothing where nobody did.
pub(in crate::permissions) async fn last_by_holders(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
    permissions: PermissionSet,
) -> Result<Vec<(Permission, NaiveDate)>> {
    let rows = sqlx::query!(
        r#"select p.key as "key!", max(last.day) as day
           from unnest($3::text[]) as p (key)
           join member m on m.account_id = $1 and m.profile_id = $2 and m.state = 'active'
           cross join lateral (
               select max(u.day) as day from permission_use u
               where u.account_id = $1 and u.member_id = m.id and u.permission = p.key) last
           group by p.key"#,
        account.0,
        profile.0,
        &keys_of(permissions),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.key.parse().ok()?, row.day?))).collect())
}
