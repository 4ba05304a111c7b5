use domain::{
    CalendarId, Permission,
    calendars::{CalendarRules, OfferAsked, StaffBookingPage},
};

use super::choice::{choice, chosen_host};
use crate::{
    Access, Backend, Result, account,
    calendars::offer::{Asked, Supply, Window},
    keys::BearerToken,
};

/// The page on which somebody of the staff books for a visitor: with whom, and when they are free. The notice that visitors have to
/// give does not count. `host` as in [`super::book`]; a zone that is not known is read as the account's.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`]; [`domain::Refusal::NotFound`], also for a calendar that one may not see;
/// [`domain::Refusal::Invalid`] for `host`.
pub async fn booking_page(
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    host: &str,
    asked: &OfferAsked,
) -> Result<StaffBookingPage> {
    access.require(Permission::CalendarsBook)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let (choice, calendar, settings) = choice(&mut tx, access, calendar).await?;
    // Before anything is chosen, whoever books only with themselves sees their own times.
    let own = choice.hosts.first().filter(|_| !choice.by_turn).map(|host| host.member.to_string());
    let host = if host.trim().is_empty() { own.unwrap_or_default() } else { host.to_owned() };
    let only = chosen_host(&choice, &host)?;
    let zone = account::time_zone(&mut tx, account).await?;
    let rules = CalendarRules { minimum_notice_minutes: 0, ..settings.rules };
    let window = Window::of(asked, &zone, &rules, now);
    let within = window.span();
    let asked = Asked { calendar: &calendar, rules, within, except: None, only };
    let supply = Supply::load(&mut tx, account, &asked).await?;
    tx.commit().await?;
    let offer = window.offer(&supply.slots(within, now));
    Ok(StaffBookingPage { calendar: choice, offer, request_key: BearerToken::random().text })
}
