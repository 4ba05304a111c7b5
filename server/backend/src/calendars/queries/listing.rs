use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    AccountId, AppointmentId, CalendarId, Email, MemberId, TimeOffId,
    calendars::{AppointmentFilter, AppointmentRow, AppointmentState, CalendarName, HostName, Span},
    listing::{ROWS_PER_PAGE, offset},
};
use uuid::Uuid;

use super::{HostRow, appointment::hosts_of, calendar_name, key, number};
use crate::{Error, Result, account::zone::start_of_day, calendars::sight::Sight, db::Tx, search::pattern};

/// People offered to filter by, or to book with.
const HOSTS: i64 = 500;

/// Which appointments are asked for.
pub(in crate::calendars) struct Asked {
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    host: Option<Uuid>,
    calendar: Option<Uuid>,
    state: Option<&'static str>,
    search: String,
    owner: Option<Uuid>,
    /// Counted from 1.
    pub page: u32,
}

impl Asked {
    /// Days of the filter are those of `zone`.
    pub fn new(filter: &AppointmentFilter, zone: &str, sight: Sight) -> Self {
        let after = |day: NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
        Self {
            from: filter.from.map(|day| start_of_day(day, zone)),
            until: filter.to.map(|day| start_of_day(after(day), zone)),
            host: filter.host.map(Uuid::from),
            calendar: filter.calendar.map(Uuid::from),
            state: filter.state.map(AppointmentState::key),
            search: filter.search.clone(),
            owner: sight.owner.map(Uuid::from),
            page: filter.page,
        }
    }
}

pub(in crate::calendars) async fn count(tx: &mut Tx, account: AccountId, asked: &Asked) -> Result<u64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from appointment a
           where a.account_id = $1
             and ($2::timestamptz is null or a.ends_at > $2) and ($3::timestamptz is null or a.starts_at < $3)
             and ($4::uuid is null or a.calendar_id = $4) and ($5::text is null or a.state = $5)
             and ($6::uuid is null or exists (select from appointment_host h
                  where h.account_id = a.account_id and h.appointment_id = a.id and h.member_id = $6))
             and ($7::uuid is null or exists (select from appointment_host h
                  where h.account_id = a.account_id and h.appointment_id = a.id and h.member_id = $7))
             and ($8 = '' or lower(a.visitor_name) like lower($9) or a.visitor_email like lower($9))"#,
        account.0,
        asked.from,
        asked.until,
        asked.calendar,
        asked.state,
        asked.host,
        asked.owner,
        asked.search,
        pattern(&asked.search),
    )
    .fetch_one(&mut **tx)
    .await?;
    number(count)
}

pub(in crate::calendars) async fn rows(
    tx: &mut Tx,
    account: AccountId,
    asked: &Asked,
) -> Result<Vec<AppointmentRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.calendar_id, c.name as calendar_name, c.colour, c.kind, a.visitor_name, a.visitor_email,
                  a.starts_at, a.ends_at, a.state
           from appointment a
           join calendar c on c.account_id = a.account_id and c.id = a.calendar_id
           where a.account_id = $1
             and ($2::timestamptz is null or a.ends_at > $2) and ($3::timestamptz is null or a.starts_at < $3)
             and ($4::uuid is null or a.calendar_id = $4) and ($5::text is null or a.state = $5)
             and ($6::uuid is null or exists (select from appointment_host h
                  where h.account_id = a.account_id and h.appointment_id = a.id and h.member_id = $6))
             and ($7::uuid is null or exists (select from appointment_host h
                  where h.account_id = a.account_id and h.appointment_id = a.id and h.member_id = $7))
             and ($8 = '' or lower(a.visitor_name) like lower($9) or a.visitor_email like lower($9))
           order by a.starts_at, a.id
           limit $10 offset $11"#,
        account.0,
        asked.from,
        asked.until,
        asked.calendar,
        asked.state,
        asked.host,
        asked.owner,
        asked.search,
        pattern(&asked.search),
        i64::from(ROWS_PER_PAGE),
        offset(asked.page),
    )
    .fetch_all(&mut **tx)
    .await?;
    with_hosts(tx, account, rows).await
}

struct Row {
    id: Uuid,
    calendar_id: Uuid,
    calendar_name: String,
    colour: String,
    kind: String,
    visitor_name: String,
    visitor_email: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    state: String,
}

impl Row {
    fn appointment(self, hosts: &mut HashMap<AppointmentId, Vec<HostName>>) -> Result<AppointmentRow> {
        let id = self.id.into();
        Ok(AppointmentRow {
            id,
            calendar: calendar_name(self.calendar_id, self.calendar_name, &self.colour, &self.kind)?,
            hosts: hosts.remove(&id).unwrap_or_default(),
            visitor_name: self.visitor_name,
            visitor_email: Email::parse(&self.visitor_email).map_err(Error::internal)?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            state: key(&self.state)?,
        })
    }
}

async fn with_hosts(tx: &mut Tx, account: AccountId, rows: Vec<Row>) -> Result<Vec<AppointmentRow>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut hosts = hosts_of(tx, account, &ids).await?;
    rows.into_iter().map(|row| row.appointment(&mut hosts)).collect()
}

