use domain::{
    AppointmentId, Permission, Refusal,
    calendars::{CalendarRules, Offer, OfferAsked},
};

use crate::{
    Access, Backend, Result,
    calendars::{
        held::{change_permission, is_seen},
        offer::{Asked, Supply, Window},
        queries,
        sight::Sight,
    },
};

/// The times to which an appointment can be moved; for whoever sees only their own, those at which they themselves are free. A zone that is not known is read as the account's.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for one that one may not see; [`Refusal::AppointmentClosed`].
pub async fn other_times(
    backend: &Backend,
    access: &Access,
    id: AppointmentId,
    asked: &OfferAsked,
) -> Result<Offer> {
    access.require_unnoted(Permission::CalendarsView)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let stored = queries::appointment::find(&mut tx, account, id).await?;
    let stored = stored.filter(|stored| is_seen(access, stored)).ok_or(Refusal::NotFound)?;
    access.require_unnoted(change_permission(access.member_id(), &stored))?;
    if !stored.is_open(now) {
        return Err(Refusal::AppointmentClosed.into());
    }
    let found = queries::calendar::find(&mut tx, account, stored.calendar.id).await?;
    let (calendar, settings) = found.ok_or(Refusal::NotFound)?;
    let rules = CalendarRules { minimum_notice_minutes: 0, ..settings.rules };
    let window = Window::of(asked, &stored.account_zone, &rules, now);
    let within = window.span();
    let only = Sight::of(access).owner;
    let asked = Asked { calendar: &calendar, rules, within, except: Some(id), only };
    let supply = Supply::load(&mut tx, account, &asked).await?;
    tx.commit().await?;
    let mut slots = supply.slots(within, now);
    slots.retain(|slot| slot.starts_at != stored.starts_at);
    Ok(window.offer(&slots))
}
