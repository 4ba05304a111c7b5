use domain::{AppointmentId, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{Callout, Confirm, FormError, Section, Skeleton, Tone};

use super::{
    super::{
        api_appointments::{OtherTimes, ReadOtherTimes, RescheduleAppointment},
        offer::words,
    },
    frame::no_appointment,
    free_times::{FreeTimes, address},
};
use crate::{
    ChangedMeanwhile, Data, Form, SaveForm,
    act::Act,
    layout::Page,
    live::{between_forms, calendar_version},
    paths,
};

/// Moves an appointment: a free time is chosen, then a question is answered. `?at=` is the chosen time.
#[component]
pub fn ReschedulePage() -> impl IntoView {
    let id = paths::id_parameter::<AppointmentId>();
    let shift = Act::<RescheduleAppointment>::new();
    let form = Form::of(shift);
    let query = use_query_map();
    let parameter = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)));
    let (from, at) = (parameter("from"), parameter("at"));
    let changed = between_forms(calendar_version(|| None));
    // What is free is another when somebody was quicker.
    let times = Data::renewed(
        move || changed.get() + form.version.get(),
        move || Ok(ReadOtherTimes { id: id.get().ok_or(Refusal::NotFound)?, from: from.get() }),
    );
    times.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |times| match times {
            Ok(times) => view! { <Times times from=from.get_untracked() at shift form/> }.into_any(),
            Err(error) => no_appointment(error),
        },
    )
}

#[component]
fn Times(
    times: OtherTimes,
    from: Option<String>,
    at: Memo<Option<String>>,
    shift: Act<RescheduleAppointment>,
    form: Form,
) -> impl IntoView {
    let OtherTimes { row, time: when, version, offer } = times;
    let id = row.id;
    let back = ui::BackLink::new(paths::appointment(id), row.visitor_name.clone());
    let path = paths::move_appointment(id);
    let all_times = address(&path, &[], &[("from", from.as_deref().unwrap_or_default())]);
    let offered = offer.clone();
    let who = row.visitor_name.clone();
    let question = move || {
        let exact = at.get()?;
        let view = match offered.find(&exact).map(words) {
            Some(words) => {
                let (close_href, who) = (all_times.clone(), who.clone());
                view! { <Question id version exact words who close_href shift form/> }.into_any()
            }
            None => view! { <Taken/> }.into_any(),
        };
        Some(view)
    };
    view! {
        <Page title=format!("Move the appointment with {}", row.visitor_name) back
            description=format!("{}: {}. Its host stays, if they are free then.", row.calendar.name, when.text)>
            {question}
            <Section title="Free times"><FreeTimes offer path kept=vec![] from/></Section>
        </Page>
    }
}

#[component]
fn Taken() -> impl IntoView {
    view! { <Callout tone=Tone::Warn title="This time is not free">"Please choose another one."</Callout> }
}

#[component]
fn Question(
    id: AppointmentId,
    version: i32,
    exact: String,
    words: String,
    who: String,
    close_href: String,
    shift: Act<RescheduleAppointment>,
    form: Form,
) -> impl IntoView {
    let here = paths::appointment(id);
    view! {
        <SaveForm action=shift>
            <Confirm id="move" title=format!("Move it to {words}?")
                body=format!("{who} and everybody it is with hear of the new time by mail.")
                confirm_label="Move appointment" cancel_label="Choose another time" pending=form.pending() close_href>
                <FormError message=form.error()/>
                <ChangedMeanwhile form now=here again=paths::move_appointment(id)/>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="version" value=form.typed("version", version.to_string())/>
                <input type="hidden" name="starts_at" value=exact/>
            </Confirm>
        </SaveForm>
    }
}
