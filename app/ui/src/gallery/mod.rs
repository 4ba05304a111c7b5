//! `<Gallery/>` — every piece in every state, for `/dev/gallery` while developing.
mod forms;
mod lists;
mod messages;
mod small;

use crate::{
    AppShell, Avatar, BackLink, Badge, Button, ButtonKind, Callout, CommandPalette, IconName, LinkButton,
    Menu, MenuLink, OptText, PageHeader, PaletteButton, PaletteItem, RailHeading, RailLink, Section,
    SettingsLayout, SettingsLink, TabItem, Tabs, ThemeToggle, Tone,
};
use leptos::prelude::*;

pub(crate) const LONG_NAME: &str =
    "Wilhelmina Alexandrina Featherstonehaugh-Cholmondeley von und zu Donaudampfschifffahrtsgesellschaft";

/// `<Gallery show="dialog"/>` — `show` names the overlay that is open: `dialog`, `drawer`, `confirm` or `question`, or the other
/// page, `auth`. `path` is where the gallery is mounted.
#[component]
pub fn Gallery(
    #[prop(default = "/dev/gallery".to_owned(), into)] path: String,
    #[prop(optional, into)] show: OptText,
) -> impl IntoView {
    let show = show.0.unwrap_or_default();
    if show == "auth" {
        return messages::auth_page(path).into_any();
    }
    let back = path.clone();
    view! {
        <AppShell
            brand="Steward"
            header=view! { <PaletteButton/> }
            rail=rail(&path)
            footer=view! { {person_menu()} <ThemeToggle/> }
            banner=Some(banner())
        >
            <SettingsLayout nav=settings_links(&path)>
                <PageHeader
                    title="Gallery"
                    description="Every piece in every state. Look at it wide and narrow, light and dark."
                    back=BackLink::new("/", "Home")
                    action=view! {
                        <LinkButton href="#lists" kind=ButtonKind::Secondary>"Lists"</LinkButton>
                        <Button button_type="button" icon=IconName::Plus>"Primary action"</Button>
                    }
                />
                {tabs(&path)}
                {forms::section()}
                {lists::section(path.clone())}
                {messages::section(path)}
                {small::section()}
            </SettingsLayout>
        </AppShell>
        {messages::overlay(&show, back)}
        <CommandPalette items=palette_items()/>
    }
    .into_any()
}

fn banner() -> AnyView {
    view! { <Callout tone=Tone::Warn>"The frame’s banner: what concerns every page. "<a href="#messages">"What to do"</a></Callout> }
        .into_any()
}

fn rail(path: &str) -> AnyView {
    let here = path.to_owned();
    view! {
        <RailLink href="/" label="Dashboard" icon=IconName::Home/>
        <RailLink href="/contacts" label="Contacts" icon=IconName::Contact/>
        <RailLink href="/opportunities" label="Opportunities" icon=IconName::Pipeline/>
        <RailLink href="/calendars" label="Calendars" icon=IconName::Calendar/>
        <RailHeading label="Account"/>
        <RailLink href=here label="Settings" icon=IconName::Settings current=true/>
    }
    .into_any()
}

fn settings_links(path: &str) -> AnyView {
    let link = |(label, anchor): (&'static str, &'static str)| {
        view! { <SettingsLink href=format!("{path}#{anchor}") label current=anchor == "forms"/> }
    };
    [("Forms", "forms"), ("Lists", "lists"), ("Messages", "messages"), ("Small things", "small")]
        .map(link)
        .into_iter()
        .collect_view()
        .into_any()
}

fn person_menu() -> AnyView {
    view! {
        <Menu
            label="Olive Admin"
            up=true
            trigger=view! {
                <Avatar name="Olive Admin"/>
                <span>"Olive Admin"<span class="cell-note">"Northwind Ltd"</span></span>
            }
        >
            <MenuLink href="/profile" label="My profile" icon=IconName::User/>
            <MenuLink href="/signout" label="Sign out" icon=IconName::Logout/>
        </Menu>
    }
    .into_any()
}

fn tabs(path: &str) -> AnyView {
    let mut members = TabItem::new("Members", path, true);
    members.count = Some(48);
    let items = vec![
        members,
        TabItem::new("Invitations", "#lists", false),
        TabItem::new("Requests", "#messages", false),
    ];
    view! {
        <Tabs label="Example" items/>
        <Section title="Status" description="A word, a shape and a colour each.">
            <div class="flex flex-wrap gap-2">
                <Badge tone=Tone::Good>"Active"</Badge>
                <Badge tone=Tone::Info>"Invited · 5 days left"</Badge>
                <Badge tone=Tone::Warn>"Past due"</Badge>
                <Badge tone=Tone::Bad>"Failed"</Badge>
                <Badge>"Deactivated"</Badge>
            </div>
        </Section>
    }
    .into_any()
}

fn palette_items() -> Vec<PaletteItem> {
    let item = |label: &str, group: &str, keywords: &str| PaletteItem {
        label: label.to_owned(),
        href: "#".to_owned(),
        group: group.to_owned(),
        keywords: keywords.to_owned(),
    };
    vec![
        item("My staff", "Settings", "employees team people"),
        item("Permission profiles", "Settings", "rights roles"),
        item("Billing", "Settings", "invoice card plan"),
        item("API keys", "Settings", "developer token"),
        item("Max Manager", "Staff", "max@example.com"),
        item(LONG_NAME, "Staff", ""),
    ]
}
