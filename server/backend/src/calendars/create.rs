use chrono::{DateTime, Utc};
use domain::{
    AccountId, CalendarId, MemberId, Permission, Refusal,
    activity::CalendarAct,
    billing::Limited,
    calendars::{CALENDARS_MAX, Calendar, CalendarForm, CalendarKind, CalendarWords, HostTerms},
    staff::MemberState,
};

use super::{
    edit::{editor, record},
    queries,
};
use crate::{Access, Backend, Result, billing, db::Tx, id};

/// Makes a calendar, open for bookings. Nobody is in it yet, but for a personal one, which has its host from the beginning.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::Invalid`] for the fields of the form, also for a name or an address that another
/// calendar has; [`Refusal::LimitReached`], [`Refusal::PlanFull`].
pub async fn create(backend: &Backend, access: &Access, typed: &CalendarForm) -> Result<Calendar> {
    access.require(Permission::CalendarsManage)?;
    let words = typed.check()?;
    let (kind, host) = typed.check_new()?;
    let mut tx = backend.db.tenant(access.account()).await?;
    editor(&mut tx, backend, access).await?;
    if queries::calendar::count(&mut tx, access.account()).await? >= u64::from(CALENDARS_MAX) {
        return Err(Refusal::LimitReached { what: "calendars".into(), max: CALENDARS_MAX }.into());
    }
    billing::require_room(&mut tx, access.account(), Limited::Calendars).await?;
    let now = backend.clock.now();
    let calendar = made(&mut tx, access.account(), kind, &words, now).await?;
    if kind == CalendarKind::Personal {
        let host = host.or(access.member_id()).unwrap_or_default();
        give_host(&mut tx, access.account(), calendar.id, host, now).await?;
    }
    record(&mut tx, backend, access, calendar.clone(), CalendarAct::Created).await?;
    tx.commit().await?;
    Ok(calendar)
}

/// Writes a new calendar; whoever calls it records the event.
///
/// # Errors
/// [`Refusal::Invalid`] for `name` and `slug` when another calendar has them.
pub(crate) async fn made(
    tx: &mut Tx,
    account: AccountId,
    kind: CalendarKind,
    words: &CalendarWords,
    now: DateTime<Utc>,
) -> Result<Calendar> {
    let id: CalendarId = id::new(now);
    let slug = match &words.slug {
        Some(slug) => slug.clone(),
        None => queries::calendar::free_slug(tx, account, &words.name).await?,
    };
    let calendar = Calendar {
        id,
        kind,
        name: words.name.clone(),
        slug,
        colour: words.colour,
        is_active: true,
        version: 1,
    };
    queries::calendar::insert(tx, account, &calendar, &words.settings, now).await?;
    Ok(calendar)
}

async fn give_host(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    host: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    let found = queries::person::find(tx, account, host).await?;
    if found.is_none_or(|(_, state)| state != MemberState::Active) {
        return Err(Refusal::field("host", domain::Problem::InvalidChoice).into());
    }
    queries::person::put(tx, account, calendar, host, Some(HostTerms::usual()), now).await?;
    Ok(())
}
