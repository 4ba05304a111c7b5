use domain::{
    CalendarId, Page, Refusal, calendars::CalendarDetails, listing::ROWS_PER_PAGE, pipelines::PeopleFilter,
};

use super::{list::public_url, queries, sight::require_people};
use crate::{Access, Backend, Result, account, search::searched};

/// Everything the settings of a calendar show. A page of people behind the last one answers the last one.
///
/// # Errors
/// [`Refusal::PermissionMissing`] for whoever manages neither calendars nor the members of round robins; [`Refusal::NotFound`], also
/// for another account's.
pub async fn show(
    backend: &Backend,
    access: &Access,
    id: CalendarId,
    filter: &PeopleFilter,
) -> Result<CalendarDetails> {
    require_people(access)?;
    let (account, now) = (access.account(), backend.clock.now());
    let filter = PeopleFilter { search: searched(&filter.search), ..filter.clone() };
    let mut tx = backend.db.tenant_filtering(account).await?;
    let (calendar, settings) =
        queries::calendar::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let slug = account::slug(&mut tx, account).await?;
    let rules = queries::rule::all(&mut tx, account, id).await?;
    let counts = queries::person::count(&mut tx, account, id, &filter).await?;
    let last = u32::try_from(counts.listed.div_ceil(u64::from(ROWS_PER_PAGE))).unwrap_or(u32::MAX).max(1);
    let filter = PeopleFilter { page: filter.page.clamp(1, last), ..filter };
    let rows = queries::person::rows(&mut tx, account, id, &filter, now).await?;
    tx.commit().await?;
    let members = Page { rows, page: filter.page, total: counts.listed };
    let public_url = public_url(backend, &slug, &calendar.slug);
    Ok(CalendarDetails { calendar, settings, public_url, rules, hosts: counts.people, members })
}
