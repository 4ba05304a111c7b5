//! What the settings pages of one calendar share.

use domain::{CalendarId, Refusal, calendars::CalendarDetails};
use leptos::prelude::*;
use ui::{BackLink, ButtonKind, IconName, LinkButton, TabItem, Tabs};

use super::api::ReadCalendar;
use crate::{AppError, error::LoadError, layout::Page, paths};

/// What a page asks for that shows nothing of people.
pub(super) fn asked(id: Option<CalendarId>) -> Result<ReadCalendar, AppError> {
    Ok(ReadCalendar { id: id.ok_or(Refusal::NotFound)?, search: None, show: None, page: None })
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Settings,
    Hosts,
}

#[component]
pub(super) fn CalendarFrame(details: CalendarDetails, tab: Tab, children: Children) -> impl IntoView {
    let id = details.calendar.id;
    let action = view! {
        <LinkButton href=details.public_url kind=ButtonKind::Secondary icon=IconName::Link>"Open the booking page"</LinkButton>
        <LinkButton href=paths::delete_calendar(id) kind=ButtonKind::Danger>"Delete"</LinkButton>
    };
    let item = |label: &str, href: String, own: Tab| TabItem::new(label, href, own == tab);
    let items = vec![
        item("Settings", paths::calendar(id), Tab::Settings),
        TabItem { count: Some(details.hosts), ..item("Hosts", paths::calendar_hosts(id), Tab::Hosts) },
    ];
    view! {
        <Page title=details.calendar.name action back=back()>
            <Tabs label="Calendar" items/>
            {children()}
        </Page>
    }
}

pub(super) fn back() -> BackLink {
    BackLink::new(paths::CALENDAR_SETTINGS, "Calendars")
}

/// The settings of a calendar that is not there, or not for the viewer.
pub(super) fn no_calendar(error: AppError) -> AnyView {
    view! { <Page title="Calendar" back=back()><LoadError error/></Page> }.into_any()
}
