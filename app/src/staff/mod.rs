//! My Staff: the people of an account, and those invited to it.

pub mod api_import;
pub mod api_members;
mod edit_member;
mod import;
mod import_lines;
mod import_run;
mod import_running;
mod member;
mod member_acts;
mod member_questions;
mod member_sessions;

use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::{MatchNestedRoutes, components::Route, hooks::use_params_map, path};

use self::{
    edit_member::EditMemberPage,
    import::ImportPage,
    import_run::ImportRunPage,
    member::MemberPage,
};

/// The first route that fits counts, so `:id` comes last.
#[component(transparent)]
pub fn StaffRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("staff") view=|| ()/>
        <Route path=path!("staff/import") view=ImportPage/>
        <Route path=path!("staff/import/:id") view=ImportRunPage/>
        <Route path=path!("staff/:id/edit") view=EditMemberPage/>
        <Route path=path!("staff/:id") view=MemberPage/>
    }
    .into_inner()
}

/// The id in a page's address (`…/:id`); none when it is no id at all.
fn id_parameter<T: FromStr + PartialEq + Send + Sync + 'static>() -> Memo<Option<T>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id")?.parse().ok()))
}