/// Booked appointments that touch this time: of one person, or of everybody (none).
pub(in crate::calendars) async fn within(
    tx: &mut Tx,
    account: AccountId,
    member: Option<MemberId>,
    time: Span,
) -> Result<Vec<AppointmentRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.calendar_id, c.name as calendar_name, c.colour, c.kind, a.visitor_name, a.visitor_email,
                  a.starts_at, a.ends_at, a.state
           from appointment a
           join calendar c on c.account_id = a.account_id and c.id = a.calendar_id
           where a.account_id = $1 and a.state = 'booked' and a.starts_at > $2::timestamptz - interval '1 day'
             and a.ends_at > $2 and a.starts_at < $3
             and ($4::uuid is null or exists (select from appointment_host h
                  where h.account_id = a.account_id and h.appointment_id = a.id and h.member_id = $4))
           order by a.starts_at, a.id"#,
        account.0,
        time.starts_at,
        time.ends_at,
        member.map(Uuid::from),
    )
    .fetch_all(&mut **tx)
    .await?;
    with_hosts(tx, account, rows).await
}

/// Somebody's blocked time.
pub(in crate::calendars) struct Blocked {
    pub id: TimeOffId,
    pub host: HostName,
    pub reason: String,
    pub time: Span,
}

/// Blocked time that touches this time: of one active person, or of all of them (none).
pub(in crate::calendars) async fn blocked(
    tx: &mut Tx,
    account: AccountId,
    member: Option<MemberId>,
    time: Span,
) -> Result<Vec<Blocked>> {
    let rows = sqlx::query!(
        r#"select t.id, t.starts_at, t.ends_at, t.reason, m.id as member_id, m.login_id, m.first_name, m.last_name,
                  ph.version as "photo_version?"
           from time_off t
           join member m on m.account_id = t.account_id and m.id = t.member_id and m.state = 'active'
           left join login_photo ph on ph.login_id = m.login_id
           where t.account_id = $1 and t.ends_at > $2 and t.starts_at < $3 and ($4::uuid is null or t.member_id = $4)
           order by t.starts_at, t.id"#,
        account.0,
        time.starts_at,
        time.ends_at,
        member.map(Uuid::from),
    )
    .fetch_all(&mut **tx)
    .await?;
    let blocked = rows.into_iter().map(|row| {
        let host = HostRow {
            id: row.member_id,
            login_id: row.login_id,
            first_name: row.first_name,
            last_name: row.last_name,
            is_active: true,
            photo_version: row.photo_version,
        };
        Blocked {
            id: row.id.into(),
            host: host.into(),
            reason: row.reason,
            time: Span { starts_at: row.starts_at, ends_at: row.ends_at },
        }
    });
    Ok(blocked.collect())
}

/// Those that may be seen, by name.
pub(in crate::calendars) async fn calendars(
    tx: &mut Tx,
    account: AccountId,
    sight: Sight,
) -> Result<Vec<CalendarName>> {
    let rows = sqlx::query!(
        "select c.id, c.name, c.colour, c.kind from calendar c
         where c.account_id = $1
           and ($2::uuid is null or exists (
             select from calendar_person p
             where p.account_id = c.account_id and p.calendar_id = c.id and p.member_id = $2 and p.is_in))
         order by lower(c.name)",
        account.0,
        sight.viewer.map(Uuid::from),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| calendar_name(row.id, row.name, &row.colour, &row.kind)).collect()
}

/// The first by name of those who have appointments or are hosts.
pub(in crate::calendars) async fn hosts(tx: &mut Tx, account: AccountId) -> Result<Vec<HostName>> {
    let rows = sqlx::query_as!(
        HostRow,
        r#"select m.id, m.login_id, m.first_name, m.last_name, m.state = 'active' as "is_active!",
                  ph.version as "photo_version?"
           from member m
           left join login_photo ph on ph.login_id = m.login_id
           where m.account_id = $1
             and (m.id in (select h.member_id from appointment_host h where h.account_id = $1)
                  or m.id in (select p.member_id from calendar_person p where p.account_id = $1 and p.is_in))
           order by lower(m.first_name || ' ' || m.last_name), m.id limit $2"#,
        account.0,
        HOSTS,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(HostName::from).collect())
}

/// One active person.
pub(in crate::calendars) async fn host(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Option<HostName>> {
    let row = sqlx::query_as!(
        HostRow,
        r#"select m.id, m.login_id, m.first_name, m.last_name, true as "is_active!", ph.version as "photo_version?"
           from member m
           left join login_photo ph on ph.login_id = m.login_id
           where m.account_id = $1 and m.id = $2 and m.state = 'active'"#,
        account.0,
        member.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(HostName::from))
}

/// The hosts of a calendar, by name: all of them, or one alone.
pub(in crate::calendars) async fn hosts_in(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    only: Option<MemberId>,
) -> Result<Vec<HostName>> {
    let rows = sqlx::query_as!(
        HostRow,
        r#"select m.id, m.login_id, m.first_name, m.last_name, true as "is_active!", ph.version as "photo_version?"
           from calendar_person p
           join member m on m.account_id = p.account_id and m.id = p.member_id
           left join login_photo ph on ph.login_id = m.login_id
           where p.account_id = $1 and p.calendar_id = $2 and p.is_in and ($3::uuid is null or m.id = $3)
           order by lower(m.first_name || ' ' || m.last_name), m.id limit $4"#,
        account.0,
        calendar.0,
        only.map(Uuid::from),
        HOSTS,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(HostName::from).collect())
}
