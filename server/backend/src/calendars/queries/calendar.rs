use chrono::{DateTime, Utc};
use domain::{
    AccountId, CalendarId, Problem, Refusal, Slug,
    calendars::{Calendar, CalendarRules, CalendarSettings},
};
use uuid::Uuid;

use super::{key, number, small, stored};
use crate::{Error, Result, calendars::sight::Sight, db::Tx, error::OnConstraint};

struct Row {
    id: Uuid,
    kind: String,
    name: String,
    slug: String,
    description: String,
    location: String,
    colour: String,
    duration_minutes: i32,
    slot_step_minutes: i32,
    buffer_before_minutes: i32,
    buffer_after_minutes: i32,
    minimum_notice_minutes: i32,
    horizon_days: i32,
    ramp_up_weeks: i32,
    questions: serde_json::Value,
    is_active: bool,
    version: i32,
}

impl Row {
    fn read(self) -> Result<(Calendar, CalendarSettings)> {
        let calendar = Calendar {
            id: self.id.into(),
            kind: key(&self.kind)?,
            name: self.name,
            slug: Slug::parse(&self.slug).map_err(Error::internal)?,
            colour: key(&self.colour)?,
            is_active: self.is_active,
            version: self.version,
        };
        let rules = CalendarRules {
            duration_minutes: small(self.duration_minutes)?,
            slot_step_minutes: small(self.slot_step_minutes)?,
            buffer_before_minutes: small(self.buffer_before_minutes)?,
            buffer_after_minutes: small(self.buffer_after_minutes)?,
            minimum_notice_minutes: small(self.minimum_notice_minutes)?,
            horizon_days: small(self.horizon_days)?,
        };
        let settings = CalendarSettings {
            description: self.description,
            location: self.location,
            rules,
            ramp_up_weeks: small(self.ramp_up_weeks)?,
            questions: serde_json::from_value(self.questions)?,
        };
        Ok((calendar, settings))
    }
}

pub(in crate::calendars) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: CalendarId,
) -> Result<Option<(Calendar, CalendarSettings)>> {
    let row = sqlx::query_as!(
        Row,
        "select id, kind, name, slug, description, location, colour, duration_minutes, slot_step_minutes,
                buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes, horizon_days, ramp_up_weeks,
                questions, is_active, version
         from calendar where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Row::read).transpose()
}

/// As [`find`]; bookings in it, and other changes of it, wait until the transaction ends.
pub(in crate::calendars) async fn hold(
    tx: &mut Tx,
    account: AccountId,
    id: CalendarId,
) -> Result<Option<(Calendar, CalendarSettings)>> {
    sqlx::query!(
        "select true as held from calendar where account_id = $1 and id = $2 for no key update",
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    find(tx, account, id).await
}

/// One that takes bookings, by the last part of its public address.
pub(in crate::calendars) async fn find_public(
    tx: &mut Tx,
    account: AccountId,
    slug: &Slug,
) -> Result<Option<(Calendar, CalendarSettings)>> {
    let row = sqlx::query_as!(
        Row,
        "select id, kind, name, slug, description, location, colour, duration_minutes, slot_step_minutes,
                buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes, horizon_days, ramp_up_weeks,
                questions, is_active, version
         from calendar where account_id = $1 and slug = $2 and is_active",
        account.0,
        slug.as_str(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Row::read).transpose()
}

/// One line of the list, without its address.
pub(in crate::calendars) struct Listed {
    pub calendar: Calendar,
    pub duration_minutes: u32,
    pub hosts: u64,
    pub upcoming: u64,
}

/// Those that may be seen, by name.
pub(in crate::calendars) async fn all(
    tx: &mut Tx,
    account: AccountId,
    sight: Sight,
    now: DateTime<Utc>,
) -> Result<Vec<Listed>> {
    let rows = sqlx::query!(
        r#"select c.id, c.kind, c.name, c.slug, c.colour, c.is_active, c.version, c.duration_minutes,
                  (select count(*) from calendar_person p
                   where p.account_id = c.account_id and p.calendar_id = c.id and p.is_in) as "hosts!",
                  (select count(*) from appointment a
                   where a.account_id = c.account_id and a.calendar_id = c.id and a.state = 'booked' and a.ends_at > $4
                     and ($3::uuid is null or exists (
                       select from appointment_host h
                       where h.account_id = a.account_id and h.appointment_id = a.id and h.member_id = $3))) as "upcoming!"
           from calendar c
           where c.account_id = $1
             and ($2::uuid is null or exists (
               select from calendar_person p
               where p.account_id = c.account_id and p.calendar_id = c.id and p.member_id = $2 and p.is_in))
           order by lower(c.name)"#,
        account.0,
        sight.viewer.map(Uuid::from),
        sight.owner.map(Uuid::from),
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let calendar = Calendar {
                id: row.id.into(),
                kind: key(&row.kind)?,
                name: row.name,
                slug: Slug::parse(&row.slug).map_err(Error::internal)?,
                colour: key(&row.colour)?,
                is_active: row.is_active,
                version: row.version,
            };
            Ok(Listed {
                calendar,
                duration_minutes: small(row.duration_minutes)?,
                hosts: number(row.hosts)?,
                upcoming: number(row.upcoming)?,
            })
        })
        .collect()
}

pub(in crate::calendars) async fn count(tx: &mut Tx, account: AccountId) -> Result<u64> {
    let count =
        sqlx::query_scalar!(r#"select count(*) as "count!" from calendar where account_id = $1"#, account.0)
            .fetch_one(&mut **tx)
            .await?;
    number(count)
}

/// What the name makes, with a number behind it where another calendar has that.
pub(in crate::calendars) async fn free_slug(tx: &mut Tx, account: AccountId, name: &str) -> Result<Slug> {
    let slug = sqlx::query_scalar!(
        r#"select wanted.slug as "slug!" from (
               select n, slug_from($2) || case n when 1 then '' else '-' || n end as slug from generate_series(1, 1000) n) wanted
           where not exists (select from calendar c where c.account_id = $1 and c.slug = wanted.slug)
           order by n limit 1"#,
        account.0,
        name,
    )
    .fetch_one(&mut **tx)
    .await?;
    Slug::parse(&slug).map_err(Error::internal)
}

/// # Errors
/// [`Refusal::Invalid`] for `name` and `slug` when another calendar has them.
pub(in crate::calendars) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    calendar: &Calendar,
    settings: &CalendarSettings,
    now: DateTime<Utc>,
) -> Result<()> {
    let rules = settings.rules;
    let done = sqlx::query!(
        "insert into calendar (account_id, id, kind, name, slug, description, location, colour, duration_minutes,
                               slot_step_minutes, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes,
                               horizon_days, ramp_up_weeks, questions, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        account.0,
        calendar.id.0,
        calendar.kind.key(),
        calendar.name,
        calendar.slug.as_str(),
        settings.description,
        settings.location,
        calendar.colour.key(),
        stored(rules.duration_minutes)?,
        stored(rules.slot_step_minutes)?,
        stored(rules.buffer_before_minutes)?,
        stored(rules.buffer_after_minutes)?,
        stored(rules.minimum_notice_minutes)?,
        stored(rules.horizon_days)?,
        stored(settings.ramp_up_weeks)?,
        serde_json::to_value(&settings.questions)?,
        now,
    )
    .execute(&mut **tx)
    .await;
    taken(done)
}

