//! What visitors do: they enter by a calendar's public address or by the link of their mails, and see nothing of an account but what
//! it shows to everybody.

mod book;
mod cancel;
mod file;
mod limits;
mod link;
mod page;
mod reschedule;
mod show;

pub use book::book;
pub use cancel::cancel;
pub use file::file;
pub(super) use link::{VisitorLink, visitor_address};
pub use page::page;
pub use reschedule::{other_times, reschedule};
pub use show::show;

use domain::{
    Refusal, Slug,
    calendars::{Calendar, CalendarSettings, PublicCalendar},
};

use super::queries;
use crate::{
    Backend, Result,
    account::{self, PublicAccount},
    db::Tx,
};

/// A calendar that takes bookings, by its public address, in a transaction of its account.
///
/// # Errors
/// [`Refusal::NotFound`] for whatever is not there, or closed.
async fn entered(
    backend: &Backend,
    account: &str,
    calendar: &str,
) -> Result<(Tx, PublicAccount, Calendar, CalendarSettings)> {
    let absent = |_| Refusal::NotFound;
    let (account, calendar) = (Slug::parse(account).map_err(absent)?, Slug::parse(calendar).map_err(absent)?);
    let (mut tx, account) = account::enter_public(backend, &account).await?.ok_or(Refusal::NotFound)?;
    let found = queries::calendar::find_public(&mut tx, account.id, &calendar).await?;
    let (calendar, settings) = found.ok_or(Refusal::NotFound)?;
    Ok((tx, account, calendar, settings))
}

fn public(
    (account_name, account_slug): (String, Slug),
    calendar: Calendar,
    settings: CalendarSettings,
) -> PublicCalendar {
    PublicCalendar {
        account_name,
        account_slug,
        slug: calendar.slug,
        name: calendar.name,
        description: settings.description,
        location: settings.location,
        colour: calendar.colour,
        duration_minutes: settings.rules.duration_minutes,
        questions: settings.questions,
    }
}
