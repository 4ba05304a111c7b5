use domain::calendars::BookingForm;

use super::{entered, limits::count_booking, link::visitor_link};
use crate::{
    Access, Backend, Client, Result,
    calendars::place::{Placed, Wanted, place},
};

/// Books a time for a visitor, and answers the link of their appointment. The same form again answers the same.
///
/// # Errors
/// [`domain::Refusal::NotFound`] as for [`super::page`]; [`domain::Refusal::TooManyAttempts`]; [`domain::Refusal::Invalid`] for
/// `starts_at`, `name`, `email`, `phone`, `notes`, `questions[0]` and on, and `request_key`; [`domain::Refusal::TimeTaken`] for a
/// time that is not free any more; [`domain::Refusal::ChangedMeanwhile`] when the page's key was used for another booking.
pub async fn book(
    backend: &Backend,
    client: &Client,
    account: &str,
    calendar: &str,
    typed: &BookingForm,
) -> Result<String> {
    let (tx, account, calendar, _) = entered(backend, account, calendar).await?;
    tx.commit().await?;
    count_booking(backend, client, calendar.id, &typed.email).await?;
    let access = Access::steward(account.id);
    let wanted = Wanted { access: &access, calendar: calendar.id, form: typed, host: None, by_staff: false };
    let Placed { id, nonce } = place(backend, &wanted).await?;
    Ok(visitor_link(backend, account.id, id, &nonce))
}
