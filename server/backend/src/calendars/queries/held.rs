use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId,
    calendars::Span,
    staff::leaving::{Draw, HeldAppointment, HeldCalendar},
};
use uuid::Uuid;

use super::{key, terms};
use crate::{Result, account::local, db::Tx};

/// Until the transaction ends nothing is booked in the calendars that somebody is a host of, or has appointments in; answers which.
pub(in crate::calendars) async fn hold_calendars(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    let calendars = sqlx::query_scalar!(
        "select c.id from calendar c
         where c.account_id = $1 and (
           c.id in (select calendar_id from calendar_person where account_id = $1 and member_id = $2)
           or c.id in (select calendar_id from calendar_member where account_id = $1 and member_id = $2)
           or c.id in (select a.calendar_id from appointment_host h
                       join appointment a on a.account_id = h.account_id and a.id = h.appointment_id
                       where h.account_id = $1 and h.member_id = $2 and h.is_active and a.starts_at > $3))
         order by c.id for no key update",
        account.0,
        member.0,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(calendars)
}

/// As [`hold_calendars`], for somebody's appointments to come.
pub(in crate::calendars) async fn hold_appointments(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "select a.id from appointment a
         where a.account_id = $1 and a.state = 'booked' and a.starts_at > $3 and a.id in (
           select appointment_id from appointment_host where account_id = $1 and member_id = $2 and is_active)
         order by a.id for no key update",
        account.0,
        member.0,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(())
}

/// As [`hold_calendars`], for people: nobody books them meanwhile.
pub(in crate::calendars) async fn hold_people(
    tx: &mut Tx,
    account: AccountId,
    people: &[Uuid],
    hosts_of: &[Uuid],
) -> Result<()> {
    sqlx::query!(
        "select id from member
         where account_id = $1 and (id = any ($2) or id in (
           select member_id from calendar_person where account_id = $1 and calendar_id = any ($3) and is_in))
         order by id for no key update",
        account.0,
        people,
        hosts_of,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(())
}

/// As [`hold_calendars`], for these calendars and those of these appointments, and for the appointments.
pub(in crate::calendars) async fn hold_named(
    tx: &mut Tx,
    account: AccountId,
    calendars: &[Uuid],
    appointments: &[Uuid],
) -> Result<()> {
    sqlx::query!(
        "select id from calendar where account_id = $1 and (id = any ($2) or id in (
           select calendar_id from appointment where account_id = $1 and id = any ($3)))
         order by id for no key update",
        account.0,
        calendars,
        appointments,
    )
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query!(
        "select id from appointment where account_id = $1 and id = any ($2) order by id for no key update",
        account.0,
        appointments,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(())
}

/// Somebody's appointments to come, in order, and who is not free for each.
pub(in crate::calendars) async fn appointments(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    zone: &str,
    now: DateTime<Utc>,
) -> Result<Vec<HeldAppointment>> {
    let rows = sqlx::query!(
        r#"select a.id, a.calendar_id, c.name, c.kind, a.visitor_name, a.starts_at, a.ends_at, a.version, a.credit_moves,
                  array(select o.member_id from appointment_host o
                        join member m on m.account_id = o.account_id and m.id = o.member_id and m.state = 'active'
                        where o.account_id = h.account_id and o.appointment_id = h.appointment_id and o.member_id <> $2
                        order by o.member_id) as "others!",
                  array(select o.member_id from appointment_host o
                        where o.account_id = h.account_id and o.member_id <> $2 and o.occupied && h.occupied and o.is_active
                          and o.appointment_id <> h.appointment_id
                        union
                        select t.member_id from time_off t
                        where t.account_id = h.account_id and t.starts_at < upper(h.occupied)
                          and t.ends_at > lower(h.occupied)) as "unfree!"
           from appointment_host h
           join appointment a on a.account_id = h.account_id and a.id = h.appointment_id
           join calendar c on c.account_id = a.account_id and c.id = a.calendar_id
           where h.account_id = $1 and h.member_id = $2 and h.is_active and a.state = 'booked' and a.starts_at > $3
           order by a.starts_at, a.id"#,
        account.0,
        member.0,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    let people = |ids: Vec<Uuid>| ids.into_iter().map(MemberId).collect();
    rows.into_iter()
        .map(|row| {
            Ok(HeldAppointment {
                id: row.id.into(),
                calendar: row.calendar_id.into(),
                calendar_name: row.name,
                kind: key(&row.kind)?,
                visitor: row.visitor_name,
                time: Span { starts_at: row.starts_at, ends_at: row.ends_at },
                at: local(row.starts_at, zone).text,
                version: row.version,
                moves: draw(row.credit_moves)?,
                others: people(row.others),
                unfree: people(row.unfree),
            })
        })
        .collect()
}

/// What drawing a host did, in an order of its own.
fn draw(stored: serde_json::Value) -> Result<Draw> {
    let moves: HashMap<MemberId, i64> = serde_json::from_value(stored)?;
    let mut draw: Draw = moves.into_iter().collect();
    draw.sort_unstable();
    Ok(draw)
}

/// The calendars that somebody is a host of, by name: by hand, and for somebody active by a rule. A personal calendar always has a host:
/// once it is closed nobody depends on whoever is out.
pub(in crate::calendars) async fn calendars(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Vec<HeldCalendar>> {
    let rows = sqlx::query!(
        r#"select c.id, c.name, c.kind, c.is_active, coalesce(h.weight, r.weight) as "weight!",
                  coalesce(h.priority, r.priority) as "priority!", coalesce(h.ramp_up_weeks, r.ramp_up_weeks) as "ramp_up_weeks!",
                  array(select p.member_id from calendar_person p
                        where p.account_id = c.account_id and p.calendar_id = c.id and p.member_id <> $2 and p.is_in
                        order by p.member_id) as "others!: Vec<Uuid>"
           from calendar c
           join member m on m.account_id = c.account_id and m.id = $2
           left join calendar_member h on h.account_id = c.account_id and h.calendar_id = c.id and h.member_id = m.id
           left join calendar_rule r on r.account_id = c.account_id and r.calendar_id = c.id and r.profile_id = m.profile_id
                                        and m.state = 'active'
           where c.account_id = $1 and not coalesce(h.is_excluded, r.profile_id is null)
             and (m.state = 'active' or c.is_active or c.kind <> 'personal')
           order by lower(c.name)"#,
        account.0,
        member.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(HeldCalendar {
                id: row.id.into(),
                name: row.name,
                kind: key(&row.kind)?,
                is_active: row.is_active,
                terms: terms(row.weight, &row.priority, row.ramp_up_weeks)?,
                others: row.others.into_iter().map(MemberId).collect(),
            })
        })
        .collect()
}

/// How much of that somebody holds, for whoever is out: appointments to come, and places by hand as in [`calendars`].
pub(in crate::calendars) async fn count(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<(u64, u64)> {
    let row = sqlx::query!(
        r#"select (select count(*) from appointment_host h
                   join appointment a on a.account_id = h.account_id and a.id = h.appointment_id
                   where h.account_id = $1 and h.member_id = $2 and h.is_active and a.state = 'booked'
                     and a.starts_at > $3) as "appointments!",
                  (select count(*) from calendar_member h
                   join calendar c on c.account_id = h.account_id and c.id = h.calendar_id
                   where h.account_id = $1 and h.member_id = $2 and not h.is_excluded
                     and (c.is_active or c.kind <> 'personal')) as "calendars!""#,
        account.0,
        member.0,
        now,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((super::number(row.appointments)?, super::number(row.calendars)?))
}
