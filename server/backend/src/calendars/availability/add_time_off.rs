use chrono::{Days, NaiveDate};
use domain::{
    MemberId, Problem, Refusal,
    activity::Event,
    calendars::{LocalTimeOff, Span, TIMES_OFF_MAX, TimeOff, TimeOffAdded, TimeOffForm},
};

use super::{is_hidden, require_block};
use crate::{
    Access, Backend, Result,
    account::{self, local, zone},
    activity,
    calendars::queries,
    id,
};

/// Blocks time of somebody: one's own, or another's for whoever may edit any appointment. Nobody can book them then; what is booked
/// already stays, and the answer tells how much that is.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for somebody whose appointments one may not see; [`Refusal::Invalid`]
/// for the fields of the form, and for a `last_day` that is over; [`Refusal::LimitReached`].
pub async fn add_time_off(
    backend: &Backend,
    access: &Access,
    member: MemberId,
    typed: &TimeOffForm,
) -> Result<TimeOffAdded> {
    require_block(access, member)?;
    if is_hidden(access, member) {
        return Err(Refusal::NotFound.into());
    }
    let typed = typed.check()?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    account::lock(&mut tx, account).await?;
    // Whoever books them at this moment comes before or after: the answer counts what is booked.
    queries::host::hold(&mut tx, account, &[member.0]).await?;
    let stored = queries::hours::find(&mut tx, account, member).await?;
    let stored = stored.filter(|stored| !stored.is_removed).ok_or(Refusal::NotFound)?;
    let span = span(&typed, stored.time_zone.as_ref().unwrap_or(&stored.account_time_zone));
    if span.ends_at <= now {
        return Err(Refusal::field("last_day", Problem::DayOver).into());
    }
    // The clocks may have jumped over the whole of it.
    if span.is_empty() {
        return Err(Refusal::field("last_day", Problem::EndsBeforeItStarts).into());
    }
    if queries::time_off::ahead(&mut tx, account, member, now).await?.len() >= TIMES_OFF_MAX as usize {
        return Err(Refusal::LimitReached { what: "times off".into(), max: TIMES_OFF_MAX }.into());
    }
    let Span { starts_at, ends_at } = span;
    let time = TimeOff { id: id::new(now), starts_at, ends_at, reason: typed.reason };
    queries::time_off::insert(&mut tx, account, member, &time, now).await?;
    let appointments = queries::time_off::appointments_within(&mut tx, account, member, span).await?;
    let is_own = access.member_id() == Some(member);
    let time_text = words(span, &stored.account_time_zone);
    let event = Event::TimeOffAdded { member, name: stored.name, is_own, time: time_text };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(TimeOffAdded { id: time.id, appointments })
}

fn span(typed: &LocalTimeOff, time_zone: &str) -> Span {
    let next = |day: NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
    Span {
        starts_at: match typed.start {
            Some(time) => zone::at(typed.first_day.and_time(time), time_zone),
            None => zone::start_of_day(typed.first_day, time_zone),
        },
        ends_at: match typed.end {
            Some(time) => zone::at(typed.last_day.and_time(time), time_zone),
            None => zone::start_of_day(next(typed.last_day), time_zone),
        },
    }
}

/// As the log tells it.
pub(super) fn words(span: Span, time_zone: &str) -> String {
    format!("{} – {}", local(span.starts_at, time_zone).text, local(span.ends_at, time_zone).text)
}
