//! Many appointments at once.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, AppointmentId, CalendarId, MemberId, calendars::AppointmentState, staff::leaving::Draw,
};
use uuid::Uuid;

use super::key;
use crate::{Result, calendars::handover::moves, db::Tx, error::OnConstraint, id::uuids};

/// What an appointment came to.
pub(in crate::calendars) struct Came {
    pub id: AppointmentId,
    pub version: i32,
    pub sequence: i32,
}

/// Puts one host in the place of another, for the same time with the same buffers. None on either side where nobody goes, or comes.
///
/// # Errors
/// [`domain::Refusal::ChangedMeanwhile`] when somebody is not free.
pub(in crate::calendars) async fn replace_hosts(
    tx: &mut Tx,
    account: AccountId,
    appointments: &[Uuid],
    from: &[Option<Uuid>],
    to: &[Option<Uuid>],
) -> Result<()> {
    sqlx::query!(
        "with change as materialized (
           select c.id, c.gone, c.comes, (select h.occupied from appointment_host h
                                          where h.account_id = $1 and h.appointment_id = c.id limit 1) as occupied
           from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as c (id, gone, comes)),
         gone as (
           delete from appointment_host h using change c
           where h.account_id = $1 and h.appointment_id = c.id and h.member_id = c.gone)
         insert into appointment_host (account_id, appointment_id, member_id, occupied)
         select $1, id, comes, occupied from change where comes is not null",
        account.0,
        appointments,
        from as &[Option<Uuid>],
        to as &[Option<Uuid>],
    )
    .execute(&mut **tx)
    .await
    .on_constraint("appointment_host_free", domain::Refusal::ChangedMeanwhile)?;
    Ok(())
}

/// Says what drawing the hosts did, and whether the appointments take place; their hosts are busy or free accordingly.
///
/// # Errors
/// [`domain::Refusal::ChangedMeanwhile`] when a host is not free any more.
pub(in crate::calendars) async fn settle(
    tx: &mut Tx,
    account: AccountId,
    appointments: &[(AppointmentId, &Draw)],
    state: AppointmentState,
) -> Result<Vec<Came>> {
    if appointments.is_empty() {
        return Ok(vec![]);
    }
    let ids = uuids(appointments.iter().map(|(id, _)| *id));
    let moves = appointments.iter().map(|(_, draw)| moves(draw)).collect::<Result<Vec<_>>>()?;
    let is_booked = state == AppointmentState::Booked;
    sqlx::query!(
        "update appointment_host set is_active = $3
         where account_id = $1 and appointment_id = any ($2) and is_active <> $3",
        account.0,
        &ids,
        is_booked,
    )
    .execute(&mut **tx)
    .await
    .on_constraint("appointment_host_free", domain::Refusal::ChangedMeanwhile)?;
    let came = sqlx::query_as!(
        Came,
        "update appointment a set state = $4, credit_moves = c.moves, sequence = a.sequence + 1, version = a.version + 1
         from unnest($2::uuid[], $3::jsonb[]) as c (id, moves)
         where a.account_id = $1 and a.id = c.id
         returning a.id, a.version, a.sequence",
        account.0,
        &ids,
        &moves,
        state.key(),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(came)
}

/// Changes the credits of round robins; whoever was drawn (a time) was booked last then.
pub(in crate::calendars) async fn move_credits(
    tx: &mut Tx,
    account: AccountId,
    credits: &[(CalendarId, MemberId, i64, Option<DateTime<Utc>>)],
) -> Result<()> {
    let calendars = uuids(credits.iter().map(|(calendar, ..)| *calendar));
    let members = uuids(credits.iter().map(|(_, member, ..)| *member));
    let changes: Vec<i64> = credits.iter().map(|(_, _, change, _)| *change).collect();
    let booked: Vec<Option<DateTime<Utc>>> = credits.iter().map(|(.., booked)| *booked).collect();
    sqlx::query!(
        "insert into calendar_turn as t (account_id, calendar_id, member_id, credit, last_booked_at)
         select $1, c.calendar_id, c.member_id, c.change, c.booked_at
         from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::timestamptz[]) as c (calendar_id, member_id, change, booked_at)
         on conflict (account_id, calendar_id, member_id) do update
           set credit = t.credit + excluded.credit, last_booked_at = coalesce(excluded.last_booked_at, t.last_booked_at)",
        account.0,
        &calendars,
        &members,
        &changes,
        &booked as &[Option<DateTime<Utc>>],
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How an appointment stands.
pub(in crate::calendars) struct Stands {
    pub id: AppointmentId,
    pub calendar: CalendarId,
    pub version: i32,
    pub state: AppointmentState,
    pub starts_at: DateTime<Utc>,
    /// Whether `member` and the hosts that a cancelled one had have nothing else then.
    pub is_free: bool,
    /// Whether its visitor has booked another time in the calendar since.
    pub is_replaced: bool,
}

/// How appointments stand that `member` had until `left_at`.
pub(in crate::calendars) async fn standing(
    tx: &mut Tx,
    account: AccountId,
    appointments: &[Uuid],
    member: MemberId,
    left_at: DateTime<Utc>,
) -> Result<Vec<Stands>> {
    let rows = sqlx::query!(
        r#"select a.id, a.calendar_id, a.version, a.state, a.starts_at,
                  not exists (select from appointment_host o
                              where o.account_id = $1 and o.is_active and o.appointment_id <> a.id and o.occupied && t.occupied
                                and (o.member_id = $3
                                     or o.member_id in (select h.member_id from appointment_host h
                                                        where h.account_id = $1 and h.appointment_id = a.id and not h.is_active)))
                  and not exists (select from time_off f
                                  where f.account_id = $1 and f.member_id = $3 and f.starts_at < upper(t.occupied)
                                    and f.ends_at > lower(t.occupied)) as "is_free!",
                  exists (select from appointment b
                          where b.account_id = $1 and b.calendar_id = a.calendar_id and b.id <> a.id and b.state = 'booked'
                            and b.visitor_email = a.visitor_email and b.created_at > $4) as "is_replaced!"
           from appointment a
           cross join lateral (select h.occupied from appointment_host h
                               where h.account_id = $1 and h.appointment_id = a.id limit 1) as t
           where a.account_id = $1 and a.id = any ($2)"#,
        account.0,
        appointments,
        member.0,
        left_at,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Stands {
                id: row.id.into(),
                calendar: row.calendar_id.into(),
                version: row.version,
                state: key(&row.state)?,
                starts_at: row.starts_at,
                is_free: row.is_free,
                is_replaced: row.is_replaced,
            })
        })
        .collect()
}
