//! Signing up and in, and one's own login.

pub mod api;

use leptos::prelude::*;
use leptos_router::{MatchNestedRoutes, components::Route, path};

/// Pages before the sign-in.
#[component(transparent)]
pub fn IdentityRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/sign-in") view=|| ()/> }.into_inner()
}

/// My profile and what belongs to it.
#[component(transparent)]
pub fn OwnRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("me") view=|| ()/> }.into_inner()
}
