//! Signing up and in, and one's own login.

mod accounts;
pub mod api;
mod confirm;
mod forgot_password;
mod me;
mod my_email;
mod my_password;
mod my_sessions;
mod prove;
mod reset_password;
mod sign_in;
mod sign_up;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{
    accounts::AccountsPage,
    confirm::{ConfirmEmailPage, ConfirmSignUpPage},
    forgot_password::{ForgotPasswordPage, ForgotPasswordSentPage},
    me::MyProfilePage,
    my_email::MyEmailPage,
    my_password::MyPasswordPage,
    my_sessions::MySessionsPage,
    prove::{GoBackPage, ProvePage},
    reset_password::ResetPasswordPage,
    sign_in::SignInPage,
    sign_up::{SignUpPage, SignUpSentPage},
};
use crate::pages::pages;

pages!(IdentityPages, identity_pages: SignInPage, SignUpPage, SignUpSentPage, ConfirmSignUpPage, ForgotPasswordPage, ForgotPasswordSentPage, ResetPasswordPage, ConfirmEmailPage, ProvePage, GoBackPage, AccountsPage, MyProfilePage, MyPasswordPage, MyEmailPage, MySessionsPage);

/// Pages outside an account.
#[component(transparent)]
pub fn IdentityRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/sign-in") view=IdentityPages::SignInPage/>
        <Route path=path!("/sign-up") view=IdentityPages::SignUpPage/>
        <Route path=path!("/sign-up/sent") view=IdentityPages::SignUpSentPage/>
        <Route path=path!("/confirm/:link") view=IdentityPages::ConfirmSignUpPage/>
        <Route path=path!("/forgot-password") view=IdentityPages::ForgotPasswordPage/>
        <Route path=path!("/forgot-password/sent") view=IdentityPages::ForgotPasswordSentPage/>
        <Route path=path!("/reset-password/:link") view=IdentityPages::ResetPasswordPage/>
        <Route path=path!("/confirm-email/:link") view=IdentityPages::ConfirmEmailPage/>
        <Route path=path!("/prove") view=IdentityPages::ProvePage/>
        <Route path=path!("/go-back") view=IdentityPages::GoBackPage/>
        <Route path=path!("/accounts") view=IdentityPages::AccountsPage/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// My profile and what belongs to it.
#[component(transparent)]
pub fn OwnRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("me") view=IdentityPages::MyProfilePage/>
        <Route path=path!("me/password") view=IdentityPages::MyPasswordPage/>
        <Route path=path!("me/email") view=IdentityPages::MyEmailPage/>
        <Route path=path!("me/sessions") view=IdentityPages::MySessionsPage/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// The link in a page's address (`…/:link`).
fn link_parameter() -> String {
    leptos_router::hooks::use_params_map().with_untracked(|params| params.get("link").unwrap_or_default())
}

/// Where to go on to (`?next=`), unchecked: the server checks it.
fn next_parameter() -> String {
    leptos_router::hooks::use_query_map().with_untracked(|query| query.get("next").unwrap_or_default())
}
