use leptos::prelude::*;
use leptos_router::{MatchNestedRoutes, components::Route, path};

#[component(transparent)]
pub fn ActivityRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("activity") view=|| ()/> }.into_inner()
}
