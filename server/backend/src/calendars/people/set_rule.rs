use domain::{
    CalendarId, ProfileId, Refusal,
    activity::CalendarAct,
    calendars::{CalendarKind, HostTermsForm},
};

use crate::{
    Access, Backend, Result,
    calendars::{
        edit::{edit_people, record},
        queries,
        sight::require_people,
    },
};

/// Says whether everyone with a profile is a host of a calendar, and on which terms: who holds it now, and who gets it later. None
/// ends the rule.
///
/// # Errors
/// [`Refusal::PermissionMissing`]: a round robin takes the permission to manage its members, the others the one to manage calendars;
/// [`Refusal::NotFound`] for the calendar or the profile; [`Refusal::Invalid`] for `weight`, `priority` and `ramp_up_weeks`;
/// [`Refusal::OneHost`] for a personal calendar.
pub async fn set_rule(
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    profile: ProfileId,
    terms: Option<&HostTermsForm>,
) -> Result<()> {
    require_people(access)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let (calendar, settings) = edit_people(&mut tx, backend, access, calendar).await?;
    let name = queries::rule::profile_name(&mut tx, account, profile).await?.ok_or(Refusal::NotFound)?;
    if calendar.kind == CalendarKind::Personal {
        return Err(Refusal::OneHost.into());
    }
    let terms = terms.map(|typed| typed.check(settings.ramp_up_weeks)).transpose()?;
    let changed = match terms {
        Some(terms) => queries::rule::put(&mut tx, account, calendar.id, profile, terms, now).await?,
        None => queries::rule::end(&mut tx, account, calendar.id, profile).await?,
    };
    if !changed {
        return Ok(());
    }
    let did = CalendarAct::RuleSet { profile, profile_name: name, terms };
    record(&mut tx, backend, access, calendar, did).await?;
    tx.commit().await?;
    Ok(())
}
