use domain::{Permission, calendars::CalendarRow};
use leptos::prelude::*;
use ui::{
    Badge, Button, ButtonKind, DataTable, EmptyState, FormError, IconName, LinkButton, Row, TableSkeleton,
    Td, Th, Tone,
};

use super::api::{ReadCalendars, SwitchCalendar};
use crate::{
    Data, Form, SaveForm, act::Act, layout::Page, live::calendar_version, paths, viewer::denied_reason,
};

/// All calendars, by name.
#[component]
pub fn CalendarsPage() -> impl IntoView {
    let switch = Act::<SwitchCalendar>::new();
    let form = Form::of(switch);
    let (changed, saved) = (calendar_version(|| None), form.saved());
    let rows = Data::renewed(move || changed.get() + saved.get(), || Ok(ReadCalendars {}));
    let reason = denied_reason(Permission::CalendarsManage);
    let action = view! {
        <LinkButton href=paths::NEW_CALENDAR icon=IconName::Plus disabled_reason=reason>"New"</LinkButton>
    };
    view! {
        <Page title="Calendars" action description="What visitors can book, and whom their bookings go to.">
            <FormError message=form.error()/>
            {rows.show(|| view! { <TableSkeleton rows=3 columns=5/> }.into_any(), move |rows| {
                view! { <List rows switch form/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn List(rows: Vec<CalendarRow>, switch: Act<SwitchCalendar>, form: Form) -> impl IntoView {
    if rows.is_empty() {
        let reason = denied_reason(Permission::CalendarsManage);
        let action = view! {
            <LinkButton href=paths::NEW_CALENDAR icon=IconName::Plus disabled_reason=reason>"Make the first calendar"</LinkButton>
        };
        return view! {
            <EmptyState icon=IconName::Calendar title="No calendars yet"
                body="A calendar has a public page where visitors book, and the people whom their bookings go to." action/>
        }
        .into_any();
    }
    let head = view! {
        <Th>"Calendar"</Th><Th numeric=true>"Hosts"</Th><Th numeric=true>"Appointments ahead"</Th><Th>"Booking"</Th><Th>"Actions"</Th>
    };
    let lines = rows.into_iter().map(|row| view! { <Line row switch form/> }).collect_view();
    view! { <DataTable caption="Calendars" head>{lines}</DataTable> }.into_any()
}

#[component]
fn Line(row: CalendarRow, switch: Act<SwitchCalendar>, form: Form) -> impl IntoView {
    let CalendarRow { calendar, duration_minutes, hosts, upcoming, public_url } = row;
    let (id, name, is_active) = (calendar.id, calendar.name, calendar.is_active);
    let reason = denied_reason(Permission::CalendarsManage);
    let (word, tone) = if is_active { ("Open", Tone::Good) } else { ("Closed", Tone::Neutral) };
    let verb = if is_active { "Close" } else { "Open" };
    let about = format!("{verb} booking of {name}");
    let about_page = format!("Booking page of {name}");
    view! {
        <Row>
            <Td main=true>
                <div class="min-w-0">
                    <span class=format!("stage-name stage-{}", calendar.colour.key())><a href=paths::calendar(id)>{name}</a></span>
                    <span class="cell-note">{format!("{}, {duration_minutes} minutes", calendar.kind.label())}</span>
                </div>
            </Td>
            <Td label="Hosts" numeric=true><a href=paths::calendar_hosts(id)>{hosts}</a></Td>
            <Td label="Appointments ahead" numeric=true>{upcoming}</Td>
            <Td label="Booking"><Badge tone>{word}</Badge></Td>
            <Td>
                <div class="cell-buttons">
                    <LinkButton href=public_url kind=ButtonKind::Ghost small=true aria_label=about_page>
                        "Booking page"
                    </LinkButton>
                    <SaveForm action=switch is_live=true>
                        <input type="hidden" name="id" value=id.to_string()/>
                        <input type="hidden" name="on" value=(!is_active).to_string()/>
                        <Button kind=ButtonKind::Ghost small=true pending=form.pending() disabled_reason=reason aria_label=about>{verb}</Button>
                    </SaveForm>
                </div>
            </Td>
        </Row>
    }
}
