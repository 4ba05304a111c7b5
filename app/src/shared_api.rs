//! Server functions that pages of several areas use.
#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    Permission, Refusal,
    permissions::{ProfileChoice, Unused},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, paths};

/// A permission that is held and was not used, in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnusedLine {
    pub permission: Permission,
    /// For example "Not used for 60 days. Last used on 3 Aug 2026."
    pub told: String,
}

impl From<Unused> for UnusedLine {
    fn from(unused: Unused) -> Self {
        let Unused { permission, days, last_used } = unused;
        let last = match last_used {
            Some(day) => format!("Last used on {}.", day.format("%-d %b %Y")),
            None => "No use is on record.".to_owned(),
        };
        Self { permission, told: format!("Not used for {days} days. {last}") }
    }
}

/// The profiles that somebody can be given.
#[server(prefix = "/api", endpoint = "permissions/choices")]
pub async fn profile_choices() -> Result<Vec<ProfileChoice>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::permissions::choices(&backend, &access).await?)
}

/// Looks at Steward as somebody with this profile or role, or as this person, would see it.
#[server(prefix = "/api", endpoint = "identity/start-preview")]
pub async fn start_preview(source: String) -> Result<Done, AppError> {
    let (backend, signed, access) = crate::request::signed()?;
    let access = access.ok_or(Refusal::SignInNeeded)?;
    backend::identity::start_preview(&backend, &signed, &access, source.parse()?).await?;
    Ok(Done::to(paths::DASHBOARD).new_session())
}

#[server(prefix = "/api", endpoint = "identity/end-preview")]
pub async fn end_preview() -> Result<Done, AppError> {
    let (backend, signed, _) = crate::request::signed_reading()?;
    backend::identity::end_preview(&backend, &signed).await?;
    Ok(Done::to(paths::DASHBOARD).new_session())
}

/// `next` is where somebody else is to sign in, for example the page of an invitation.
#[server(prefix = "/api", endpoint = "identity/sign-out")]
pub async fn sign_out(next: Option<String>) -> Result<Done, AppError> {
    let (backend, signed, access) = crate::request::signed_reading()?;
    backend::identity::sign_out(&backend, &signed, access.as_ref()).await?;
    crate::request::end_session()?;
    let target = next.map_or_else(|| paths::SIGN_IN.to_owned(), |next| paths::checked_next(Some(&next)));
    Ok(Done::to(target).new_session())
}
