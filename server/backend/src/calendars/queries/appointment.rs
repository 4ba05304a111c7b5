use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, AppointmentId, CalendarId, Email, MemberId, Slug,
    calendars::{Answer, AppointmentState, CalendarName, HostName, Span, Visitor},
};
use uuid::Uuid;

use super::{HostRow, calendar_name, key};
use crate::{Error, Result, db::Tx};

/// An appointment with everything that pages, mails and the log say about it.
pub(in crate::calendars) struct Stored {
    pub id: AppointmentId,
    pub account_name: String,
    pub account_slug: Slug,
    pub account_zone: String,
    pub calendar: CalendarName,
    pub calendar_slug: Slug,
    pub is_bookable: bool,
    pub location: String,
    pub visitor_name: String,
    pub visitor_email: Email,
    pub visitor_phone: String,
    pub visitor_notes: String,
    pub answers: Vec<Answer>,
    pub visitor_zone: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub state: AppointmentState,
    pub booked_by: Option<String>,
    pub nonce: Vec<u8>,
    pub moves: HashMap<MemberId, i64>,
    pub sequence: i32,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    /// By name.
    pub hosts: Vec<HostName>,
}

impl Stored {
    pub fn has_host(&self, member: MemberId) -> bool {
        self.hosts.iter().any(|host| host.member == member)
    }

    /// Whether it is booked and not over yet.
    pub fn is_ahead(&self, now: DateTime<Utc>) -> bool {
        self.state == AppointmentState::Booked && now < self.ends_at
    }

    /// Whether it is still to come.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.state == AppointmentState::Booked && now < self.starts_at
    }
}

