//! How often strangers may do something that writes to others.

use domain::{CalendarId, Email};

use crate::{
    Backend, Client, Result,
    throttle::{self, Limit},
};

const PER_NETWORK: Limit = Limit { attempts: 30, window_minutes: 60 };
/// More than a busy team gets, and too few to fill its weeks.
const PER_CALENDAR: Limit = Limit { attempts: 300, window_minutes: 60 };
/// Nobody's mailbox is filled by what others book in their name.
const PER_ADDRESS: Limit = Limit { attempts: 10, window_minutes: 60 };
const CHANGES_PER_NETWORK: Limit = Limit { attempts: 60, window_minutes: 60 };

/// Counts one booking.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn count_booking(
    backend: &Backend,
    client: &Client,
    calendar: CalendarId,
    email: &str,
) -> Result<()> {
    throttle::attempt(backend, "booking/network", &client.network(), PER_NETWORK).await?;
    // What is no address gets no mail.
    if let Ok(email) = Email::parse(email) {
        throttle::attempt(backend, "booking/address", email.as_str(), PER_ADDRESS).await?;
    }
    throttle::attempt(backend, "booking/calendar", &calendar.to_string(), PER_CALENDAR).await
}

/// Counts one mail about a move, which goes to whatever address was typed in booking.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn count_move(backend: &Backend, email: &Email) -> Result<()> {
    throttle::attempt(backend, "booking/moves", email.as_str(), PER_ADDRESS).await
}

/// Counts one change by a link, before anything is known about the link.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn count_change(backend: &Backend, client: &Client) -> Result<()> {
    throttle::attempt(backend, "booking/change", &client.network(), CHANGES_PER_NETWORK).await
}
