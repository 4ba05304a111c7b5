use domain::Permission;
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use ui::{SettingsLayout, SettingsLink};

use crate::{paths, viewer::viewer_can};

/// Settings pages, what the viewer needs to see the link, and its words. Also feeds the command palette.
pub fn settings_pages() -> Vec<(&'static str, &'static str)> {
    let pages = [
        (paths::BUSINESS, "Business profile", None),
        (paths::STAFF, "My Staff", Some(Permission::SettingsViewStaff)),
        (paths::PROFILES, "Permission Profiles", Some(Permission::SettingsManageProfiles)),
        (paths::CALENDAR_SETTINGS, "Calendars", Some(Permission::CalendarsManage)),
        (paths::PIPELINES, "Pipelines", Some(Permission::OpportunitiesManagePipelines)),
        (paths::ACCESS_REQUESTS, "Access requests", Some(Permission::SettingsEditStaff)),
        (paths::REVIEWS, "Access review", Some(Permission::ReviewAccess)),
        (paths::ACTIVITY, "Activity", Some(Permission::SettingsViewActivity)),
        (paths::SETTINGS_ACCESS, "What you may do", Some(Permission::SettingsView)),
        (paths::ME, "My profile", None),
    ];
    pages
        .into_iter()
        .filter(|(.., needs)| needs.is_none_or(viewer_can))
        .map(|(href, label, _)| (href, label))
        .collect()
}

/// The second column of Settings.
#[component]
pub fn SettingsFrame() -> impl IntoView {
    let location = use_location();
    let links = settings_pages()
        .into_iter()
        .map(|(href, label)| {
            let current = Signal::derive(move || location.pathname.with(|path| paths::is_within(path, href)));
            view! { <SettingsLink href label current/> }
        })
        .collect_view();
    view! { <SettingsLayout nav=links><Outlet/></SettingsLayout> }
}
