use super::LONG_NAME;
use crate::{
    Address, Avatar, Badge, Card, DataTable, DateTime, DescriptionItem, DescriptionList, EmptyState,
    FilterBar, FilterDay, FilterSelect, IconName, LinkButton, Menu, MenuButton, MenuDivider, MenuLink,
    Pagination, RelativeDays, Row, SearchForm, SearchInput, Section, SelectOption, Skeleton, SortDirection,
    SortHeader, TableSkeleton, Td, Th, Tone,
};
use leptos::prelude::*;

pub(super) fn section(path: String) -> AnyView {
    let search = path.clone();
    view! {
        <Section title="Lists" id="lists" description="Search, filters, order and page live in the address.">
            {filters(&path)} {table()} {pages(path)}
        </Section>
        <Section title="Only a search"><SearchForm action=search label="Search profiles" name="profile"/></Section>
        <Section title="While it loads"><Skeleton/><TableSkeleton rows=3/></Section>
        <Section title="Nothing there">{empty()}</Section>
        <Section title="Facts">{facts()}</Section>
    }
    .into_any()
}

fn filters(path: &str) -> AnyView {
    let any = |label| SelectOption::new("", label);
    view! {
        <FilterBar action=path keep=vec![("sort".to_owned(), "name".to_owned())] clear_href=Some(path.to_owned())>
            <SearchInput label="Search staff" value="max"/>
            <FilterSelect
                name="status"
                label="Status"
                value="active"
                options=vec![any("Any status"), SelectOption::new("active", "Active"), SelectOption::new("invited", "Invited")]
            />
            <FilterSelect name="role" label="Role" options=vec![any("Any role"), SelectOption::new("admin", "Admin")]/>
            <FilterDay name="from" label="From" value="2026-11-24"/>
        </FilterBar>
    }
    .into_any()
}

/// In the middle, at either end, and where one page is enough.
fn pages(path: String) -> AnyView {
    let line = move |(label, page, pages, total): (&'static str, u64, u64, u64)| {
        let path = path.clone();
        view! { <Pagination page pages total per_page=50 label href=move |page| format!("{path}?page={page}")/> }
    };
    [
        ("Pages", 5, 97, 4_821),
        ("First page", 1, 2, 51),
        ("Last page", 2, 2, 51),
        ("One page", 1, 1, 7),
        ("No page", 1, 1, 0),
    ]
    .map(line)
    .into_iter()
    .collect_view()
    .into_any()
}

fn table() -> AnyView {
    let head = view! {
        <SortHeader label="Name" href="?sort=-name" direction=Some(SortDirection::Asc)/>
        <Th>"Role"</Th>
        <Th>"Status"</Th>
        <SortHeader label="Last active" href="?sort=active" direction=Some(SortDirection::Desc)/>
        <SortHeader label="Deals" href="?sort=-deals" direction=None numeric=true/>
        <Th><span class="sr-only">"Actions"</span></Th>
    };
    view! {
        // What the menus' buttons submit.
        <form id="gallery-act" method="get"></form>
        <DataTable caption="Staff" head>
            {person("Olive Admin", "olive@example.com", Tone::Good, "Active", 128)}
            {person("Max Manager", "max@example.com", Tone::Info, "Invited · 5 days left", 0)}
            {person(LONG_NAME, "wilhelmina.alexandrina.featherstonehaugh@long-company-name.example.com", Tone::Neutral, "Deactivated", 1_024)}
            {person("李小龍", "li@example.com", Tone::Bad, "Delivery failed", 7)}
        </DataTable>
    }
    .into_any()
}

fn person(name: &'static str, email: &'static str, tone: Tone, status: &'static str, deals: u32) -> AnyView {
    view! {
        <Row>
            <Td label="Name" main=true>
                <div class="cell-person">
                    <Avatar name/>
                    <span class="min-w-0"><a href="#lists">{name}</a><span class="cell-note"><Address email/></span></span>
                </div>
            </Td>
            <Td label="Role">"User · Sales rep"</Td>
            <Td label="Status"><Badge tone>{status}</Badge></Td>
            <Td label="Last active">
                <DateTime instant_rfc3339="2026-11-23T09:12:00Z" text="today, 10:12" exact="23 November 2026, 10:12:00 CET"/>
            </Td>
            <Td label="Deals" numeric=true>{deals}</Td>
            <Td actions=true>
                <Menu label=format!("More about {name}")>
                    <MenuLink href="#lists" label="Edit" icon=IconName::Pencil/>
                    <MenuLink href="#lists" label="Without an icon"/>
                    <MenuButton label="Resend invitation" icon=IconName::Mail form="gallery-act"/>
                    <MenuDivider/>
                    <MenuButton label="End all sessions" icon=IconName::Logout danger=true form="gallery-act"/>
                    <MenuLink href="#lists" label="Remove" icon=IconName::Trash danger=true/>
                </Menu>
            </Td>
        </Row>
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <EmptyState
            icon=IconName::Users
            title="Nobody here yet"
            body="Add the people you work with. Each gets an e-mail with a link to join."
            action=view! { <LinkButton href="#lists" icon=IconName::Plus>"Add employee"</LinkButton> }
        />
        <EmptyState title="No activity on these days" body="Choose other days, or another person."/>
    }
    .into_any()
}

fn facts() -> AnyView {
    view! {
        <Card>
            <DescriptionList>
                <DescriptionItem term="Name">{LONG_NAME}</DescriptionItem>
                <DescriptionItem term="Status"><Badge tone=Tone::Warn>"Past due"</Badge></DescriptionItem>
                <DescriptionItem term="Next invoice"><RelativeDays days=12 exact="5 December 2026"/></DescriptionItem>
                <DescriptionItem term="Last invoice"><RelativeDays days={-18}/></DescriptionItem>
                <DescriptionItem term="Calls"><RelativeDays days=0/>", "<RelativeDays days=1/>", "<RelativeDays days={-1}/></DescriptionItem>
            </DescriptionList>
        </Card>
    }
    .into_any()
}
