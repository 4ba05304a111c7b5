use std::sync::Arc;

use leptos::prelude::*;
use ui::{Button, ButtonKind, FormActions, FormError, LinkButton, Skeleton};

use super::{
    appointment::no_appointment,
    chosen::Chosen,
    parameter,
    steps::Steps,
    time_field::{TimeField, other_times},
};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    calendars::{
        api_booking::{MoveAsVisitor, OtherTimesView, ReadOtherTimes},
        offer::OfferText,
        zone_label,
    },
    layout::Narrow,
    paths, time,
};

/// Where a visitor moves their appointment: a day, a time, and a button that says so.
#[component]
pub fn MoveVisitorAppointmentPage() -> impl IntoView {
    let shift = Act::<MoveAsVisitor>::new();
    let form = Form::of(shift);
    let (link, chosen) = (parameter("link"), Chosen::now());
    let from = Memo::new(move |_| chosen.with(|chosen| chosen.from.clone()));
    let zone = Memo::new(move |_| chosen.with(|chosen| chosen.zone.clone()));
    let page = Data::new(move || Ok(ReadOtherTimes { link: link.get(), from: from.get(), zone: zone.get() }));
    page.show_either(
        || view! { <Narrow title="Move your appointment"><Skeleton lines=8/></Narrow> }.into_any(),
        move |page| match page {
            Ok(view) => {
                let parts = Parts { link: link.get_untracked(), chosen, shift, form };
                view! { <OtherTime view parts/> }.into_any()
            }
            Err(error) => no_appointment(error),
        },
    )
}

#[derive(Clone)]
struct Parts {
    link: String,
    chosen: Memo<Chosen>,
    shift: Act<MoveAsVisitor>,
    form: Form,
}

#[component]
fn OtherTime(view: OtherTimesView, parts: Parts) -> impl IntoView {
    let OtherTimesView { appointment, offer, time_zones } = view;
    let description = format!("{} with {}", appointment.calendar.name, appointment.calendar.account_name);
    let (chosen, form, path) = (parts.chosen, parts.form, paths::move_visitor_appointment(&parts.link));
    let zone = zone_label(&appointment.time_zone);
    let back = paths::visitor_appointment(&parts.link);
    let next = Arc::new(move |offer: Arc<OfferText>, time: String| {
        let parts = parts.clone();
        view! { <MoveForm offer time parts/> }.into_any()
    });
    view! {
        <Narrow title="Move your appointment" description>
            <div class="booking">
                <p>"It is on "{time(appointment.starts)}" ("{zone}") now. "<a class="link" href=back>"Leave it there"</a></p>
                <Steps offer time_zones chosen path form heading="Move it here" next/>
            </div>
        </Narrow>
    }
}

#[component]
fn MoveForm(offer: Arc<OfferText>, time: String, parts: Parts) -> impl IntoView {
    let Parts { link, chosen, shift, form } = parts;
    let path = paths::move_visitor_appointment(&link);
    let again = {
        let (link, zone, lost) = (link.clone(), offer.time_zone.clone(), time.clone());
        Arc::new(move |version: Memo<usize>| {
            let (link, zone, lost) = (link.clone(), zone.clone(), lost.clone());
            let ask = move || {
                let from = chosen.with_untracked(|chosen| chosen.from.clone());
                Ok(ReadOtherTimes { link: link.clone(), from, zone: Some(zone.clone()) })
            };
            let page = Data::renewed(move || version.get(), ask);
            page.show(
                || view! { <Skeleton lines=1/> }.into_any(),
                move |page| other_times(form, &page.offer, &lost),
            )
        })
    };
    view! {
        <SaveForm action=shift>
            <FormError message=form.error()/>
            <TimeField form offer time chosen path again/>
            <input type="hidden" name="link" value=link.clone()/>
            <FormActions>
                <Button kind=ButtonKind::Primary pending=form.pending()>"Move the appointment"</Button>
                <LinkButton href=paths::visitor_appointment(&link) kind=ButtonKind::Ghost>"Leave it as it is"</LinkButton>
            </FormActions>
        </SaveForm>
    }
}
