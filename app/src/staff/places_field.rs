//! Where somebody will be, or is by hand: asked wherever there is somewhere to be.

use std::collections::HashMap;

use domain::{
    Permission, Refusal,
    pipelines::Membership,
    staff::{Answered, NO_PLACE, NamedPlace, Place, PlaceChoice},
};
use leptos::prelude::*;
use ui::{Checkbox, ChoiceGroup, Skeleton};

use super::api::PlaceChoices;
use crate::{
    AppError, Data, Form,
    error::LoadError,
    viewer::{denied_reason, viewer_can},
};

/// The names under which a form sends each place that is ticked, and each that was when it was shown.
const PLACES: &str = "places[]";
const SHOWN: &str = "shown_places[]";

/// A page asks for them itself, as it does for [`super::assignment_fields::Choices`].
pub(super) type AskedPlaces = Data<Vec<PlaceChoice>>;

pub(super) fn ask_places() -> Result<PlaceChoices, AppError> {
    Ok(PlaceChoices {})
}

/// What is ticked when the question is shown.
#[derive(Clone, Default)]
pub(super) enum Ticked {
    /// Nothing: whoever adds somebody answers.
    #[default]
    Nothing,
    /// What an invitation says already.
    Said { places: Vec<NamedPlace>, answered: Answered },
    /// Where a member is; the form sends along what was shown, so that what others change meanwhile stays.
    Member,
}

impl Ticked {
    fn holds(&self, choice: &PlaceChoice) -> bool {
        match self {
            Self::Nothing => false,
            Self::Said { places, .. } => places.iter().any(|place| place.place == choice.place),
            Self::Member => choice.membership == Membership::ByHand,
        }
    }

    /// Whether "none" is ticked, where nothing else is.
    fn is_none(&self, choices: &[PlaceChoice]) -> bool {
        let answered = match self {
            Self::Nothing => false,
            Self::Said { answered, .. } => choices.iter().all(|choice| answered.about(choice.place)),
            Self::Member => true,
        };
        answered && !choices.iter().any(|choice| self.holds(choice))
    }
}

/// The boxes that somebody has ticked or unticked on this page: asked for again, the list is made anew with them.
#[derive(Clone, Copy)]
struct Touched(StoredValue<HashMap<String, bool>>);

impl Touched {
    fn is_ticked(self, value: &str, initial: bool) -> bool {
        self.0.with_value(|touched| touched.get(value).copied()).unwrap_or(initial)
    }

    fn follow(self, value: &str) -> Callback<bool> {
        let value = value.to_owned();
        Callback::new(move |is_ticked| {
            self.0.update_value(|touched| {
                touched.insert(value.clone(), is_ticked);
            });
        })
    }
}

#[component]
pub(super) fn PlacesField(form: Form, ticked: Ticked, asked: AskedPlaces) -> impl IntoView {
    let touched = Touched(StoredValue::new(HashMap::new()));
    let pipelines = denied_reason(Permission::OpportunitiesManagePipelines);
    let calendars = if viewer_can(Permission::CalendarsManage) {
        None
    } else {
        denied_reason(Permission::CalendarsManageRoundRobin)
    };
    let denied = [("Pipelines", pipelines), ("Calendars", calendars)].map(|(kind, reason)| {
        reason.map(|reason| {
            view! { <p class="text-sm text-muted">{kind}": others put them there. "{reason.view()}</p> }
        })
    });
    let choices = asked.show_either(
        || view! { <Skeleton lines=3/> }.into_any(),
        move |choices| match choices {
            Ok(choices) if choices.is_empty() => ().into_any(),
            Ok(choices) => view! { <Choices form ticked=ticked.clone() touched choices/> }.into_any(),
            // The form around it says so, and is inert.
            Err(error) if matches!(error.refusal(), Some(Refusal::PermissionMissing(_))) => ().into_any(),
            Err(error) => view! { <LoadError error/> }.into_any(),
        },
    );
    view! { {choices} {denied.into_iter().collect_view()} }
}

#[component]
fn Choices(form: Form, ticked: Ticked, touched: Touched, choices: Vec<PlaceChoice>) -> impl IntoView {
    let is_member = matches!(ticked, Ticked::Member);
    let none = ticked.is_none(&choices);
    let by_rule = choices.iter().any(|choice| matches!(choice.membership, Membership::ByRule(_)));
    let hint = match is_member {
        true => {
            "Where they are by hand, beside where the rules for their profile take them. Appointments that they have stay theirs."
        }
        false => "They are in from the moment they join, and in no other unless somebody adds them.",
    };
    let none_label = if by_rule { "No others for now" } else { "None for now" };
    let shown_none = (is_member && form.was_chosen(SHOWN, NO_PLACE, none))
        .then(|| view! { <input type="hidden" name=SHOWN value=NO_PLACE/> });
    let (pipelines, calendars) =
        choices.into_iter().partition(|choice| matches!(choice.place, Place::Pipeline(_)));
    let kind = |label: &'static str, choices: Vec<PlaceChoice>| {
        let ticked = ticked.clone();
        (!choices.is_empty()).then(|| view! { <Kind form label ticked touched choices/> }.into_any())
    };
    let (pipelines, calendars) = (kind("Pipelines", pipelines), kind("Calendars", calendars));
    view! {
        <ChoiceGroup name="places" label="Pipelines and calendars" hint error=form.problem("places")>
            {pipelines}
            {calendars}
            <Checkbox name=PLACES id="place-none" label=none_label value=NO_PLACE
                checked=touched.is_ticked(NO_PLACE, form.was_chosen(PLACES, NO_PLACE, none)) on_change=touched.follow(NO_PLACE)/>
            {shown_none}
        </ChoiceGroup>
    }
}

/// The places of one kind.
#[component]
fn Kind(
    form: Form,
    label: &'static str,
    ticked: Ticked,
    touched: Touched,
    choices: Vec<PlaceChoice>,
) -> impl IntoView {
    let choice = move |choice: PlaceChoice| {
        let value = choice.place.to_string();
        let holds = ticked.holds(&choice);
        let shown = (matches!(ticked, Ticked::Member) && form.was_chosen(SHOWN, &value, holds))
            .then(|| view! { <input type="hidden" name=SHOWN value=value.clone()/> });
        // They are in as long as they hold their profile: nothing that is said here changes that.
        let by_rule = matches!(choice.membership, Membership::ByRule(_));
        let checked = by_rule || touched.is_ticked(&value, form.was_chosen(PLACES, &value, holds));
        let on_change = touched.follow(&value);
        view! {
            {shown}
            <Checkbox name=PLACES id=format!("place-{}", value.replace('/', "-")) label=choice.name.clone() hint=choice.hint()
                value checked disabled=by_rule on_change/>
        }
    };
    view! {
        <ChoiceGroup name=label label>
            <For each=move || choices.clone() key=|choice| choice.place children=choice/>
        </ChoiceGroup>
    }
}
