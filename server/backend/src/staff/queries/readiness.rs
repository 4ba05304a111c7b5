use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, Role,
    calendars::{CalendarKind, PlaceKind},
};
use uuid::Uuid;

use crate::{Error, Result, db::Tx, permissions::keys_of};

/// What Users without a profile hold, as the functions of the database take it.
pub(in crate::staff) fn standard_keys() -> Vec<String> {
    keys_of(Role::User.permissions())
}

/// Writes that somebody needs none; answers whether nobody had said so before.
pub(in crate::staff) async fn need_none(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    kind: PlaceKind,
    by: MemberId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into place_not_needed (account_id, member_id, kind, said_by, said_at) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        account.0,
        member.0,
        kind.key(),
        by.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A calendar or a pipeline.
pub(in crate::staff) struct PlaceRow {
    pub kind: PlaceKind,
    pub id: Uuid,
    pub name: String,
}

/// Open calendars of these kinds by name, and, where they are asked for, pipelines in their order.
pub(in crate::staff) async fn places(
    tx: &mut Tx,
    account: AccountId,
    calendars: &[CalendarKind],
    pipelines: bool,
) -> Result<Vec<PlaceRow>> {
    let kinds: Vec<_> = calendars.iter().map(|kind| kind.key().to_owned()).collect();
    let rows = sqlx::query!(
        r#"select kind as "kind!", id as "id!", name as "name!" from (
               select 'calendar' as kind, id, name, 0 as position from calendar
               where account_id = $1 and is_active and kind = any ($2)
               union all
               select 'pipeline', id, name, position from pipeline where account_id = $1 and $3) place
           order by position, lower(name)"#,
        account.0,
        &kinds,
        pipelines,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let kind = row.kind.parse().map_err(Error::internal)?;
            Ok(PlaceRow { kind, id: row.id, name: row.name })
        })
        .collect()
}

/// Everybody who is not ready: active members, and people who have not joined yet.
pub(in crate::staff) async fn not_ready(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    let ids = sqlx::query_scalar!(
        r#"select member_id as "id!" from members_not_ready($1, $2, $3)
           union all
           select id from invitation where account_id = $1 and state = 'open'"#,
        account.0,
        &standard_keys(),
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids)
}
