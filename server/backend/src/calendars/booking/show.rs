use chrono::{DateTime, Utc};
use domain::{Refusal, calendars::VisitorAppointment};

use super::{link::VisitorLink, public};
use crate::{
    Backend, Result,
    account::local,
    calendars::queries::{self, appointment::Stored},
};

/// What a visitor's link leads to. Changes nothing, so a mail scanner that follows links does no harm.
///
/// # Errors
/// [`Refusal::LinkNotValid`].
pub async fn show(backend: &Backend, link: &str) -> Result<VisitorAppointment> {
    let link = VisitorLink::parse(link)?;
    let (mut tx, stored) = link.open(backend).await?;
    let found = queries::calendar::find(&mut tx, link.account, stored.calendar.id).await?;
    tx.commit().await?;
    let (calendar, mut settings) = found.ok_or(Refusal::LinkNotValid)?;
    // The place is that of appointments to come, and may be the link of a meeting.
    if !stored.is_ahead(backend.clock.now()) {
        settings.location.clear();
    }
    let of_account = (stored.account_name.clone(), stored.account_slug.clone());
    Ok(told(stored, public(of_account, calendar, settings), backend.clock.now()))
}

fn told(
    stored: Stored,
    calendar: domain::calendars::PublicCalendar,
    now: DateTime<Utc>,
) -> VisitorAppointment {
    VisitorAppointment {
        may_change: stored.is_open(now),
        calendar,
        is_bookable: stored.is_bookable,
        hosts: stored.hosts.into_iter().map(|host| host.name).collect(),
        visitor_name: stored.visitor_name,
        visitor_email: stored.visitor_email,
        starts: local(stored.starts_at, &stored.visitor_zone),
        ends: local(stored.ends_at, &stored.visitor_zone),
        time_zone: stored.visitor_zone,
        state: stored.state,
    }
}
