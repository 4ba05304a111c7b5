//! The people of an account and the people invited to it.

mod add;
pub mod api;
pub mod api_join;
mod invitation;
mod join;
mod join_dead;
mod list;
mod list_query;
mod status;

use leptos::prelude::*;
use leptos_router::{MatchNestedRoutes, components::Route, path};

use self::{add::AddStaffPage, invitation::InvitationPage, join::JoinByLinkPage, list::StaffPage};

/// My Staff. Fixed addresses stand before those with an id.
#[component(transparent)]
pub fn StaffRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("staff") view=StaffPage/>
        <Route path=path!("staff/new") view=AddStaffPage/>
        <Route path=path!("staff/invitations/:id") view=InvitationPage/>
    }
    .into_inner()
}

/// What a mailed invitation leads to; for everybody.
#[component(transparent)]
pub fn JoinRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/join/:link") view=JoinByLinkPage/> }.into_inner()
}