/// # Errors
/// [`Refusal::Invalid`] for `name` and `slug` when another calendar has them.
pub(in crate::calendars) async fn change(
    tx: &mut Tx,
    account: AccountId,
    to: &Calendar,
    settings: &CalendarSettings,
) -> Result<()> {
    let rules = settings.rules;
    let done = sqlx::query!(
        "update calendar set name = $3, slug = $4, description = $5, location = $6, colour = $7, duration_minutes = $8,
                slot_step_minutes = $9, buffer_before_minutes = $10, buffer_after_minutes = $11,
                minimum_notice_minutes = $12, horizon_days = $13, ramp_up_weeks = $14, questions = $15, version = $16
         where account_id = $1 and id = $2",
        account.0,
        to.id.0,
        to.name,
        to.slug.as_str(),
        settings.description,
        settings.location,
        to.colour.key(),
        stored(rules.duration_minutes)?,
        stored(rules.slot_step_minutes)?,
        stored(rules.buffer_before_minutes)?,
        stored(rules.buffer_after_minutes)?,
        stored(rules.minimum_notice_minutes)?,
        stored(rules.horizon_days)?,
        stored(settings.ramp_up_weeks)?,
        serde_json::to_value(&settings.questions)?,
        to.version,
    )
    .execute(&mut **tx)
    .await;
    taken(done)
}

fn taken<T>(done: Result<T, sqlx::Error>) -> Result<()> {
    match done {
        Err(sqlx::Error::Database(db)) if db.constraint() == Some("calendar_slug_unique") => {
            Err(Refusal::field("slug", Problem::SlugTaken).into())
        }
        done => {
            done.on_constraint("calendar_name_unique", Refusal::field("name", Problem::NameTaken)).map(drop)
        }
    }
}

pub(in crate::calendars) async fn switch(
    tx: &mut Tx,
    account: AccountId,
    id: CalendarId,
    on: bool,
) -> Result<()> {
    sqlx::query!("update calendar set is_active = $3 where account_id = $1 and id = $2", account.0, id.0, on)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Of an invitation that names no other calendar the answer is gone with it: it would read as "in none", which nobody said.
pub(in crate::calendars) async fn delete(tx: &mut Tx, account: AccountId, id: CalendarId) -> Result<()> {
    sqlx::query!(
        "with unanswered as (
           update invitation i set calendars_answered = false
           where i.account_id = $1 and i.state = 'open'
             and exists (select from invitation_calendar ic
                         where ic.account_id = $1 and ic.invitation_id = i.id and ic.calendar_id = $2)
             and not exists (select from invitation_calendar ic
                             where ic.account_id = $1 and ic.invitation_id = i.id and ic.calendar_id <> $2))
         delete from calendar where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::calendars) struct AppointmentCounts {
    pub upcoming: u64,
    /// Over or cancelled.
    pub past: u64,
}

pub(in crate::calendars) async fn has_unsent_letters(
    tx: &mut Tx,
    account: AccountId,
    id: CalendarId,
) -> Result<bool> {
    let unsent = sqlx::query_scalar!(
        r#"select exists (
               select from job j
               join appointment a on a.account_id = $1 and a.calendar_id = $2 and a.id::text = j.payload #>> '{letter,appointment}'
               where j.name = 'send_letter' and j.finished_at is null and j.gave_up_at is null
           ) as "unsent!""#,
        account.0,
        id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(unsent)
}

pub(in crate::calendars) async fn appointments(
    tx: &mut Tx,
    account: AccountId,
    id: CalendarId,
    now: DateTime<Utc>,
) -> Result<AppointmentCounts> {
    let row = sqlx::query!(
        r#"select count(*) filter (where state = 'booked' and ends_at > $3) as "upcoming!", count(*) as "all!"
           from appointment where account_id = $1 and calendar_id = $2"#,
        account.0,
        id.0,
        now,
    )
    .fetch_one(&mut **tx)
    .await?;
    let upcoming = number(row.upcoming)?;
    Ok(AppointmentCounts { upcoming, past: number(row.all)? - upcoming })
}
