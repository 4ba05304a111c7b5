use domain::calendars::{CalendarChoice, Question, QuestionKind, question_field};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, FormActions, FormError, LinkButton, Section, SelectField, SelectOption, TextArea,
    TextField,
};

use super::super::{
    api_appointments::BookAppointment,
    offer::{OfferText, words},
    zone_label,
};
use crate::{Form, SaveForm, act::Act};

/// Who comes at the chosen time. What the calendar asks its visitors is asked here too.
#[component]
pub(super) fn VisitorForm(
    choice: CalendarChoice,
    /// A member's id; empty for whose turn it is.
    host: String,
    exact: String,
    /// Another of its times can be chosen in the form, which keeps what was typed.
    offer: OfferText,
    request_key: String,
    /// Where all times are looked at.
    back: String,
    book: Act<BookAppointment>,
    form: Form,
) -> impl IntoView {
    let questions = choice.questions.into_iter().enumerate();
    let questions = questions.map(|(number, question)| asked(number, question, form)).collect_view();
    let zone = format!("Times in {}", zone_label(&offer.time_zone));
    let first = SelectOption::new("", "Choose a time");
    let times = [first]
        .into_iter()
        .chain(offer.times().map(|time| SelectOption::new(time.1.exact.clone(), words(time))))
        .collect();
    view! {
        <Section title="Who comes, and when">
            <SaveForm action=book>
                <div class="stack">
                    <FormError message=form.error()/>
                    <input type="hidden" name="calendar" value=choice.calendar.id.to_string()/>
                    <input type="hidden" name="host" value=host/>
                    <input type="hidden" name="request_key" value=form.typed("request_key", request_key)/>
                    <SelectField name="starts_at" label="Time" required=true options=times hint=zone
                        value=form.typed("starts_at", exact) error=form.problem("starts_at")/>
                    <TextField name="name" label="Visitor’s name" required=true autocomplete="off"
                        value=form.typed("name", "") error=form.problem("name")/>
                    <TextField name="email" label="Visitor’s e-mail" kind="email" required=true autocomplete="off"
                        hint="They get the confirmation, with a file for their calendar and a link to move or cancel."
                        value=form.typed("email", "") error=form.problem("email")/>
                    <TextField name="phone" label="Phone" kind="tel" optional=true autocomplete="off"
                        value=form.typed("phone", "") error=form.problem("phone")/>
                    {questions}
                    <TextArea name="notes" label="Notes" optional=true value=form.typed("notes", "") error=form.problem("notes")/>
                    <FormActions>
                        <Button kind=ButtonKind::Primary pending=form.pending()>"Book appointment"</Button>
                        <LinkButton href=back kind=ButtonKind::Ghost>"Back to the times"</LinkButton>
                    </FormActions>
                </div>
            </SaveForm>
        </Section>
    }
}

fn asked(number: usize, question: Question, form: Form) -> AnyView {
    let Question { label, kind, is_required: required } = question;
    let name = format!("answers[{number}]");
    let (value, error) = (form.typed(&name, ""), form.problem(question_field(number)));
    let (id, optional) = (format!("answer-{number}"), !required);
    match kind {
        QuestionKind::Short => {
            view! { <TextField name id label required optional autocomplete="off" value error/> }.into_any()
        }
        QuestionKind::Long => view! { <TextArea name id label required optional value error/> }.into_any(),
    }
}
