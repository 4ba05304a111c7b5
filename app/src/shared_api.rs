//! Server functions that pages of several areas use.
#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::permissions::ProfileChoice;
use leptos::prelude::*;

use crate::{AppError, Done, paths};

/// The profiles that somebody can be given.
#[server(prefix = "/api", endpoint = "permissions/choices")]
pub async fn profile_choices() -> Result<Vec<ProfileChoice>, AppError> {
    let (backend, access) = crate::request::acting()?;
    Ok(backend::permissions::choices(&backend, &access).await?)
}

/// `next` is where somebody else is to sign in, for example the page of an invitation.
#[server(prefix = "/api", endpoint = "identity/sign-out")]
pub async fn sign_out(next: Option<String>) -> Result<Done, AppError> {
    let (backend, signed, access) = crate::request::signed()?;
    backend::identity::sign_out(&backend, &signed, access.as_ref()).await?;
    crate::request::end_session()?;
    let target = next.map_or_else(|| paths::SIGN_IN.to_owned(), |next| paths::checked_next(Some(&next)));
    Ok(Done::to(target).new_session())
}
