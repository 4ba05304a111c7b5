//! Permission profiles.

pub mod api;
pub mod api_change;
mod compare;
mod delete;
mod edit;
mod editor;
mod faces;
mod frame;
mod history;
mod list;
mod new;
mod people;
mod profile;
mod words;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{
    compare::ComparePage, delete::DeleteProfilePage, edit::EditProfilePage, history::ProfileHistoryPage,
    list::ProfilesPage, new::NewProfilePage, people::ProfilePeoplePage, profile::ProfilePage,
};
use crate::pages::pages;

pages!(
    EditorPages,
    editor_pages: ProfilePage,
);
pages!(
    ProfilePages,
    profile_pages: ProfilesPage,
    NewProfilePage,
    ComparePage,
    EditProfilePage,
    DeleteProfilePage,
);
pages!(
    HoldersPages,
    holders_pages: ProfilePeoplePage,
    ProfileHistoryPage,
);

/// The first route that fits counts, so fixed addresses stand before those with an id.
#[component(transparent)]
pub fn ProfileRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("profiles") view=ProfilePages::ProfilesPage/>
        <Route path=path!("profiles/new") view=ProfilePages::NewProfilePage/>
        <Route path=path!("profiles/compare") view=ProfilePages::ComparePage/>
        <Route path=path!("profiles/:id") view=EditorPages::ProfilePage/>
        <Route path=path!("profiles/:id/edit") view=ProfilePages::EditProfilePage/>
        <Route path=path!("profiles/:id/delete") view=ProfilePages::DeleteProfilePage/>
        <Route path=path!("profiles/:id/people") view=HoldersPages::ProfilePeoplePage/>
        <Route path=path!("profiles/:id/history") view=HoldersPages::ProfileHistoryPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
