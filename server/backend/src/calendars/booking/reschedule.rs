use domain::{
    Refusal,
    calendars::{Offer, OfferAsked},
};

use super::{
    limits::{count_change, count_move},
    link::VisitorLink,
};
use crate::{
    Backend, Client, Result,
    calendars::{
        held::Changer,
        offer::{Asked, Supply, Window},
        queries,
        replace::replace,
    },
};

/// The times to which a visitor can move their appointment. A zone that is not known is read as the one they booked in.
///
/// # Errors
/// [`Refusal::LinkNotValid`]; [`Refusal::AppointmentClosed`] for one that has begun or was cancelled.
pub async fn other_times(backend: &Backend, link: &str, asked: &OfferAsked) -> Result<Offer> {
    let link = VisitorLink::parse(link)?;
    let (mut tx, stored) = link.open(backend).await?;
    let now = backend.clock.now();
    if !stored.is_open(now) {
        return Err(Refusal::AppointmentClosed.into());
    }
    let found = queries::calendar::find(&mut tx, link.account, stored.calendar.id).await?;
    let (calendar, settings) = found.ok_or(Refusal::LinkNotValid)?;
    let rules = settings.rules;
    let window = Window::of(asked, &stored.visitor_zone, &rules, now);
    let within = window.span();
    let asked = Asked { calendar: &calendar, rules, within, except: Some(stored.id), only: None };
    let supply = Supply::load(&mut tx, link.account, &asked).await?;
    tx.commit().await?;
    let mut slots = supply.slots(within, now);
    slots.retain(|slot| slot.starts_at != stored.starts_at);
    Ok(window.offer(&slots))
}

/// Moves a visitor's appointment to another free time, `starts_at` as the offer says it. In a round robin another host may take it.
///
/// # Errors
/// [`Refusal::TooManyAttempts`]; [`Refusal::LinkNotValid`]; [`Refusal::Invalid`] for `starts_at`; [`Refusal::AppointmentClosed`];
/// [`Refusal::TimeTaken`].
pub async fn reschedule(backend: &Backend, client: &Client, link: &str, starts_at: &str) -> Result<()> {
    count_change(backend, client).await?;
    let link = VisitorLink::parse(link)?;
    let (tx, stored) = link.open(backend).await?;
    tx.commit().await?;
    count_move(backend, &stored.visitor_email).await?;
    replace(backend, link.account, link.appointment, &Changer::Visitor(&link), starts_at).await
}
