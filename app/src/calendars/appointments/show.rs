use domain::{
    AppointmentId, Permission, Refusal,
    calendars::{Answer, AppointmentDetails, CalendarKind, HostName},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Button, ButtonKind, Confirm, DescriptionItem, DescriptionList, FormActions, FormError, LinkButton,
    Section, SelectField, Skeleton, WhyNot,
};

use super::{
    super::{
        api_appointments::{AppointmentView, CancelAppointment, ReadAppointment, ReassignAppointment},
        place, zone_label,
    },
    frame::{back, no_appointment},
    hosts::{Hosts, host_options},
    list::{Calendar, State},
};
use crate::{
    ChangedMeanwhile, Data, Form, SaveForm,
    act::Act,
    layout::Page,
    live::{between_forms, calendar_version},
    paths, time, use_viewer,
    viewer::denied_reason,
};

#[derive(Clone, Copy)]
struct Acts {
    cancel: Act<CancelAppointment>,
    cancelling: Form,
    reassign: Act<ReassignAppointment>,
    reassigning: Form,
}

/// One appointment: when, with whom, and what can be done about it.
#[component]
pub fn AppointmentPage() -> impl IntoView {
    let id = paths::id_parameter::<AppointmentId>();
    let (cancel, reassign) = (Act::new(), Act::new());
    let acts = Acts { cancel, cancelling: Form::of(cancel), reassign, reassigning: Form::of(reassign) };
    let (cancelled, reassigned) = (acts.cancelling.saved(), acts.reassigning.saved());
    let changed = between_forms(calendar_version(|| None));
    let found = Data::renewed(
        move || changed.get() + cancelled.get() + reassigned.get(),
        move || Ok(ReadAppointment { id: id.get().ok_or(Refusal::NotFound)? }),
    );
    found.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |found| match found {
            Ok(view) => view! { <Appointment view acts/> }.into_any(),
            Err(error) => no_appointment(error),
        },
    )
}

#[component]
fn Appointment(view: AppointmentView, acts: Acts) -> impl IntoView {
    let reason = why_fixed(&view);
    let AppointmentView { details, time: when, visitor_time, created, .. } = view;
    let row = details.row.clone();
    let id = row.id;
    let query = use_query_map();
    let is_asked = Memo::new(move |_| query.with(|query| query.get("cancel").is_some()));
    let (who, version, also) = (row.visitor_name.clone(), details.version, reason.clone());
    let question = move || {
        (is_asked.get() && also.is_none())
            .then(|| view! { <CancelQuestion id version who=who.clone() acts/> })
    };
    let action = view! {
        <LinkButton href=paths::move_appointment(id) kind=ButtonKind::Secondary disabled_reason=reason.clone()>"Move"</LinkButton>
        <LinkButton href=paths::cancel_appointment(id) kind=ButtonKind::Danger disabled_reason=reason.clone()>"Cancel appointment"</LinkButton>
    };
    let elsewhere = (visitor_time.text != when.text).then(|| {
        let zone = format!("For the visitor ({})", zone_label(&details.visitor_time_zone));
        view! { <DescriptionItem term=zone>{time(visitor_time)}</DescriptionItem> }
    });
    let location = Some(details.location.clone()).filter(|location| !location.is_empty());
    let location = location
        .map(|location| view! { <DescriptionItem term="Location">{place(location)}</DescriptionItem> });
    let booked_by = details.booked_by.clone().unwrap_or_else(|| "The visitor".to_owned());
    let give = (row.calendar.kind == CalendarKind::RoundRobin).then(|| {
        view! { <GiveAway id version hosts=details.other_hosts.clone() reason acts/> }
    });
    view! {
        <Page title=row.visitor_name.clone() description=row.calendar.name.clone() action back=back()>
            <Section title="When and with whom">
                <DescriptionList>
                    <DescriptionItem term="Time">{time(when)}</DescriptionItem>
                    {elsewhere}
                    <DescriptionItem term="State"><State state=row.state/></DescriptionItem>
                    <DescriptionItem term="Calendar"><Calendar calendar=row.calendar/></DescriptionItem>
                    <DescriptionItem term="With"><Hosts hosts=row.hosts/></DescriptionItem>
                    {location}
                    <DescriptionItem term="Booked by">{booked_by}" on "{time(created)}</DescriptionItem>
                </DescriptionList>
            </Section>
            <Section title="Visitor"><Visitor details/></Section>
            {give}
            {question}
        </Page>
    }
}