pub(in crate::calendars) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: AppointmentId,
) -> Result<Option<Stored>> {
    let row = sqlx::query!(
        r#"select p.id, a.name as account_name, a.slug as account_slug, a.time_zone as account_zone,
                  c.id as calendar_id, c.name as calendar_name, c.colour, c.kind, c.slug as calendar_slug, c.is_active, c.location,
                  p.visitor_name, p.visitor_email, p.visitor_phone, p.visitor_notes, p.answers, p.visitor_time_zone,
                  p.starts_at, p.ends_at, p.state, p.link_nonce, p.credit_moves, p.sequence, p.version, p.created_at,
                  trim(b.first_name || ' ' || b.last_name) as "booked_by?"
           from appointment p
           join account a on a.id = p.account_id
           join calendar c on c.account_id = p.account_id and c.id = p.calendar_id
           left join member b on b.account_id = p.account_id and b.id = p.booked_by
           where p.account_id = $1 and p.id = $2"#,
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let hosts = hosts_of(tx, account, &[id.0]).await?.remove(&id).unwrap_or_default();
    let slug = |stored: &str| Slug::parse(stored).map_err(Error::internal);
    Ok(Some(Stored {
        id,
        account_name: row.account_name,
        account_slug: slug(&row.account_slug)?,
        account_zone: row.account_zone,
        calendar: calendar_name(row.calendar_id, row.calendar_name, &row.colour, &row.kind)?,
        calendar_slug: slug(&row.calendar_slug)?,
        is_bookable: row.is_active,
        location: row.location,
        visitor_name: row.visitor_name,
        visitor_email: Email::parse(&row.visitor_email).map_err(Error::internal)?,
        visitor_phone: row.visitor_phone,
        visitor_notes: row.visitor_notes,
        answers: serde_json::from_value(row.answers)?,
        visitor_zone: row.visitor_time_zone,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        state: key(&row.state)?,
        booked_by: row.booked_by,
        nonce: row.link_nonce,
        moves: serde_json::from_value(row.credit_moves)?,
        sequence: row.sequence,
        version: row.version,
        created_at: row.created_at,
        hosts,
    }))
}

/// Until the transaction ends nobody else changes it.
pub(in crate::calendars) async fn lock(tx: &mut Tx, account: AccountId, id: AppointmentId) -> Result<()> {
    sqlx::query!(
        "select true as held from appointment where account_id = $1 and id = $2 for no key update",
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(())
}

/// Whom appointments are with, by name.
pub(in crate::calendars) async fn hosts_of(
    tx: &mut Tx,
    account: AccountId,
    appointments: &[Uuid],
) -> Result<HashMap<AppointmentId, Vec<HostName>>> {
    let rows = sqlx::query!(
        r#"select h.appointment_id, m.id, m.login_id, m.first_name, m.last_name, m.state = 'active' as "is_active!",
                  ph.version as "photo_version?"
           from appointment_host h
           join member m on m.account_id = h.account_id and m.id = h.member_id
           left join login_photo ph on ph.login_id = m.login_id
           where h.account_id = $1 and h.appointment_id = any ($2)
           order by lower(m.first_name || ' ' || m.last_name), m.id"#,
        account.0,
        appointments,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut hosts: HashMap<AppointmentId, Vec<HostName>> = HashMap::new();
    for row in rows {
        let host = HostRow {
            id: row.id,
            login_id: row.login_id,
            first_name: row.first_name,
            last_name: row.last_name,
            is_active: row.is_active,
            photo_version: row.photo_version,
        };
        hosts.entry(row.appointment_id.into()).or_default().push(host.into());
    }
    Ok(hosts)
}

/// One that came of the same form.
pub(in crate::calendars) struct Repeated {
    pub id: AppointmentId,
    pub nonce: Vec<u8>,
    pub starts_at: DateTime<Utc>,
    pub visitor_name: String,
    pub visitor_email: String,
    pub is_booked: bool,
    pub hosts: Vec<Uuid>,
}

pub(in crate::calendars) async fn of_request(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    request_hash: &[u8],
) -> Result<Option<Repeated>> {
    let row = sqlx::query_as!(
        Repeated,
        r#"select id, link_nonce as nonce, starts_at, visitor_name, visitor_email, state = 'booked' as "is_booked!",
                  array(select h.member_id from appointment_host h
                        where h.account_id = $1 and h.appointment_id = appointment.id) as "hosts!"
           from appointment where account_id = $1 and calendar_id = $2 and request_hash = $3"#,
        account.0,
        calendar.0,
        request_hash,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

pub(in crate::calendars) struct NewAppointment<'a> {
    pub id: AppointmentId,
    pub calendar: CalendarId,
    pub visitor: &'a Visitor,
    pub visitor_zone: &'a str,
    pub time: Span,
    pub booked_by: Option<MemberId>,
    pub nonce: &'a [u8],
    pub request_hash: &'a [u8],
    pub moves: &'a HashMap<MemberId, i64>,
    pub now: DateTime<Utc>,
}

pub(in crate::calendars) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    new: &NewAppointment<'_>,
) -> Result<()> {
    let visitor = new.visitor;
    sqlx::query!(
        "insert into appointment (account_id, id, calendar_id, visitor_name, visitor_email, visitor_phone, visitor_notes,
                                  answers, visitor_time_zone, starts_at, ends_at, booked_by, link_nonce, request_hash,
                                  credit_moves, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        account.0,
        new.id.0,
        new.calendar.0,
        visitor.name,
        visitor.email.as_str(),
        visitor.phone,
        visitor.notes,
        serde_json::to_value(&visitor.answers)?,
        new.visitor_zone,
        new.time.starts_at,
        new.time.ends_at,
        new.booked_by.map(Uuid::from),
        new.nonce,
        new.request_hash,
        serde_json::to_value(new.moves)?,
        new.now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives an appointment to these people and to nobody else. Answers whether they are free: if not, the transaction is lost.
pub(in crate::calendars) async fn put_hosts(
    tx: &mut Tx,
    account: AccountId,
    id: AppointmentId,
    hosts: &[Uuid],
    occupied: Span,
) -> Result<bool> {
    sqlx::query!(
        "delete from appointment_host where account_id = $1 and appointment_id = $2",
        account.0,
        id.0
    )
    .execute(&mut **tx)
    .await?;
    let done = sqlx::query!(
        "insert into appointment_host (account_id, appointment_id, member_id, occupied)
         select $1, $2, member_id, tstzrange($4, $5) from unnest($3::uuid[]) as chosen (member_id)",
        account.0,
        id.0,
        hosts,
        occupied.starts_at,
        occupied.ends_at,
    )
    .execute(&mut **tx)
    .await;
    match done {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(db)) if db.constraint() == Some("appointment_host_free") => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// What an appointment came to: when it is, and what its draw did to the credits.
pub(in crate::calendars) async fn put_time(
    tx: &mut Tx,
    account: AccountId,
    id: AppointmentId,
    time: Span,
    moves: &HashMap<MemberId, i64>,
) -> Result<()> {
    sqlx::query!(
        "update appointment set starts_at = $3, ends_at = $4, credit_moves = $5, sequence = sequence + 1,
                version = version + 1
         where account_id = $1 and id = $2",
        account.0,
        id.0,
        time.starts_at,
        time.ends_at,
        serde_json::to_value(moves)?,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Cancels it, and sets the time of its hosts free.
pub(in crate::calendars) async fn cancel(tx: &mut Tx, account: AccountId, id: AppointmentId) -> Result<()> {
    sqlx::query!(
        "update appointment set state = 'cancelled', credit_moves = '{}', sequence = sequence + 1, version = version + 1
         where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "update appointment_host set is_active = false where account_id = $1 and appointment_id = $2",
        account.0,
        id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The time that it takes of its hosts, with buffers.
pub(in crate::calendars) async fn occupied(
    tx: &mut Tx,
    account: AccountId,
    id: AppointmentId,
) -> Result<Option<Span>> {
    let row = sqlx::query!(
        r#"select lower(occupied) as "starts_at!", upper(occupied) as "ends_at!" from appointment_host
           where account_id = $1 and appointment_id = $2 limit 1"#,
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Span { starts_at: row.starts_at, ends_at: row.ends_at }))
}
