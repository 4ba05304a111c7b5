use domain::{Permission, calendars::CalendarDetails};
use leptos::prelude::*;
use ui::{Button, ButtonKind, CopyButton, Denied, FormActions, FormError, Section, Skeleton};

use super::{
    api::{ChangeCalendar, SwitchCalendar},
    fields::{Fields, Initial},
    frame::{CalendarFrame, Tab, asked, no_calendar},
};
use crate::{
    ChangedMeanwhile, Data, Form, SaveForm,
    act::Act,
    live::{between_forms, calendar_version},
    paths,
    viewer::denied_reason,
};

#[derive(Clone, Copy)]
struct Acts {
    change: Act<ChangeCalendar>,
    changing: Form,
    switch: Act<SwitchCalendar>,
    switching: Form,
}

/// What visitors read of a calendar, how long appointments are, and when they can be booked.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let id = paths::id_parameter();
    let (change, switch) = (Act::new(), Act::new());
    let acts = Acts { change, changing: Form::of(change), switch, switching: Form::of(switch) };
    let saved = [acts.changing, acts.switching].map(Form::saved);
    let changed = between_forms(calendar_version(move || id.get()));
    let details = Data::renewed(
        move || changed.get() + saved.iter().map(Get::get).sum::<usize>(),
        move || asked(id.get()),
    );
    details.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |details| match details {
            Ok(details) => view! { <Settings details acts/> }.into_any(),
            Err(error) => no_calendar(error),
        },
    )
}

#[component]
fn Settings(details: CalendarDetails, acts: Acts) -> impl IntoView {
    // By its version: what was saved is another form, with other lines for questions.
    let form = details.clone();
    let form = view! {
        <For each=move || std::iter::once(form.clone()) key=|details| (details.calendar.id, details.calendar.version)
            children=move |details| view! { <SettingsForm details acts/> }/>
    };
    view! {
        <CalendarFrame details=details.clone() tab=Tab::Settings>
            <Public details acts/>
            <Section title="Settings">{form}</Section>
        </CalendarFrame>
    }
}

#[component]
fn SettingsForm(details: CalendarDetails, acts: Acts) -> impl IntoView {
    let (id, form) = (details.calendar.id, acts.changing);
    let here = paths::calendar(id);
    let initial = Initial::of(&details);
    let fields = view! {
        <SaveForm action=acts.change>
            <div class="stack">
                <FormError message=form.error()/>
                <ChangedMeanwhile form now=here.clone() again=here/>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="version" value=form.typed("version", details.calendar.version.to_string())/>
                <Fields form initial/>
                <FormActions><Button kind=ButtonKind::Primary pending=form.pending()>"Save"</Button></FormActions>
            </div>
        </SaveForm>
    };
    match denied_reason(Permission::CalendarsManage) {
        Some(reason) => view! { <Denied reason>{fields}</Denied> }.into_any(),
        None => fields.into_any(),
    }
}

/// Where visitors book, and whether they can.
#[component]
fn Public(details: CalendarDetails, acts: Acts) -> impl IntoView {
    let CalendarDetails { calendar, public_url, .. } = details;
    let reason = denied_reason(Permission::CalendarsManage);
    let (told, verb) = match calendar.is_active {
        true => ("Visitors can book.", "Close booking"),
        false => ("Closed: visitors are told that nothing can be booked here.", "Open booking"),
    };
    view! {
        <Section title="Booking page" description=told>
            <CopyButton label="Public address" text=public_url/>
            <SaveForm action=acts.switch is_live=true>
                <FormError message=acts.switching.error()/>
                <input type="hidden" name="id" value=calendar.id.to_string()/>
                <input type="hidden" name="on" value=(!calendar.is_active).to_string()/>
                <FormActions>
                    <Button kind=ButtonKind::Secondary pending=acts.switching.pending() disabled_reason=reason>{verb}</Button>
                </FormActions>
            </SaveForm>
        </Section>
    }
}