/// Why the viewer can neither move nor cancel it: another permission is needed for one's own than for those of others.
fn why_fixed(view: &AppointmentView) -> Option<WhyNot> {
    if !view.is_open {
        return Some(WhyNot::from(Refusal::AppointmentClosed.to_string()));
    }
    let own = use_viewer().and_then(|viewer| viewer.account).map(|account| account.member_id);
    let is_own = view.details.row.hosts.iter().any(|host| Some(host.member) == own);
    denied_reason(if is_own { Permission::CalendarsBook } else { Permission::CalendarsEditAny })
}

#[component]
fn Visitor(details: AppointmentDetails) -> impl IntoView {
    let fact = |term: &str, text: String| {
        let term = term.to_owned();
        (!text.is_empty()).then(|| {
            view! { <DescriptionItem term><span class="whitespace-pre-line">{text}</span></DescriptionItem> }
        })
    };
    let answer = move |answer: Answer| fact(&answer.question, answer.answer);
    view! {
        <DescriptionList>
            {fact("Name", details.row.visitor_name)}
            {fact("E-mail", details.row.visitor_email.to_string())}
            {fact("Phone", details.visitor_phone)}
            {details.answers.into_iter().map(answer).collect_view()}
            {fact("Notes", details.visitor_notes)}
        </DescriptionList>
    }
}

#[component]
fn GiveAway(
    id: AppointmentId,
    version: i32,
    hosts: Vec<HostName>,
    reason: Option<WhyNot>,
    acts: Acts,
) -> impl IntoView {
    let form = acts.reassigning;
    // Whoever sees only their own would lose sight of it.
    let reason = reason.or_else(|| denied_reason(Permission::CalendarsAllRecords));
    let nobody = (reason.is_none() && hosts.is_empty())
        .then(|| WhyNot::from("Nobody else takes bookings in this calendar."));
    let here = paths::appointment(id);
    view! {
        <Section title="Give to somebody else" description="They have to be free then, within their working hours or not.">
            <SaveForm action=acts.reassign begins_anew=true>
                <FormError message=form.error()/>
                <ChangedMeanwhile form now=here.clone() again=here/>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="version" value=form.typed("version", version.to_string())/>
                <SelectField name="host" label="New host" required=true options=host_options("Choose somebody", hosts)
                    value=form.typed("host", "") error=form.problem("host")/>
                <FormActions>
                    <Button kind=ButtonKind::Secondary pending=form.pending() disabled_reason=reason.or(nobody)>"Give away"</Button>
                </FormActions>
            </SaveForm>
        </Section>
    }
}

#[component]
fn CancelQuestion(id: AppointmentId, version: i32, who: String, acts: Acts) -> impl IntoView {
    let form = acts.cancelling;
    let here = paths::appointment(id);
    view! {
        <SaveForm action=acts.cancel>
            <Confirm id="cancel" title=format!("Cancel the appointment with {who}?")
                body="The visitor and everybody it is with hear of it by mail, and the time is free again. This cannot be undone."
                confirm_label="Cancel appointment" cancel_label="Keep it" danger=true pending=form.pending() close_href=here.clone()>
                <FormError message=form.error()/>
                <ChangedMeanwhile form now=here.clone() again=paths::cancel_appointment(id)/>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="version" value=form.typed("version", version.to_string())/>
            </Confirm>
        </SaveForm>
    }
}
