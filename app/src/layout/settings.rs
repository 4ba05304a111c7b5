use domain::{Permission, PermissionSet, calendars::Contradiction};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use ui::{SettingsLayout, SettingsLink};

use crate::{paths, viewer::own_permissions};

/// Settings pages, their words, and what of which the viewer needs any to see the link. Also feeds the command palette.
pub fn settings_pages() -> Vec<(&'static str, &'static str)> {
    use PermissionSet as Set;
    let one = |permission| Set::of(&[permission]);
    let pages = [
        (paths::BUSINESS, "Business profile", Set::EMPTY),
        (paths::STAFF, "My Staff", one(Permission::SettingsViewStaff)),
        (paths::PROFILES, "Permission Profiles", one(Permission::SettingsManageProfiles)),
        (paths::CALENDAR_SETTINGS, "Calendars", one(Permission::CalendarsManage)),
        (paths::PIPELINES, "Pipelines", one(Permission::OpportunitiesManagePipelines)),
        (paths::BILLING, "Billing", one(Permission::SettingsViewBilling)),
        (paths::ATTENTION, "Needs attention", Contradiction::VIEWERS),
        (paths::ACCESS_REQUESTS, "Access requests", one(Permission::SettingsEditStaff)),
        (paths::REVIEWS, "Access review", one(Permission::ReviewAccess)),
        (paths::ACTIVITY, "Activity", one(Permission::SettingsViewActivity)),
        (paths::SETTINGS_ACCESS, "What you may do", one(Permission::SettingsView)),
        (paths::ME, "My profile", Set::EMPTY),
    ];
    let own = own_permissions();
    pages
        .into_iter()
        .filter(|(.., any_of)| any_of.is_empty() || !any_of.intersection(own).is_empty())
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
