use std::sync::Arc;

use domain::{
    Refusal,
    calendars::{PublicCalendar, Question, QuestionKind, question_field},
};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormError, Skeleton, TextArea, TextField, Tone};

use super::{
    chosen::Chosen,
    time_field::{TimeField, other_times},
};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    calendars::{
        api_booking::{BookAsVisitor, ReadBookingPage},
        offer::OfferText,
    },
};

/// How a form that has booked already is refused: it says so in its own words.
const USED_UP: Refusal = Refusal::ChangedMeanwhile;

/// What the form of a booking is made of, beside its time.
#[derive(Clone)]
pub(super) struct Parts {
    pub calendar: Arc<PublicCalendar>,
    pub request_key: String,
    pub path: String,
    pub chosen: Memo<Chosen>,
    pub book: Act<BookAsVisitor>,
    pub form: Form,
}

/// Who comes, and what they are asked.
#[component]
pub(super) fn Details(offer: Arc<OfferText>, time: String, parts: Parts) -> impl IntoView {
    let Parts { calendar, request_key, path, chosen, book, form } = parts;
    let time_zone = offer.time_zone.clone();
    let again = again(&calendar, time_zone.clone(), time.clone(), chosen, form);
    let seen_by = format!(
        "{} reads what you write here. You get a mail with a file for your calendar.",
        calendar.account_name
    );
    let refusal = form.refusal();
    let error = Signal::derive(move || form.error().get().filter(|_| refusal.get() != Some(USED_UP)));
    let questions = calendar.questions.clone().into_iter().enumerate();
    let questions = questions.map(|(number, question)| answer_field(form, number, question)).collect_view();
    view! {
        <SaveForm action=book>
            <FormError message=error/>
            <BookedAlready form path=path.clone()/>
            <TimeField form offer time chosen path again/>
            <input type="hidden" name="account" value=calendar.account_slug.to_string()/>
            <input type="hidden" name="calendar" value=calendar.slug.to_string()/>
            <input type="hidden" name="time_zone" value=time_zone/>
            <input type="hidden" name="request_key" value=form.typed("request_key", request_key)/>
            <TextField name="name" label="Your name" autocomplete="name" required=true
                value=form.typed("name", "") error=form.problem("name")/>
            <TextField name="email" label="E-mail" kind="email" autocomplete="email" required=true
                value=form.typed("email", "") error=form.problem("email")/>
            <TextField name="phone" label="Phone" kind="tel" autocomplete="tel" optional=true
                value=form.typed("phone", "") error=form.problem("phone")/>
            {questions}
            <TextArea name="notes" label="Anything else" optional=true rows=3
                value=form.typed("notes", "") error=form.problem("notes")/>
            <p class="text-sm text-muted">{seen_by}</p>
            <Button kind=ButtonKind::Primary pending=form.pending()>"Book"</Button>
        </SaveForm>
    }
}

fn answer_field(form: Form, number: usize, question: Question) -> AnyView {
    let name = question_field(number);
    let Question { label, kind, is_required: required } = question;
    let (value, error) = (form.typed(&name, ""), form.problem(name.clone()));
    let (id, optional) = (format!("answer-{number}"), !required);
    match kind {
        QuestionKind::Short => view! { <TextField id name label value error required optional/> }.into_any(),
        QuestionKind::Long => view! { <TextArea id name label value error required optional/> }.into_any(),
    }
}

/// Shows the times that are left around the one that was lost.
fn again(
    calendar: &Arc<PublicCalendar>,
    zone: String,
    lost: String,
    chosen: Memo<Chosen>,
    form: Form,
) -> super::time_field::Again {
    let (account, calendar) = (calendar.account_slug.to_string(), calendar.slug.to_string());
    Arc::new(move |version| {
        let (account, calendar, zone, lost) = (account.clone(), calendar.clone(), zone.clone(), lost.clone());
        let ask = move || {
            let from = chosen.with_untracked(|chosen| chosen.from.clone());
            let zone = Some(zone.clone());
            Ok(ReadBookingPage { account: account.clone(), calendar: calendar.clone(), from, zone })
        };
        let page = Data::renewed(move || version.get(), ask);
        page.show(
            || view! { <Skeleton lines=1/> }.into_any(),
            move |page| other_times(form, &page.offer, &lost),
        )
    })
}

/// The page's key books once: after going back to the form it is used up.
#[component]
fn BookedAlready(form: Form, path: String) -> impl IntoView {
    let refusal = form.refusal();
    move || {
        let path = path.clone();
        (refusal.get() == Some(USED_UP)).then(|| {
            view! {
                <Callout tone=Tone::Warn title="You have booked with this form already">
                    <p>"A mail about it is in your mailbox. For one more appointment, "<a class="link" href=path rel="external">"begin anew"</a>"."</p>
                </Callout>
            }
        })
    }
}
