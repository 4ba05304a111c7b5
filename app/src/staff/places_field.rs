//! Where somebody who is added will be: asked wherever there is somewhere to be.

use domain::{
    Permission,
    staff::{NO_PLACE, NamedPlace, PlaceChoice},
};
use leptos::prelude::*;
use ui::{Checkbox, ChoiceGroup, Skeleton};

use super::api::PlaceChoices;
use crate::{AppError, Data, Form, viewer::denied_reason};

/// The name under which a form sends each of them.
const PLACES: &str = "places[]";

/// A page asks for them itself, as it does for [`super::assignment_fields::Choices`].
pub(super) type AskedPlaces = Data<Vec<PlaceChoice>>;

pub(super) fn ask_places() -> Result<PlaceChoices, AppError> {
    Ok(PlaceChoices {})
}

/// What an invitation says already.
#[derive(Clone, Default)]
pub(super) struct PlacesForm {
    pub places: Vec<NamedPlace>,
    pub is_answered: bool,
}

/// Nothing is ticked for anybody: whoever adds somebody answers.
#[component]
pub(super) fn PlacesField(form: Form, initial: PlacesForm, asked: AskedPlaces) -> AnyView {
    if let Some(reason) = denied_reason(Permission::OpportunitiesManagePipelines) {
        return view! { <p class="text-sm text-muted">"Pipelines: others put them there. "{reason.view()}</p> }
            .into_any();
    }
    asked.show_either(
        || view! { <Skeleton lines=3/> }.into_any(),
        move |choices| match choices {
            Ok(choices) if !choices.is_empty() => {
                view! { <Choices form initial=initial.clone() choices/> }.into_any()
            }
            _ => ().into_any(),
        },
    )
}

#[component]
fn Choices(form: Form, initial: PlacesForm, choices: Vec<PlaceChoice>) -> impl IntoView {
    let nowhere = initial.is_answered && initial.places.is_empty();
    let choice = move |choice: PlaceChoice| {
        let value = choice.place.to_string();
        let was_in = initial.places.iter().any(|place| place.place == choice.place);
        let checked = form.was_chosen(PLACES, &value, was_in);
        view! {
            <Checkbox name=PLACES id=format!("place-{}", value.replace('/', "-")) label=choice.name.clone() hint=choice.hint() value checked/>
        }
    };
    view! {
        <ChoiceGroup name="places" label="Pipelines" error=form.problem("places")
            hint="They are in from the moment they join, and in no other unless somebody adds them.">
            {choices.into_iter().map(choice).collect_view()}
            <Checkbox name=PLACES id="place-none" label="None for now" value=NO_PLACE
                checked=form.was_chosen(PLACES, NO_PLACE, nowhere)/>
        </ChoiceGroup>
    }
}
