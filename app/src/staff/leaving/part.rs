use leptos::prelude::*;
use ui::{Checkbox, ChoiceGroup, RadioCards, RadioOption, Section};

use crate::{
    staff::leaving_view::{ChoiceView, PartView},
    viewer::denied_reason,
};

/// Where the page asks about one kind.
pub(super) fn section_id(key: &str) -> String {
    format!("about-{key}")
}

/// What becomes of one kind of what somebody holds.
#[component]
pub(super) fn Part(part: PartView) -> impl IntoView {
    let (id, title) = (section_id(&part.key), part.title.clone());
    let about = Some(part.about.clone()).filter(|about| !about.is_empty());
    let content = match part.missing.and_then(denied_reason) {
        Some(reason) => {
            view! { <p class="text-muted">"They stay where they are. "{reason.view()}</p> }.into_any()
        }
        None => view! { <Answer part/> }.into_any(),
    };
    view! { <Section title description=about id><div class="stack">{content}</div></Section> }
}

#[component]
fn Answer(part: PartView) -> impl IntoView {
    let PartView { key, question, choices, who, people, shown, problem, .. } = part;
    let chosen = choices.iter().find(|choice| choice.is_chosen).map(|choice| choice.value.clone());
    let option = |choice: ChoiceView| RadioOption {
        value: choice.value,
        label: choice.label,
        description: choice.about,
        disabled_reason: None,
    };
    let options = choices.into_iter().map(option).collect();
    let name = format!("{key}_to");
    let people = (!people.is_empty()).then(|| {
        let person = move |person: ChoiceView| {
            let id = format!("{name}-{}", person.value);
            view! {
                <Checkbox name=name.clone() id label=person.label hint=person.about value=person.value checked=person.is_chosen/>
            }
        };
        view! {
            <ChoiceGroup name=format!("{key}-people") label=who hint=shown>
                <div class="max-h-72 overflow-y-auto p-1">
                    <div class="grid gap-2">{people.into_iter().map(person).collect_view()}</div>
                </div>
            </ChoiceGroup>
        }
    });
    view! {
        <RadioCards name=key label=question required=true options
            value=chosen.unwrap_or_default() error=Signal::stored(problem)/>
        {people}
    }
}
