use domain::{
    CalendarId, Refusal,
    calendars::{CalendarChoice, CalendarKind, CalendarName},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, Callout, DataTable, EmptyState, FilterBar, FilterSelect, IconName, Row, Section, Skeleton,
    TableSkeleton, Td, Th, Tone, follow_address,
};

use super::{
    super::api_appointments::{BookAppointment, ReadBookableCalendars, ReadFreeTimes, StaffBooking},
    frame::back,
    free_times::{FreeTimes, address},
    hosts::host_options,
    visitor_form::VisitorForm,
};
use crate::{
    Data, Form,
    act::Act,
    error::LoadError,
    layout::Page,
    live::{between_forms, calendar_version},
    paths,
};

/// Books for a visitor: the calendar, then a time, then who comes. Each step has its address: `?calendar=`, `&at=`.
#[component]
pub fn NewAppointmentPage() -> impl IntoView {
    let query = use_query_map();
    let calendar = Memo::new(move |_| query.with(|query| query.get("calendar")));
    move || match calendar.get() {
        None => view! { <ChooseCalendar/> }.into_any(),
        Some(calendar) => view! { <Book calendar=calendar.parse().ok()/> }.into_any(),
    }
}

#[component]
fn ChooseCalendar() -> impl IntoView {
    let calendars = Data::new(|| Ok(ReadBookableCalendars {}));
    view! {
        <Page title="New appointment" back=back() description="Into which calendar?">
            {calendars.show(|| view! { <TableSkeleton rows=3 columns=2/> }.into_any(), |calendars| {
                view! { <Calendars calendars/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Calendars(calendars: Vec<CalendarName>) -> impl IntoView {
    if calendars.is_empty() {
        return view! {
            <EmptyState icon=IconName::Calendar title="There is no calendar to book into"
                body="Whoever manages calendars in your account can make one, or make you a host of one."/>
        }
        .into_any();
    }
    let line = |calendar: CalendarName| {
        view! {
            <Row>
                <Td main=true>
                    <span class=format!("stage-name stage-{}", calendar.colour.key())><a href=paths::book_in(calendar.id)>{calendar.name}</a></span>
                </Td>
                <Td label="Kind">{calendar.kind.label()}</Td>
            </Row>
        }
    };
    let head = view! { <Th>"Calendar"</Th><Th>"Kind"</Th> };
    view! { <DataTable caption="Calendars" head>{calendars.into_iter().map(line).collect_view()}</DataTable> }
        .into_any()
}

/// What stands in the address beside the calendar.
#[derive(Clone, Copy)]
struct Asked {
    host: Memo<Option<String>>,
    from: Memo<Option<String>>,
    at: Memo<Option<String>>,
}

#[component]
fn Book(calendar: Option<CalendarId>) -> impl IntoView {
    let book = Act::<BookAppointment>::new();
    let form = Form::of(book);
    let query = use_query_map();
    let parameter = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)));
    let asked = Asked { host: parameter("host"), from: parameter("from"), at: parameter("at") };
    let Asked { host, from, at } = asked;
    let changed = between_forms(calendar_version(move || calendar));
    // Whoever comes back from the form, perhaps because somebody was quicker, sees what is free now.
    let came_back = Memo::new(move |before: Option<&usize>| {
        before.copied().unwrap_or_default() + usize::from(at.with(Option::is_none))
    });
    let times = Data::renewed(
        move || changed.get() + came_back.get(),
        move || {
            let calendar = calendar.ok_or(Refusal::NotFound)?;
            Ok(ReadFreeTimes { calendar, host: host.get(), from: from.get() })
        },
    );
    follow_address(Signal::derive(move || vec![("host", host.get().unwrap_or_default())]));
    let other = BackLink::new(paths::NEW_APPOINTMENT, "Choose another calendar");
    times.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |times| match times {
            Ok(booking) => view! { <Times booking asked book form/> }.into_any(),
            Err(error) => {
                view! { <Page title="New appointment" back=other.clone()><LoadError error/></Page> }
                    .into_any()
            }
        },
    )
}

#[component]
fn Times(booking: StaffBooking, asked: Asked, book: Act<BookAppointment>, form: Form) -> impl IntoView {
    let StaffBooking { choice, offer, request_key } = booking;
    let back = BackLink::new(paths::NEW_APPOINTMENT, "Choose another calendar");
    let from = asked.from.get_untracked();
    let host = host_of(&choice, asked.host.get_untracked().unwrap_or_default());
    let kept = vec![("calendar", choice.calendar.id.to_string()), ("host", host.clone())];
    let all_times = address(paths::NEW_APPOINTMENT, &kept, &[("from", from.as_deref().unwrap_or_default())]);
    let title = format!("New appointment in {}", choice.calendar.name);
    let at = asked.at;
    // A form that was refused stays, whatever became of its time: what was typed is in it.
    let was_refused = !form.typed("starts_at", "").is_empty();
    let content = move || {
        let (choice, host, offer) = (choice.clone(), host.clone(), offer.clone());
        let exact = at.get().filter(|exact| was_refused || offer.find(exact).is_some());
        let Some(exact) = exact else {
            let (kept, from, path) = (kept.clone(), from.clone(), paths::NEW_APPOINTMENT.to_owned());
            let taken = at.with(Option::is_some).then(|| view! { <Taken/> });
            return view! {
                <HostChooser choice host/>
                <Section title="When">{taken}<FreeTimes offer path kept from/></Section>
            }
            .into_any();
        };
        let (request_key, back) = (request_key.clone(), all_times.clone());
        view! { <VisitorForm choice host exact offer request_key back book form/> }.into_any()
    };
    view! { <Page title back>{content}</Page> }
}

/// Whoever books with nobody but themselves says so; elsewhere an empty choice is whose turn it is.
fn host_of(choice: &CalendarChoice, chosen: String) -> String {
    let is_bound = !choice.by_turn && choice.calendar.kind == CalendarKind::RoundRobin;
    match choice.hosts.first() {
        Some(own) if is_bound => own.member.to_string(),
        _ => chosen,
    }
}

#[component]
fn Taken() -> impl IntoView {
    view! { <Callout tone=Tone::Warn title="This time is not free">"Please choose another one."</Callout> }
}

/// With whom: a round robin knows whose turn it is, and takes somebody chosen as well. The others have nothing to choose.
#[component]
fn HostChooser(choice: CalendarChoice, host: String) -> impl IntoView {
    if choice.hosts.is_empty() {
        return view! { <Callout tone=Tone::Warn title="Nobody takes bookings in this calendar yet">"Whoever manages it can say who does."</Callout> }
            .into_any();
    }
    if choice.calendar.kind != CalendarKind::RoundRobin || !choice.by_turn {
        let names = super::hosts::names(&choice.hosts);
        return view! { <p class="text-muted">{format!("With {names}.")}</p> }.into_any();
    }
    let keep = vec![("calendar".to_owned(), choice.calendar.id.to_string())];
    let options = host_options("Whose turn it is", choice.hosts);
    view! {
        <FilterBar action=paths::NEW_APPOINTMENT keep label="With whom">
            <FilterSelect name="host" label="With" options value=host/>
        </FilterBar>
    }
    .into_any()
}
