use domain::{Permission, PermissionSet, Role, Section, account::ConnectedApplication};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ui::{DescriptionItem, DescriptionList, Icon, IconName, Skeleton};

use super::{super::api_sections::ReadSection, SECTION};
use crate::{
    Data,
    layout::{Page, settings_pages},
    paths, use_viewer,
    viewer::{denied_reason, may_ask_for, own_permissions, viewer_can},
};

/// The page of the section in the address.
#[component]
pub fn SectionPage() -> impl IntoView {
    let params = use_params_map();
    let section = Memo::new(move |_| params.with(|params| params.get(SECTION)?.parse::<Section>().ok()));
    move || section.get().map(section_page)
}

#[component]
pub fn CalendarsSectionPage() -> impl IntoView {
    section_page(Section::Calendars)
}

#[component]
pub fn SettingsSectionPage() -> impl IntoView {
    section_page(Section::Settings)
}

/// What a section is for, what the viewer may do there, and the way to where that is done.
fn section_page(section: Section) -> AnyView {
    let loaded = Data::new(move || Ok(ReadSection { section }));
    let title = match section {
        Section::Dashboard | Section::Calendars | Section::Settings => {
            format!("What you may do in {}", section.label())
        }
        _ => section.label().to_owned(),
    };
    view! {
        <Page title description=section.description()>
            {loaded.show(|| view! { <Skeleton lines=8/> }.into_any(), move |application| {
                view! {
                    <div class="flex flex-col gap-10">
                        {where_to(section, application)}
                        <Allowed section/>
                        <Granted section/>
                    </div>
                }
                .into_any()
            })}
        </Page>
    }
    .into_any()
}

/// Steward's own pages where it serves the section, and the owner's application.
fn where_to(section: Section, application: Option<ConnectedApplication>) -> AnyView {
    let missing = (section.is_connectable() && application.is_none())
        .then(|| view! { <NotConnected section/> }.into_any());
    let own = own_pages(section).into_iter().map(|(href, label)| {
        view! { <li><a class="btn btn-secondary" href=href>{label}</a></li> }.into_any()
    });
    let links: Vec<_> = application
        .map(|application| view! { <OpenApplication section application/> }.into_any())
        .into_iter()
        .chain(own)
        .collect();
    let links = (!links.is_empty()).then(|| view! { <ul class="flex flex-wrap gap-2">{links}</ul> });
    view! { <div>{links}{missing}</div> }.into_any()
}

/// The way out of Steward, marked as such.
#[component]
fn OpenApplication(section: Section, application: ConnectedApplication) -> impl IntoView {
    let label = format!("Open {} in {}", section.label(), application.label());
    view! {
        <li>
            <a class="btn btn-primary" href=application.address target="_blank" rel="noopener noreferrer external">
                {label}
                <Icon name=IconName::External/>
                <span class="sr-only">" (leaves Steward, in a new tab)"</span>
            </a>
        </li>
    }
}

#[component]
fn NotConnected(section: Section) -> impl IntoView {
    let connect = viewer_can(Permission::AccountSettings).then(|| {
        view! { " " <a class="link" href=paths::APPLICATIONS>"Connect it in Business profile"</a> "." }
    });
    view! {
        <p class="text-muted">
            {format!("No application is connected to {} yet, so there is no link to it here.", section.label())}
            {connect}
        </p>
    }
}

/// Steward's pages that belong to the section and that the viewer may open.
fn own_pages(section: Section) -> Vec<(String, &'static str)> {
    match section {
        Section::Dashboard => vec![(paths::DASHBOARD.to_owned(), "Open the dashboard")],
        Section::Settings => {
            let others = settings_pages().into_iter().filter(|(href, _)| *href != paths::section(section));
            others.map(|(href, label)| (href.to_owned(), label)).collect()
        }
        Section::Opportunities => {
            let settings = (paths::PIPELINES.to_owned(), "Set up pipelines");
            let settings = viewer_can(Permission::OpportunitiesManagePipelines).then_some(settings);
            let boards = viewer_can(Permission::OpportunitiesView)
                .then(|| (paths::BOARDS.to_owned(), "Open the boards"));
            boards.into_iter().chain(settings).collect()
        }
        Section::Calendars => vec![
            (paths::APPOINTMENTS.to_owned(), "Open the appointments"),
            (paths::WEEK.to_owned(), "Open the week"),
            (paths::OWN_HOURS.to_owned(), "Your working hours"),
        ],
        Section::Reporting => {
            let own = use_viewer().and_then(|viewer| viewer.account);
            let own = own.map(|account| (paths::member_activity(account.member_id), "What you did"));
            let staff = viewer_can(Permission::SettingsViewActivity)
                .then(|| (paths::ACTIVITY.to_owned(), "Activity of your staff"));
            staff.into_iter().chain(own).collect()
        }
        _ => vec![],
    }
}

