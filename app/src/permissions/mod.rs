//! Permission profiles.

mod access;
pub mod api;
pub mod api_change;
pub mod api_draft;
pub mod api_explain;
pub mod api_unused;
mod compare;
mod delete;
mod draft;
mod edit;
mod editor;
mod faces;
mod frame;
mod history;
mod list;
mod new;
mod people;
mod places;
mod profile;
mod unused;
mod words;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{
    access::{MemberAccessPage, OwnAccessPage, WhyPage},
    compare::ComparePage,
    delete::DeleteProfilePage,
    draft::DraftPage,
    edit::EditProfilePage,
    history::ProfileHistoryPage,
    list::ProfilesPage,
    new::NewProfilePage,
    people::ProfilePeoplePage,
    profile::ProfilePage,
    unused::ProfileUnusedPage,
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
    ProfileUnusedPage,
    DraftPage,
);

pages!(AccessPages, access_pages: MemberAccessPage, OwnAccessPage, WhyPage);

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
        <Route path=path!("profiles/:id/draft") view=HoldersPages::DraftPage/>
        <Route path=path!("profiles/:id/unused") view=HoldersPages::ProfileUnusedPage/>
        <Route path=path!("staff/:id/access") view=AccessPages::MemberAccessPage/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// What one may do oneself, and explanations; for everybody who is signed in.
#[component(transparent)]
pub fn AccessRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("me/access") view=AccessPages::OwnAccessPage/>
        <Route path=path!("why/:explanation") view=AccessPages::WhyPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
