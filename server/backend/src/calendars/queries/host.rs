use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    AccountId, AppointmentId, CalendarId, Email, MemberId, PersonName,
    calendars::{Host, HostTerms, Span, Turns, WorkingHours},
};
use uuid::Uuid;

use super::terms;
use crate::{Error, Result, db::Tx};

/// Somebody whom bookings of a calendar can go to, with what decides when and how often.
pub(in crate::calendars) struct LoadedHost {
    pub host: Host,
    pub name: String,
    pub turns: Turns,
    pub hours: WorkingHours,
    pub zone: Tz,
}

/// Active people who are in the calendar, by id.
pub(in crate::calendars) async fn all(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
) -> Result<Vec<LoadedHost>> {
    let rows = sqlx::query!(
        r#"select p.member_id as "member_id!", m.first_name, m.last_name, p.weight as "weight!", p.priority as "priority!",
                  p.ramp_up_weeks as "ramp_up_weeks!", p.joined_at as "joined_at!", t.credit as "credit?",
                  t.last_booked_at as "last_booked_at?", w.hours as "hours?",
                  coalesce(w.time_zone, a.time_zone) as "time_zone!"
           from calendar_person p
           join account a on a.id = p.account_id
           join member m on m.account_id = p.account_id and m.id = p.member_id
           left join calendar_turn t
             on t.account_id = p.account_id and t.calendar_id = p.calendar_id and t.member_id = p.member_id
           left join working_hours w on w.account_id = p.account_id and w.member_id = p.member_id
           where p.account_id = $1 and p.calendar_id = $2 and p.is_in
           order by p.member_id"#,
        account.0,
        calendar.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let HostTerms { weight, priority, ramp_up_weeks } =
                terms(row.weight, &row.priority, row.ramp_up_weeks)?;
            let (member, joined_at) = (row.member_id.into(), row.joined_at);
            Ok(LoadedHost {
                host: Host { member, weight, priority, joined_at, ramp_up_weeks },
                name: PersonName { first: row.first_name, last: row.last_name }.full(),
                turns: Turns { credit: row.credit.unwrap_or_default(), last_booked_at: row.last_booked_at },
                hours: row.hours.map(serde_json::from_value).transpose()?.unwrap_or_default(),
                zone: row.time_zone.parse().unwrap_or(Tz::UTC),
            })
        })
        .collect()
}

/// When these people are taken within `around`, by appointments but `except` and by time off.
pub(in crate::calendars) async fn busy(
    tx: &mut Tx,
    account: AccountId,
    members: &[Uuid],
    around: Span,
    except: Option<AppointmentId>,
) -> Result<HashMap<MemberId, Vec<Span>>> {
    let rows = sqlx::query!(
        r#"select h.member_id as "member_id!", lower(h.occupied) as "starts_at!", upper(h.occupied) as "ends_at!"
           from appointment_host h
           where h.account_id = $1 and h.member_id = any ($2) and h.occupied && tstzrange($3, $4) and h.is_active
             and h.appointment_id is distinct from $5
           union all
           select t.member_id, t.starts_at, t.ends_at from time_off t
           where t.account_id = $1 and t.member_id = any ($2) and t.starts_at < $4 and t.ends_at > $3"#,
        account.0,
        members,
        around.starts_at,
        around.ends_at,
        except.map(Uuid::from),
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut busy: HashMap<MemberId, Vec<Span>> = HashMap::new();
    for row in rows {
        let span = Span { starts_at: row.starts_at, ends_at: row.ends_at };
        busy.entry(row.member_id.into()).or_default().push(span);
    }
    Ok(busy)
}

/// Puts bookings of these people into one order, whatever calendars they come from.
pub(in crate::calendars) async fn hold(tx: &mut Tx, account: AccountId, members: &[Uuid]) -> Result<()> {
    sqlx::query!(
        "select id from member where account_id = $1 and id = any ($2) order by id for no key update",
        account.0,
        members,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(())
}

/// Whether all of these people are active and have blocked nothing of this time, now that they are held.
pub(in crate::calendars) async fn are_there(
    tx: &mut Tx,
    account: AccountId,
    members: &[Uuid],
    time: Span,
) -> Result<bool> {
    let there = sqlx::query_scalar!(
        r#"select count(*) as "there!" from member m
           where m.account_id = $1 and m.id = any ($2) and m.state = 'active'
             and not exists (select from time_off t where t.account_id = $1 and t.member_id = m.id
                                                      and t.starts_at < $4 and t.ends_at > $3)"#,
        account.0,
        members,
        time.starts_at,
        time.ends_at,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(usize::try_from(there).is_ok_and(|there| there == members.len()))
}

/// What is kept of a host after a draw.
pub(in crate::calendars) async fn put_turns(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    turns: &[(MemberId, Turns)],
) -> Result<()> {
    let members: Vec<Uuid> = turns.iter().map(|(member, _)| member.0).collect();
    let credits: Vec<i64> = turns.iter().map(|(_, turns)| turns.credit).collect();
    let booked: Vec<Option<DateTime<Utc>>> = turns.iter().map(|(_, turns)| turns.last_booked_at).collect();
    sqlx::query!(
        "insert into calendar_turn (account_id, calendar_id, member_id, credit, last_booked_at)
         select $1, $2, member_id, credit, last_booked_at
         from unnest($3::uuid[], $4::bigint[], $5::timestamptz[]) as row (member_id, credit, last_booked_at)
         on conflict (account_id, calendar_id, member_id) do update
           set credit = excluded.credit, last_booked_at = excluded.last_booked_at",
        account.0,
        calendar.0,
        &members,
        &credits,
        &booked as &[Option<DateTime<Utc>>],
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Undoes what a draw did to the credits.
pub(in crate::calendars) async fn take_back(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    moves: &HashMap<MemberId, i64>,
) -> Result<()> {
    let members: Vec<Uuid> = moves.keys().map(|member| member.0).collect();
    let credits: Vec<i64> = moves.values().copied().collect();
    sqlx::query!(
        "update calendar_turn t set credit = t.credit - moved.credit
         from unnest($3::uuid[], $4::bigint[]) as moved (member_id, credit)
         where t.account_id = $1 and t.calendar_id = $2 and t.member_id = moved.member_id",
        account.0,
        calendar.0,
        &members,
        &credits,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Where mails about an appointment go.
pub(in crate::calendars) struct Reachable {
    pub name: String,
    pub email: Email,
    /// Their own or the account's.
    pub time_zone: String,
}

/// Active people by id.
pub(in crate::calendars) async fn reachable(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Option<Reachable>> {
    let row = sqlx::query!(
        r#"select m.first_name, m.last_name, l.email, coalesce(w.time_zone, a.time_zone) as "time_zone!"
           from member m
           join account a on a.id = m.account_id
           join login l on l.id = m.login_id
           left join working_hours w on w.account_id = m.account_id and w.member_id = m.id
           where m.account_id = $1 and m.id = $2 and m.state = 'active'"#,
        account.0,
        member.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        Ok(Reachable {
            name: PersonName { first: row.first_name, last: row.last_name }.full(),
            email: Email::parse(&row.email).map_err(Error::internal)?,
            time_zone: row.time_zone,
        })
    })
    .transpose()
}
