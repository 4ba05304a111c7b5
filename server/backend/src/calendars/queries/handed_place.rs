//! What is said by hand about several people in several calendars.

use std::collections::HashMap;

use domain::{AccountId, CalendarId, MemberId, calendars::CalendarKind, staff::leaving::Place};
use uuid::Uuid;

use super::{key, stored, terms};
use crate::{Result, db::Tx, id::uuids};

pub(in crate::calendars) type Places = HashMap<(CalendarId, MemberId), Place>;

pub(in crate::calendars) async fn find(
    tx: &mut Tx,
    account: AccountId,
    calendars: &[Uuid],
    members: &[Uuid],
) -> Result<Places> {
    let rows = sqlx::query!(
        "select calendar_id, member_id, is_excluded, weight, priority, ramp_up_weeks, joined_at from calendar_member
         where account_id = $1 and calendar_id = any ($2) and member_id = any ($3)",
        account.0,
        calendars,
        members,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = Place {
                is_excluded: row.is_excluded,
                terms: terms(row.weight, &row.priority, row.ramp_up_weeks)?,
                joined_at: row.joined_at,
            };
            Ok(((row.calendar_id.into(), row.member_id.into()), place))
        })
        .collect()
}

/// Says exactly this, whatever was said before.
pub(in crate::calendars) async fn put(
    tx: &mut Tx,
    account: AccountId,
    places: &[(CalendarId, MemberId, Place)],
) -> Result<()> {
    let number = |of: fn(&Place) -> u32| {
        places.iter().map(|(.., place)| stored(of(place))).collect::<Result<Vec<i32>>>()
    };
    let priorities: Vec<String> =
        places.iter().map(|(.., place)| place.terms.priority.key().to_owned()).collect();
    sqlx::query!(
        "insert into calendar_member
           (account_id, calendar_id, member_id, is_excluded, weight, priority, ramp_up_weeks, joined_at)
         select $1, * from unnest($2::uuid[], $3::uuid[], $4::boolean[], $5::integer[], $6::text[], $7::integer[],
                                  $8::timestamptz[])
         on conflict (account_id, calendar_id, member_id) do update
           set is_excluded = excluded.is_excluded, weight = excluded.weight, priority = excluded.priority,
               ramp_up_weeks = excluded.ramp_up_weeks, joined_at = excluded.joined_at",
        account.0,
        &uuids(places.iter().map(|(calendar, ..)| *calendar)),
        &uuids(places.iter().map(|(_, member, _)| *member)),
        &places.iter().map(|(.., place)| place.is_excluded).collect::<Vec<_>>(),
        &number(|place| place.terms.weight)?,
        &priorities,
        &number(|place| place.terms.ramp_up_weeks)?,
        &places.iter().map(|(.., place)| place.joined_at).collect::<Vec<_>>(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Leaves people to the rules.
pub(in crate::calendars) async fn forget(
    tx: &mut Tx,
    account: AccountId,
    places: &[(CalendarId, MemberId)],
) -> Result<()> {
    sqlx::query!(
        "delete from calendar_member m using unnest($2::uuid[], $3::uuid[]) as gone (calendar_id, member_id)
         where m.account_id = $1 and m.calendar_id = gone.calendar_id and m.member_id = gone.member_id",
        account.0,
        &uuids(places.iter().map(|(calendar, _)| *calendar)),
        &uuids(places.iter().map(|(_, member)| *member)),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Opens or closes calendars.
pub(in crate::calendars) async fn switch(
    tx: &mut Tx,
    account: AccountId,
    calendars: &[Uuid],
    on: bool,
) -> Result<()> {
    sqlx::query!(
        "update calendar set is_active = $3 where account_id = $1 and id = any ($2) and is_active <> $3",
        account.0,
        calendars,
        on,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Of those that are still there: what they are.
pub(in crate::calendars) async fn kinds(
    tx: &mut Tx,
    account: AccountId,
    calendars: &[Uuid],
) -> Result<HashMap<CalendarId, CalendarKind>> {
    let rows = sqlx::query!(
        "select id, kind from calendar where account_id = $1 and id = any ($2)",
        account.0,
        calendars,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| Ok((row.id.into(), key(&row.kind)?))).collect()
}
