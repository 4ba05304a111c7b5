//! What the pages of the section share.

use leptos::prelude::*;
use ui::{BackLink, TabItem, Tabs};

use crate::{AppError, error::LoadError, layout::Page, paths};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::calendars) enum Tab {
    List,
    Week,
    Hours,
}

/// The section's main pages, beside each other.
#[component]
pub(in crate::calendars) fn CalendarTabs(tab: Tab) -> impl IntoView {
    let item = |label: &str, href: &str, own: Tab| TabItem::new(label, href, own == tab);
    let items = vec![
        item("List", paths::APPOINTMENTS, Tab::List),
        item("Week", paths::WEEK, Tab::Week),
        item("Working hours", paths::OWN_HOURS, Tab::Hours),
    ];
    view! { <Tabs label="Calendars" items/> }
}

pub(super) fn back() -> BackLink {
    BackLink::new(paths::APPOINTMENTS, "Appointments")
}

/// An appointment that is not there, or not for the viewer.
pub(super) fn no_appointment(error: AppError) -> AnyView {
    view! { <Page title="Appointment" back=back()><LoadError error/></Page> }.into_any()
}
