use chrono::{DateTime, Utc};
use domain::{
    AccountId, CalendarId, MemberId, Refusal,
    activity::{CalendarAct, Event},
    calendars::{Calendar, CalendarKind, HostTerms, HostTermsForm},
    pipelines::MembershipChoice,
    staff::MemberState,
};

use crate::{
    Access, Backend, Result, account, activity,
    calendars::{edit::edit_people, queries, sight::require_people},
    db::Tx,
};

/// Says by hand whether somebody is a host of a calendar, and on which terms, or leaves it to the rules; the terms count for
/// [`MembershipChoice::In`] alone. Appointments that they have stay theirs. In a personal calendar the one who is let in takes the
/// place of the host.
///
/// # Errors
/// [`Refusal::PermissionMissing`] as in [`super::set_rule`]; [`Refusal::NotFound`] for the calendar or the member;
/// [`Refusal::NotActive`] for somebody removed, who can only be taken out, and in a personal calendar for whoever is not active;
/// [`Refusal::Invalid`] for `weight`, `priority` and `ramp_up_weeks`; [`Refusal::OneHost`] to take the host of a personal calendar
/// away.
pub async fn set_member(
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    member: MemberId,
    choice: MembershipChoice,
    terms: &HostTermsForm,
) -> Result<()> {
    require_people(access)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    set(&mut tx, backend, access, calendar, member, choice, terms).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes somebody a host on the usual terms. Whoever is one already, by hand or by a rule, keeps their terms.
///
/// # Errors
/// As of [`set_member`].
pub async fn add_host(
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    member: MemberId,
) -> Result<()> {
    require_people(access)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    account::lock(&mut tx, account).await?;
    if queries::person::is_in(&mut tx, account, calendar, member).await? {
        return Ok(());
    }
    let (choice, terms) = (MembershipChoice::In, HostTermsForm::default());
    set(&mut tx, backend, access, calendar, member, choice, &terms).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes somebody out who cannot sign in any more.
///
/// # Errors
/// As of [`set_member`], and [`Refusal::ChangedMeanwhile`] for whoever is back.
pub async fn take_out_host(
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    member: MemberId,
) -> Result<()> {
    require_people(access)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    account::lock(&mut tx, account).await?;
    let (_, state) = queries::person::find(&mut tx, account, member).await?.ok_or(Refusal::NotFound)?;
    if state == MemberState::Active {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let (choice, terms) = (MembershipChoice::AsRules, HostTermsForm::default());
    set(&mut tx, backend, access, calendar, member, choice, &terms).await?;
    tx.commit().await?;
    Ok(())
}

async fn set(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    member: MemberId,
    choice: MembershipChoice,
    terms: &HostTermsForm,
) -> Result<()> {
    let account = access.account();
    let (calendar, settings) = edit_people(tx, backend, access, calendar).await?;
    let (name, state) = queries::person::find(tx, account, member).await?.ok_or(Refusal::NotFound)?;
    let is_personal = calendar.kind == CalendarKind::Personal;
    let is_refused = match state {
        MemberState::Active => false,
        // All bookings of a personal calendar would go to nobody.
        MemberState::Deactivated => is_personal,
        MemberState::Removed => is_personal || choice != MembershipChoice::AsRules,
    };
    if is_refused {
        return Err(Refusal::NotActive.into());
    }
    if is_personal && choice != MembershipChoice::In {
        return Err(Refusal::OneHost.into());
    }
    let terms = match choice {
        MembershipChoice::In => Some(terms.check(settings.ramp_up_weeks)?),
        MembershipChoice::Excluded | MembershipChoice::AsRules => None,
    };
    if is_personal {
        queries::person::forget_others(tx, account, calendar.id, member).await?;
    }
    let now = backend.clock.now();
    match write(tx, account, now, &calendar, (member, name), choice, terms).await? {
        Some(event) => activity::record(tx, access, now, &event).await,
        None => Ok(()),
    }
}

/// Writes it; answers what is to be recorded, if that changed anything.
pub(super) async fn write(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
    calendar: &Calendar,
    (member, member_name): (MemberId, String),
    choice: MembershipChoice,
    terms: Option<HostTerms>,
) -> Result<Option<Event>> {
    let changed = match choice {
        MembershipChoice::AsRules => queries::person::forget(tx, account, calendar.id, member).await?,
        _ => queries::person::put(tx, account, calendar.id, member, terms, now).await?,
    };
    Ok(changed.then(|| Event::Calendar {
        calendar: calendar.id,
        name: calendar.name.clone(),
        did: CalendarAct::MemberSet { member, member_name, choice, terms },
    }))
}
