use domain::{
    Page as Rows, Permission, Role,
    listing::ROWS_PER_PAGE,
    staff::{ReadinessFilter, SortDirection, StaffFilter, StaffId, StaffSort, StatusFilter},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Address, Avatar, ButtonKind, DataTable, EmptyState, FilterBar, FilterSelect, IconName, LinkButton,
    Pagination, Row, SearchInput, SelectOption, SortHeader, TableSkeleton, Td, follow_address,
};

use super::{
    api::{StaffLine, StaffList},
    list_query::{self, ListQuery},
    status::Status,
};
use crate::{
    Data,
    layout::Page,
    paths, time,
    viewer::{denied_reason, viewer_can},
};

/// Members and invited people in one list.
#[component]
pub fn StaffPage() -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(ListQuery::of));
    let filter = Memo::new(move |_| query.get().filter());
    let rows = Data::new(move || {
        let ListQuery { search, status, role, profile, readiness, sort, direction, page } = query.get();
        Ok(StaffList { search, status, role, profile, readiness, sort, direction, page })
    });
    follow_address(Signal::derive(move || filter.with(fields)));
    let action = view! { <Actions/> };
    view! {
        <Page title="My Staff" description="Everybody who works in this account, and everybody invited to it." action>
            <Filters filter/>
            {rows.show(|| view! { <TableSkeleton rows=8 columns=5/> }.into_any(), move |rows| {
                view! { <List rows filter=filter.get_untracked()/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let reason = denied_reason(Permission::SettingsInviteStaff);
    // Whoever may see the people of calendars or of pipelines sees those columns.
    let places = [
        Permission::OpportunitiesManagePipelines,
        Permission::CalendarsManage,
        Permission::CalendarsManageRoundRobin,
    ];
    let no_places =
        places.map(denied_reason).into_iter().collect::<Option<Vec<_>>>().and_then(|mut all| all.pop());
    view! {
        <LinkButton href=paths::STAFF_MATRIX kind=ButtonKind::Secondary icon=IconName::Calendar disabled_reason=no_places>
            "Who is where"
        </LinkButton>
        <LinkButton href=paths::IMPORT_STAFF kind=ButtonKind::Secondary icon=IconName::Upload disabled_reason=reason.clone()>
            "Import"
        </LinkButton>
        <LinkButton href=paths::ADD_STAFF icon=IconName::Plus disabled_reason=reason>"Add Employee"</LinkButton>
    }
}

/// What the fields of the filter bar show.
fn fields(filter: &StaffFilter) -> Vec<(&'static str, String)> {
    vec![
        ("q", filter.search.clone()),
        ("status", filter.status.map(StatusFilter::key).unwrap_or_default().to_owned()),
        ("role", filter.role.map(Role::key).unwrap_or_default().to_owned()),
        ("readiness", filter.readiness.map(ReadinessFilter::key).unwrap_or_default().to_owned()),
    ]
}

#[component]
fn Filters(filter: Memo<StaffFilter>) -> impl IntoView {
    let any = |label: &str| std::iter::once(SelectOption::new("", label));
    let statuses =
        any("Any status").chain(StatusFilter::ALL.iter().map(|s| SelectOption::new(s.key(), s.label())));
    let roles =
        any("Any role").chain(Role::ALL.iter().map(|role| SelectOption::new(role.key(), role.label())));
    let order = |filter: &StaffFilter| {
        let profile = filter.profile.map(|id| ("profile", id.to_string()));
        list_query::order(filter)
            .into_iter()
            .chain(profile)
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Vec<_>>()
    };
    let keep = Signal::derive(move || filter.with(order));
    let clear_href = Signal::derive(move || {
        filter.with(|filter| list_query::is_filtered(filter).then(|| list_query::clear_href(filter)))
    });
    let filter = filter.get_untracked();
    // Nobody else learns who is ready.
    let readiness = viewer_can(Permission::SettingsEditStaff).then(|| {
        let options = ReadinessFilter::ALL.iter().map(|r| SelectOption::new(r.key(), r.label()));
        let value = filter.readiness.map(ReadinessFilter::key).unwrap_or_default();
        view! { <FilterSelect name="readiness" label="Readiness" options=any("Ready or not").chain(options).collect() value/> }
    });
    view! {
        <FilterBar action=paths::STAFF keep clear_href>
            <SearchInput label="Search by name or e-mail" value=filter.search/>
            <FilterSelect name="status" label="Status" options=statuses.collect()
                value=filter.status.map(StatusFilter::key).unwrap_or_default()/>
            <FilterSelect name="role" label="Role" options=roles.collect()
                value=filter.role.map(Role::key).unwrap_or_default()/>
            {readiness}
        </FilterBar>
    }
}

#[component]
fn List(rows: Rows<StaffLine>, filter: StaffFilter) -> impl IntoView {
    if rows.total == 0 {
        let action = view! { <LinkButton href=list_query::clear_href(&filter) kind=ButtonKind::Secondary>"Clear filters"</LinkButton> };
        return view! {
            <EmptyState icon=IconName::Search title="Nobody found" body="No member and no invitation fits what you asked for." action/>
        }
        .into_any();
    }
    let is_alone = rows.total == 1 && !list_query::is_filtered(&filter);
    let (page, pages, total) = (u64::from(rows.page), u64::from(rows.pages()), rows.total);
    let lines = rows.rows.into_iter().map(|line| view! { <Line line/> }).collect_view();
    let head = view! { <Head filter=filter.clone()/> };
    view! {
        <DataTable caption="Staff" head>{lines}</DataTable>
        <Pagination page pages total per_page=u64::from(ROWS_PER_PAGE)
            href=move |page| list_query::page_href(&filter, page)/>
        {is_alone.then(|| view! { <Alone/> })}
    }
    .into_any()
}

#[component]
fn Alone() -> impl IntoView {
    let reason = denied_reason(Permission::SettingsInviteStaff);
    let action = view! {
        <LinkButton href=paths::ADD_STAFF kind=ButtonKind::Secondary icon=IconName::Plus disabled_reason=reason>
            "Add your first employee"
        </LinkButton>
    };
    view! {
        <EmptyState icon=IconName::Users title="So far it is only you"
            body="Add the people you work with: each gets an e-mail with a link to join. Many at once? Import a list." action/>
    }
}

#[component]
fn Head(filter: StaffFilter) -> impl IntoView {
    StaffSort::ALL
        .iter()
        .map(|sort| {
            let direction = (filter.sort == *sort).then_some(match filter.direction {
                SortDirection::Ascending => ui::SortDirection::Asc,
                SortDirection::Descending => ui::SortDirection::Desc,
            });
            view! { <SortHeader label=sort.label() href=list_query::sort_href(&filter, *sort) direction/> }
        })
        .collect_view()
}

/// The cells stand in the order of [`StaffSort::ALL`].
#[component]
fn Line(line: StaffLine) -> impl IntoView {
    let row = line.row.clone();
    let href = match row.id {
        StaffId::Member(id) => paths::member(id),
        StaffId::Invitation(id) => paths::invitation(id),
    };
    let photo_href = row.photo.map(|(login, version)| paths::photo(login, version));
    let is_member = matches!(row.id, StaffId::Member(_));
    let last_active = match line.last_active.clone() {
        Some(when) => time(when),
        None if is_member => "Not yet".into_any(),
        None => view! { <span aria-hidden="true">"–"</span> }.into_any(),
    };
    view! {
        <Row>
            <Td main=true>
                <div class="cell-person"><Avatar name=row.name.clone() photo_href/><a class="min-w-0" href=href>{row.name}</a></div>
            </Td>
            <Td label="E-mail" address=true><Address email=row.email.to_string()/></Td>
            <Td label="Role"><div>{row.role.label()}{row.profile.map(|name| view! { <span class="cell-note">{name}</span> })}</div></Td>
            <Td label="Status"><Status line/></Td>
            <Td label="Last active">{last_active}</Td>
        </Row>
    }
}
