use domain::{
    Refusal, Slug,
    calendars::{BookingPage, OfferAsked},
};

use super::{entered, public};
use crate::{
    Backend, Result,
    calendars::offer::{Asked, Supply, Window},
    keys::BearerToken,
};

/// The page on which visitors book: the calendar's words, and its free times of two weeks.
///
/// # Errors
/// [`Refusal::NotFound`] for an account or a calendar that is not there, and for a closed calendar.
pub async fn page(
    backend: &Backend,
    account: &str,
    calendar: &str,
    asked: &OfferAsked,
) -> Result<BookingPage> {
    let account_slug = Slug::parse(account).map_err(|_| Refusal::NotFound)?;
    let (mut tx, account, calendar, mut settings) = entered(backend, account, calendar).await?;
    let (now, rules) = (backend.clock.now(), settings.rules);
    let window = Window::of(asked, &account.time_zone, &rules, now);
    let within = window.span();
    let asked = Asked { calendar: &calendar, rules, within, except: None, only: None };
    let supply = Supply::load(&mut tx, account.id, &asked).await?;
    tx.commit().await?;
    // Whoever has the link of a meeting can join it: it is for those who have booked.
    if settings.location.contains("://") {
        settings.location.clear();
    }
    Ok(BookingPage {
        offer: window.offer(&supply.slots(within, now)),
        calendar: public((account.name, account_slug), calendar, settings),
        request_key: BearerToken::random().text,
    })
}