/// What the viewer may do, and what not, in two lists.
#[component]
fn Allowed(section: Section) -> impl IntoView {
    let own = own_permissions();
    let granular: PermissionSet =
        PermissionSet::section(section).iter().filter(|p| !p.is_view() && !p.is_scope()).collect();
    let plain = |permission: Permission| permission.label().into_any();
    let may = list(granular.intersection(own), IconName::Check, plain, "Nothing beyond looking.");
    let may_not =
        list(granular.without(own), IconName::Lock, asked_for, "Nothing: you may do everything here.");
    view! {
        <div class="grid gap-x-6 gap-y-10 *:mt-0 sm:grid-cols-2">
            <ui::Section title="You may">{may}</ui::Section>
            <ui::Section title="You may not">{may_not}</ui::Section>
        </div>
    }
}

/// What the viewer may not do, with the page that says why and takes a request for it.
fn asked_for(permission: Permission) -> AnyView {
    let link = denied_reason(permission).and_then(|reason| reason.href).map(|href| {
        let label = if may_ask_for(permission) { "Why? Ask for access" } else { "Why?" };
        view! { <a class="link text-sm" href=href aria-label=format!("{label}: {}", permission.label())>{label}</a> }
    });
    view! { <span>{permission.label()}" "{link}</span> }.into_any()
}

fn list(
    permissions: PermissionSet,
    icon: IconName,
    line: impl Fn(Permission) -> AnyView,
    nothing: &'static str,
) -> AnyView {
    if permissions.is_empty() {
        return view! { <p class="text-muted">{nothing}</p> }.into_any();
    }
    let lines = permissions
        .iter()
        .map(|permission| {
            view! { <li class="flex items-center gap-2"><Icon name=icon/>{line(permission)}</li> }
        })
        .collect_view();
    view! { <ul class="flex flex-col gap-2">{lines}</ul> }.into_any()
}

/// Whose records, from where, and who can change it.
#[component]
fn Granted(section: Section) -> impl IntoView {
    let assignment = use_viewer().and_then(|viewer| viewer.account).map(|account| account.assignment);
    let source = assignment.map(|assignment| match assignment.role {
        Role::Admin => "Your role Admin: an Admin may do everything.".to_owned(),
        Role::User => {
            let beside = assignment.elevated.intersection(PermissionSet::section(section));
            let names = beside.iter().map(Permission::label).collect::<Vec<_>>().join(", ");
            let beside = if beside.is_empty() { names } else { format!(" Beside it: {names}.") };
            format!("Your permission profile “{}”.{beside}", assignment.profile_label())
        }
    });
    let records = section.scope().map(|scope| {
        let words = if viewer_can(scope) { "All records." } else { "Only those assigned to you." };
        view! { <DescriptionItem term="Records you see">{words}</DescriptionItem> }
    });
    let profiles = viewer_can(Permission::SettingsManageProfiles).then(|| {
        view! { " " <a class="link" href=paths::PROFILES>"Permission Profiles"</a> }
    });
    view! {
        <ui::Section title="Where this comes from">
            <DescriptionList>
                {records}
                <DescriptionItem term="Given by">{source}</DescriptionItem>
                <DescriptionItem term="Who can change it">
                    "An Admin of your account, or somebody who manages permission profiles."{profiles}
                </DescriptionItem>
            </DescriptionList>
        </ui::Section>
    }
}
