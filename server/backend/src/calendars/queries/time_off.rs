use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, TimeOffId,
    calendars::{Span, TimeOff},
};

use super::number;
use crate::{Result, db::Tx};

/// Those that are not over, in order.
pub(in crate::calendars) async fn ahead(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<Vec<TimeOff>> {
    let rows = sqlx::query_as!(
        TimeOff,
        "select id, starts_at, ends_at, reason from time_off
         where account_id = $1 and member_id = $2 and ends_at > $3 order by starts_at, id",
        account.0,
        member.0,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

pub(in crate::calendars) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    time: &TimeOff,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into time_off (account_id, id, member_id, starts_at, ends_at, reason, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        account.0,
        time.id.0,
        member.0,
        time.starts_at,
        time.ends_at,
        time.reason,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whose it is, and when.
pub(in crate::calendars) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: TimeOffId,
) -> Result<Option<(MemberId, Span)>> {
    let row = sqlx::query!(
        "select member_id, starts_at, ends_at from time_off where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.member_id.into(), Span { starts_at: row.starts_at, ends_at: row.ends_at })))
}

pub(in crate::calendars) async fn delete(tx: &mut Tx, account: AccountId, id: TimeOffId) -> Result<()> {
    sqlx::query!("delete from time_off where account_id = $1 and id = $2", account.0, id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Booked appointments of somebody that touch this time.
pub(in crate::calendars) async fn appointments_within(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    time: Span,
) -> Result<u64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from appointment_host h
           join appointment a on a.account_id = h.account_id and a.id = h.appointment_id
           where h.account_id = $1 and h.member_id = $2 and h.is_active and a.starts_at < $4 and a.ends_at > $3"#,
        account.0,
        member.0,
        time.starts_at,
        time.ends_at,
    )
    .fetch_one(&mut **tx)
    .await?;
    number(count)
}
