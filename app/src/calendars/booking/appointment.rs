use domain::{
    Refusal,
    calendars::{AppointmentState, VisitorAppointment},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    ButtonKind, Callout, Confirm, DescriptionItem, DescriptionList, FormActions, FormError, IconName,
    LinkButton, Skeleton, Tone,
};

use super::parameter;
use crate::{
    AppError, Data, Form, SaveForm,
    act::Act,
    calendars::{
        api_booking::{CancelAsVisitor, ReadVisitorAppointment},
        place, zone_label,
    },
    error::LoadError,
    layout::Narrow,
    paths, time,
};

/// A visitor's appointment, behind the link of their mails. Also where they come right after they booked.
#[component]
pub fn VisitorAppointmentPage() -> impl IntoView {
    let cancel = Act::<CancelAsVisitor>::new();
    let form = Form::of(cancel);
    let (link, saved) = (parameter("link"), form.saved());
    let found = Data::renewed(move || saved.get(), move || Ok(ReadVisitorAppointment { link: link.get() }));
    found.show_either(
        || view! { <Narrow title="Your appointment"><Skeleton lines=6/></Narrow> }.into_any(),
        move |found| match found {
            Ok(appointment) => {
                view! { <Shown appointment link=link.get_untracked() cancel form/> }.into_any()
            }
            Err(error) => no_appointment(error),
        },
    )
}

/// Why there is no appointment to see or to move.
pub(super) fn no_appointment(error: AppError) -> AnyView {
    match error.refusal() {
        Some(Refusal::LinkNotValid) => view! {
            <Narrow title="We do not know this link"
                description="Maybe it was cut off on its way. Open it from the mail, or copy it as a whole.">
                <p>"If that does not help, ask whoever you have the appointment with."</p>
            </Narrow>
        }
        .into_any(),
        _ => view! { <Narrow title="Your appointment"><LoadError error/></Narrow> }.into_any(),
    }
}

#[component]
fn Shown(
    appointment: VisitorAppointment,
    link: String,
    cancel: Act<CancelAsVisitor>,
    form: Form,
) -> impl IntoView {
    let query = use_query_map();
    let has = move |name: &'static str| query.with_untracked(|query| query.get(name).is_some());
    let is_booked = appointment.state == AppointmentState::Booked;
    let is_new = is_booked && has("booked");
    let title = match (is_booked, is_new) {
        (true, true) => "You are booked",
        (true, false) => "Your appointment",
        (false, _) => "Your appointment is cancelled",
    };
    let news = is_new.then(|| {
        let text = format!(
            "It has all of this, and a file for your calendar. It goes to {}.",
            appointment.visitor_email
        );
        view! { <Callout tone=Tone::Good title="A mail is on its way"><p>{text}</p></Callout> }
    });
    let description = format!("{} with {}", appointment.calendar.name, appointment.calendar.account_name);
    let facts = facts(&appointment);
    let acts = acts(&appointment, &link);
    let is_asked = Memo::new(move |_| query.with(|query| query.get("cancel").is_some()));
    let question = move || {
        (appointment.may_change && is_asked.get()).then(|| {
            let (appointment, link) = (appointment.clone(), link.clone());
            view! { <CancelQuestion appointment link cancel form/> }
        })
    };
    view! {
        <Narrow title description>
            {news}
            {facts}
            {acts}
            {question}
        </Narrow>
    }
}

/// What, when, where and with whom.
fn facts(appointment: &VisitorAppointment) -> AnyView {
    let VisitorAppointment { calendar, visitor_name, hosts, starts, ends, time_zone, .. } =
        appointment.clone();
    let location = Some(calendar.location).filter(|location| !location.is_empty());
    let location =
        location.map(|location| view! { <DescriptionItem term="Where">{place(location)}</DescriptionItem> });
    view! {
        <DescriptionList>
            <DescriptionItem term="Begins">{time(starts)}</DescriptionItem>
            <DescriptionItem term="Ends">{time(ends)}</DescriptionItem>
            <DescriptionItem term="Time zone">{zone_label(&time_zone)}</DescriptionItem>
            <DescriptionItem term="With">{hosts.join(", ")}</DescriptionItem>
            {location}
            <DescriptionItem term="Name">{visitor_name}</DescriptionItem>
        </DescriptionList>
    }
    .into_any()
}

/// What can be done with it now.
fn acts(appointment: &VisitorAppointment, link: &str) -> AnyView {
    let again = appointment.is_bookable.then(|| {
        let href = paths::booking(appointment.calendar.account_slug.as_str(), appointment.calendar.slug.as_str());
        // Loaded anew: nothing of the form that booked this one is left then.
        view! { <FormActions><a class="btn btn-primary" href=href rel="external">"Book another time"</a></FormActions> }
    });
    if appointment.may_change {
        let (shift, cancel) =
            (paths::move_visitor_appointment(link), paths::cancel_visitor_appointment(link));
        let file = paths::appointment_file(link);
        return view! {
            <FormActions>
                <LinkButton href=shift kind=ButtonKind::Primary>"Move to another time"</LinkButton>
                <LinkButton href=file kind=ButtonKind::Secondary icon=IconName::Calendar download="appointment.ics">"Add to your calendar"</LinkButton>
                <LinkButton href=cancel kind=ButtonKind::Secondary>"Cancel the appointment"</LinkButton>
            </FormActions>
        }
        .into_any();
    }
    let over = (appointment.state == AppointmentState::Booked).then(|| {
        view! { <p class="text-muted">"It has begun, so it cannot be moved or cancelled here any more."</p> }
    });
    view! { {over} {again} }.into_any()
}

/// The question before it is cancelled.
#[component]
fn CancelQuestion(
    appointment: VisitorAppointment,
    link: String,
    cancel: Act<CancelAsVisitor>,
    form: Form,
) -> impl IntoView {
    let affects = vec![format!("{}, {}", appointment.calendar.name, appointment.starts.text)];
    let close_href = paths::visitor_appointment(&link);
    let body = format!("{} is told, and others can book the time.", appointment.calendar.account_name);
    view! {
        <SaveForm action=cancel>
            <Confirm id="cancel" title="Cancel this appointment?" body affects confirm_label="Cancel the appointment"
                cancel_label="Keep it" danger=true pending=form.pending() close_href>
                <FormError message=form.error()/>
                <input type="hidden" name="link" value=link/>
            </Confirm>
        </SaveForm>
    }
}
