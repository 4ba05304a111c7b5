use domain::{Permission, Section, identity::Viewer};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use ui::{
    AppShell, Avatar, CommandPalette, IconName, Menu, MenuDivider, MenuLink, PaletteButton, PaletteItem,
    RailLink, Theme, ThemeToggle,
};

use super::settings::settings_pages;
use crate::{
    Boot, SaveForm,
    act::Act,
    billing::billing_banner,
    boot::Replay,
    form::SendAgain,
    live_stream, paths,
    preview::PreviewBanner,
    shared_api::SignOut,
    viewer::{ViewerNow, viewer_can},
};

/// Everything behind the sign-in. Without a session it sends to the sign-in and comes back afterwards.
#[component]
pub fn SignedInFrame() -> impl IntoView {
    let location = use_location();
    let ViewerNow(viewer) = expect_context();
    live_stream::follow();
    // Somebody who may do something else from now on sees all of the page anew.
    move || framed(viewer.get(), &paths::of(&location))
}

fn framed(viewer: Option<Viewer>, here: &str) -> AnyView {
    match viewer {
        None => match Boot::current().replay.filter(Replay::asks_who_it_is) {
            Some(replay) => view! { <SendAgain replay/> }.into_any(),
            None => view! { <GoTo path=paths::with_next(paths::SIGN_IN, here)/> }.into_any(),
        },
        Some(viewer) if viewer.account.is_none() => {
            view! { <GoTo path=paths::ACCOUNTS.to_owned()/> }.into_any()
        }
        Some(viewer) => view! { <Frame viewer/> }.into_any(),
    }
}

#[component]
fn GoTo(path: String) -> impl IntoView {
    crate::request::redirect(&path);
    view! { <p><a href=path rel="external">"Sign in to go on"</a></p> }
}

#[component]
fn Frame(viewer: Viewer) -> impl IntoView {
    let location = use_location();
    let rail = visible_sections()
        .map(|section| {
            let href = rail_href(section);
            let is_exact = section == Section::Dashboard;
            let current = {
                let href = href.clone();
                Signal::derive(move || {
                    let is_here =
                        |path: &String| *path == href || (!is_exact && paths::is_within(path, &href));
                    location.pathname.with(is_here)
                })
            };
            view! { <RailLink href label=section.label() icon=icon(section) current/> }
        })
        .collect_view();
    let header = view! { <AccountSwitcher viewer=viewer.clone()/> <PaletteButton/> };
    let preview = viewer.preview.clone().map(|preview| view! { <PreviewBanner preview/> }.into_any());
    let notice = viewer.account.as_ref().and_then(|account| account.billing.clone());
    let notice = notice.and_then(billing_banner);
    let banner = (preview.is_some() || notice.is_some()).then(|| view! { {preview}{notice} }.into_any());
    let footer = view! { <PersonMenu viewer/> };
    view! {
        <AppShell brand=Boot::current().brand.name header rail footer banner>
            <Outlet/>
        </AppShell>
        <CommandPalette items=Signal::stored(palette())/>
    }
}

/// What the viewer may open: the rail and the command palette. Known with the viewer, so it costs no query.
fn visible_sections() -> impl Iterator<Item = Section> {
    Section::ALL.into_iter().filter(|section| viewer_can(Permission::view(*section)))
}

/// Where the work of a section begins.
fn rail_href(section: Section) -> String {
    match section {
        Section::Dashboard => paths::DASHBOARD.to_owned(),
        Section::Settings => paths::SETTINGS.to_owned(),
        Section::Opportunities => paths::BOARDS.to_owned(),
        Section::Calendars => paths::APPOINTMENTS.to_owned(),
        _ => paths::section(section),
    }
}

fn icon(section: Section) -> IconName {
    match section {
        Section::Dashboard => IconName::Home,
        Section::Contacts => IconName::Contact,
        Section::Conversations => IconName::Chat,
        Section::Opportunities => IconName::Pipeline,
        Section::Calendars => IconName::Calendar,
        Section::Sites => IconName::Globe,
        Section::Marketing => IconName::Megaphone,
        Section::Automations => IconName::Bolt,
        Section::Reporting => IconName::Chart,
        Section::Payments => IconName::CreditCard,
        Section::Settings => IconName::Settings,
    }
}

#[component]
fn AccountSwitcher(viewer: Viewer) -> impl IntoView {
    let name = viewer.account.as_ref().map(|account| account.name.clone()).unwrap_or_default();
    if viewer.accounts.len() < 2 {
        return view! { <p class="rail-account">{name}</p> }.into_any();
    }
    let label = format!("Switch account; now in {name}");
    view! { <a class="rail-account" href=paths::ACCOUNTS aria-label=label>{name}</a> }.into_any()
}

#[component]
fn PersonMenu(viewer: Viewer) -> impl IntoView {
    let here = paths::of(&use_location());
    let name = viewer.name.full();
    let photo = viewer.photo_version.map(|version| paths::photo(viewer.login_id, version));
    let Boot { theme, brand, .. } = Boot::current();
    let theme = Theme::parse(&theme);
    let sign_out = Act::<SignOut>::new();
    crate::Form::of(sign_out);
    let trigger = view! { <Avatar name=name.clone() photo_href=photo/> <span>{name.clone()}</span> };
    view! {
        <Menu label=format!("Signed in as {name}") trigger up=true>
            <MenuLink href=paths::ME label="My profile" icon=IconName::User/>
            <MenuLink href=paths::ACCOUNTS label="Accounts" icon=IconName::Building/>
            <MenuDivider/>
            {brand.book_a_call_url.map(|href| view! { <MenuLink href label="Book a call" icon=IconName::Calendar/> })}
            <MenuLink href=format!("mailto:{}", brand.support_email) label="Ask for help" icon=IconName::Mail/>
            <MenuDivider/>
            <SaveForm action=sign_out>
                <button type="submit" class="menu-item">"Sign out"</button>
            </SaveForm>
        </Menu>
        <ThemeToggle current=theme action="/theme" return_to=here/>
    }
}

fn palette() -> Vec<PaletteItem> {
    let item = |href: &str, label: &str, group: &str, keywords: &str| PaletteItem {
        label: label.into(),
        href: href.into(),
        group: group.into(),
        keywords: keywords.into(),
    };
    let mut items: Vec<_> = visible_sections()
        .map(|section| item(&rail_href(section), section.label(), "Go to", "section"))
        .collect();
    items.extend(settings_pages().into_iter().map(|(href, label)| item(href, label, "Settings", "")));
    if viewer_can(Permission::SettingsInviteStaff) {
        items.push(item(paths::ADD_STAFF, "Add employee", "Do", "invite new staff hire"));
    }
    if viewer_can(Permission::CalendarsBook) {
        items.push(item(paths::NEW_APPOINTMENT, "New appointment", "Do", "book calendar visitor"));
    }
    if viewer_can(Permission::CalendarsView) {
        items.push(item(paths::WEEK, "Week", "Calendars", "appointments"));
        items.push(item(paths::OWN_HOURS, "Working hours and time off", "Calendars", "block time holiday"));
    }
    items.push(item(paths::MY_PASSWORD, "Change password", "Me", ""));
    items.push(item(paths::MY_SESSIONS, "Where you are signed in", "Me", "sessions devices sign out"));
    items
}
