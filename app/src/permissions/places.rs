//! What a profile means for where people are, wherever it is given or taken away: rules follow it, hands do not.

use domain::staff::{NamedPlace, Place, SuggestedPlace};
use leptos::prelude::*;

use crate::paths;

/// Nothing where no rule names the profile.
#[component]
pub(super) fn PlacesByRule(places: Vec<NamedPlace>) -> impl IntoView {
    (!places.is_empty()).then(|| {
        let links = places.into_iter().map(|place| view! { <li><PlaceLink place/></li> }).collect_view();
        view! {
            <p>"Whoever gets it is in these by a rule, and whoever gives it up leaves them:"</p>
            <ul class="list-disc ps-5">{links}</ul>
        }
    })
}

/// Where most who hold the profile were put by hand: whoever gets it has to be put there as well.
#[component]
pub(super) fn SuggestedPlaces(places: Vec<SuggestedPlace>) -> impl IntoView {
    (!places.is_empty()).then(|| {
        let line = |SuggestedPlace { place, reason }| {
            view! { <li>{reason}" Add people by hand: "<PlaceLink place/></li> }
        };
        view! { <ul class="list-disc ps-5">{places.into_iter().map(line).collect_view()}</ul> }
    })
}

/// To where people are put into it by hand.
#[component]
fn PlaceLink(place: NamedPlace) -> impl IntoView {
    let href = match place.place {
        Place::Pipeline(id) => paths::pipeline_people(id),
        Place::Calendar(id) => paths::calendar_hosts(id),
    };
    view! { <a class="link" href=href>{place.name}</a> }
}
