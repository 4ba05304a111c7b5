use domain::{
    Page as Rows, Permission, Section,
    calendars::{AppointmentState, CalendarName, HostName},
    listing::ROWS_PER_PAGE,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Address, Badge, ButtonKind, DataTable, EmptyState, FilterBar, FilterDay, FilterSelect, IconName,
    LinkButton, Pagination, Row, SearchInput, SelectOption, TableSkeleton, Td, Th, Tone, follow_address,
};

use super::{
    super::{
        api_appointments::{AppointmentLine, AppointmentLines, ReadAppointments},
        appointment_query::AppointmentQuery,
    },
    frame::{CalendarTabs, Tab},
    hosts::{host_options, names},
};
use crate::{Data, layout::Page, live::calendar_version, paths, time, viewer::denied_reason};

/// Appointments in order of their time.
#[component]
pub fn AppointmentsPage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(AppointmentQuery::read));
    let changed = calendar_version(|| None);
    let list = Data::renewed(move || changed.get(), move || Ok(ReadAppointments { query: query.get() }));
    follow_address(Signal::derive(move || query.with(AppointmentQuery::fields)));
    let reason = denied_reason(Permission::CalendarsBook);
    let action = view! {
        <LinkButton href=paths::section(Section::Calendars) kind=ButtonKind::Ghost icon=IconName::Shield>"What you may do here"</LinkButton>
        <LinkButton href=paths::NEW_APPOINTMENT icon=IconName::Plus disabled_reason=reason>"New appointment"</LinkButton>
    };
    view! {
        <Page title="Appointments" description="Who comes when, and to whom. Without a day the list begins today." action>
            <CalendarTabs tab=Tab::List/>
            {list.show(|| view! { <TableSkeleton rows=8 columns=5/> }.into_any(), move |lines| {
                view! { <List lines query=query.get_untracked()/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn List(lines: AppointmentLines, query: AppointmentQuery) -> impl IntoView {
    let AppointmentLines { appointments, calendars, hosts } = lines;
    let found = match appointments.total {
        0 => view! { <Nothing is_filtered=query.is_filtered()/> }.into_any(),
        _ => view! { <Lines appointments query=query.clone()/> }.into_any(),
    };
    view! { <Filters query calendars hosts/> {found} }
}

#[component]
fn Filters(query: AppointmentQuery, calendars: Vec<CalendarName>, hosts: Vec<HostName>) -> impl IntoView {
    let clear_href = Signal::stored(query.is_filtered().then(|| paths::APPOINTMENTS.to_owned()));
    let calendar = |calendar: CalendarName| SelectOption::new(calendar.id.to_string(), calendar.name);
    let calendars = first("Any calendar").chain(calendars.into_iter().map(calendar)).collect();
    let state = |state: AppointmentState| SelectOption::new(state.key(), state.label());
    let states = first("Any state").chain(AppointmentState::ALL.into_iter().map(state)).collect();
    let by_host = (!hosts.is_empty()).then(|| {
        let options = host_options("Anybody’s", hosts);
        view! { <FilterSelect name="host" label="With" options value=query.host/> }
    });
    view! {
        <FilterBar action=paths::APPOINTMENTS clear_href>
            <SearchInput label="Search visitors" value=query.search/>
            <FilterSelect name="calendar" label="Calendar" options=calendars value=query.calendar/>
            {by_host}
            <FilterSelect name="state" label="State" options=states value=query.state/>
            <FilterDay name="from" label="From" value=query.from/>
            <FilterDay name="to" label="To" value=query.to/>
        </FilterBar>
    }
}

fn first(label: &str) -> impl Iterator<Item = SelectOption> {
    std::iter::once(SelectOption::new("", label))
}

#[component]
fn Nothing(is_filtered: bool) -> impl IntoView {
    if is_filtered {
        let action = view! { <LinkButton href=paths::APPOINTMENTS kind=ButtonKind::Secondary>"Clear filters"</LinkButton> };
        return view! {
            <EmptyState icon=IconName::Search title="No appointment found" body="None fits what you asked for." action/>
        }
        .into_any();
    }
    let reason = denied_reason(Permission::CalendarsBook);
    let action = view! {
        <LinkButton href=paths::NEW_APPOINTMENT kind=ButtonKind::Secondary icon=IconName::Plus disabled_reason=reason>
            "Book an appointment"
        </LinkButton>
    };
    view! {
        <EmptyState icon=IconName::Calendar title="Nothing is booked from today on"
            body="What visitors book, and what you book for them, stands here. To look back, choose a day." action/>
    }
    .into_any()
}

#[component]
fn Lines(appointments: Rows<AppointmentLine>, query: AppointmentQuery) -> impl IntoView {
    let pages = u64::from(appointments.pages());
    let Rows { rows, page, total } = appointments;
    let lines = rows.into_iter().map(|line| view! { <Line line/> }).collect_view();
    let head = view! { <Th>"Visitor"</Th><Th>"Time"</Th><Th>"Calendar"</Th><Th>"With"</Th><Th>"State"</Th> };
    view! {
        <DataTable caption="Appointments" head>{lines}</DataTable>
        <Pagination page=u64::from(page) pages total per_page=u64::from(ROWS_PER_PAGE) href=move |page| query.href(page)/>
    }
}

#[component]
fn Line(line: AppointmentLine) -> impl IntoView {
    let AppointmentLine { row, time: when } = line;
    view! {
        <Row>
            <Td main=true>
                <div class="min-w-0">
                    <a href=paths::appointment(row.id)>{row.visitor_name}</a>
                    <span class="cell-note"><Address email=row.visitor_email.to_string()/></span>
                </div>
            </Td>
            <Td label="Time">{time(when)}</Td>
            <Td label="Calendar"><Calendar calendar=row.calendar/></Td>
            <Td label="With">{names(&row.hosts)}</Td>
            <Td label="State"><State state=row.state/></Td>
        </Row>
    }
}

#[component]
pub(super) fn Calendar(calendar: CalendarName) -> impl IntoView {
    view! { <span class=format!("stage-name stage-{}", calendar.colour.key())>{calendar.name}</span> }
}

#[component]
pub(super) fn State(state: AppointmentState) -> impl IntoView {
    let tone = match state {
        AppointmentState::Booked => Tone::Good,
        AppointmentState::Cancelled => Tone::Neutral,
    };
    view! { <Badge tone>{state.label()}</Badge> }
}
