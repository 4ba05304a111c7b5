//! The fields of a calendar: for a new one, and for one that is there.

use domain::{
    Colour,
    calendars::{CalendarDetails, CalendarRules, Question, QuestionKind},
};
use leptos::prelude::*;
use ui::{Checkbox, Section, SelectField, SelectOption, TextArea, TextField};

use crate::Form;

/// Empty questions that are offered beside those that are there.
const SPARE_QUESTIONS: usize = 2;

/// What the fields begin with.
#[derive(Clone)]
pub(super) struct Initial {
    pub name: String,
    pub slug: String,
    pub description: String,
    pub location: String,
    pub colour: Colour,
    pub rules: CalendarRules,
    pub ramp_up_weeks: u32,
    pub questions: Vec<Question>,
}

impl Initial {
    /// Half an hour, from tomorrow on, a month ahead.
    pub fn new() -> Self {
        Self {
            name: String::new(),
            slug: String::new(),
            description: String::new(),
            location: String::new(),
            colour: Colour::Blue,
            rules: CalendarRules {
                duration_minutes: 30,
                slot_step_minutes: 30,
                buffer_before_minutes: 0,
                buffer_after_minutes: 15,
                minimum_notice_minutes: 24 * 60,
                horizon_days: 30,
            },
            ramp_up_weeks: 4,
            questions: vec![],
        }
    }

    pub fn of(details: &CalendarDetails) -> Self {
        let (calendar, settings) = (details.calendar.clone(), details.settings.clone());
        Self {
            name: calendar.name,
            slug: calendar.slug.to_string(),
            description: settings.description,
            location: settings.location,
            colour: calendar.colour,
            rules: settings.rules,
            ramp_up_weeks: settings.ramp_up_weeks,
            questions: settings.questions,
        }
    }
}

#[component]
pub(super) fn Fields(form: Form, initial: Initial) -> impl IntoView {
    let colours = Colour::ALL.iter().map(|colour| SelectOption::new(colour.key(), colour.label())).collect();
    let Initial { name, slug, description, location, colour, rules, ramp_up_weeks, questions } = initial;
    view! {
        <TextField name="name" label="Name" required=true autocomplete="off" hint="As visitors read it: Discovery Call."
            value=form.typed("name", name) error=form.problem("name")/>
        <TextField name="slug" label="Address" optional=true autocomplete="off"
            hint="The last part of the public address. Left empty, it is made of the name."
            value=form.typed("slug", slug) error=form.problem("slug")/>
        <TextArea name="description" label="What visitors read" optional=true rows=3
            value=form.typed("description", description) error=form.problem("description")/>
        <TextField name="location" label="Where it takes place" optional=true autocomplete="off"
            hint="A place, a telephone number, or the link of a meeting. A link is only for those who have booked."
            value=form.typed("location", location) error=form.problem("location")/>
        <SelectField name="colour" label="Colour" options=colours value=form.typed("colour", colour.key())
            error=form.problem("colour")/>
        <Times form rules ramp_up_weeks/>
        <Questions form questions/>
    }
}

#[component]
fn Times(form: Form, rules: CalendarRules, ramp_up_weeks: u32) -> impl IntoView {
    let number = move |name: &'static str, label: &'static str, hint: &'static str, value: u32| {
        view! {
            <TextField name label inputmode="numeric" required=true autocomplete="off" hint
                value=form.typed(name, value.to_string()) error=form.problem(name)/>
        }
    };
    view! {
        <div class="field-pair">
            {number("duration_minutes", "Minutes an appointment takes", "", rules.duration_minutes)}
            {number("slot_step_minutes", "Minutes between offered starts", "", rules.slot_step_minutes)}
        </div>
        <div class="field-pair">
            {number("buffer_before_minutes", "Minutes kept free before", "", rules.buffer_before_minutes)}
            {number("buffer_after_minutes", "Minutes kept free after", "", rules.buffer_after_minutes)}
        </div>
        <div class="field-pair">
            {number("minimum_notice_minutes", "Notice in minutes", "60 is an hour, 1440 a day.", rules.minimum_notice_minutes)}
            {number("horizon_days", "Days that can be booked ahead", "", rules.horizon_days)}
        </div>
        {number("ramp_up_weeks", "Weeks until a newcomer gets a full share",
            "In a round robin the weight of a new host rises over these weeks. 0 gives a full share at once.", ramp_up_weeks)}
    }
}

#[component]
fn Questions(form: Form, questions: Vec<Question>) -> impl IntoView {
    let spare = || Question { label: String::new(), kind: QuestionKind::Short, is_required: false };
    let offered: Vec<_> = questions.into_iter().chain((0..SPARE_QUESTIONS).map(|_| spare())).collect();
    let kinds: Vec<_> =
        QuestionKind::ALL.iter().map(|kind| SelectOption::new(kind.key(), kind.label())).collect();
    let line = move |(index, question): (usize, Question)| {
        let Question { label, kind, is_required } = question;
        let named = |field: &str| format!("questions[{index}][{field}]");
        let (label_name, kind_name, required_name) = (named("label"), named("kind"), named("is_required"));
        let problem = form.problem(format!("questions[{index}]"));
        view! {
            <div class="field-pair">
                <TextField name=label_name.clone() id=format!("question-{index}") label=format!("Question {}", index + 1) optional=true
                    autocomplete="off" value=form.typed(&label_name, label) error=problem/>
                <SelectField name=kind_name.clone() id=format!("question-kind-{index}") label="Answer" options=kinds.clone()
                    value=form.typed(&kind_name, kind.key())/>
            </div>
            <Checkbox name=required_name.clone() id=format!("question-required-{index}")
                label=format!("Question {} has to be answered", index + 1)
                checked=form.was_chosen(&required_name, "true", is_required)/>
        }
    };
    view! {
        <Section title="Questions" description="Asked beside name and e-mail. One without words is left out.">
            <div class="stack">{offered.into_iter().enumerate().map(line).collect_view()}</div>
        </Section>
    }
}
