#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::staff::JoinPage;
use leptos::prelude::*;

use crate::{AppError, Done, paths};

/// What the page of an invitation says.
#[server(prefix = "/api", endpoint = "staff/open-invitation")]
pub async fn open_invitation(link: String) -> Result<JoinPage, AppError> {
    let signed = crate::request::signed_reading().ok().map(|(_, signed, _)| signed);
    Ok(backend::staff::open_link(&crate::request::backend()?, signed.as_ref(), &link).await?)
}

/// Joins with a new login.
#[server(prefix = "/api", endpoint = "staff/accept-invitation")]
pub async fn accept_invitation(
    link: String,
    first_name: String,
    #[server(default)] last_name: String,
    password: String,
) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    let opened = backend::staff::accept_with_password(
        &backend,
        &client,
        &link,
        &first_name,
        &last_name,
        password.into(),
    )
    .await?;
    crate::request::start_session(&opened)?;
    Ok(Done::to(paths::DASHBOARD).say("Welcome! You have joined.").new_session())
}

/// Joins with the login that the browser is signed in with.
#[server(prefix = "/api", endpoint = "staff/accept-signed-in")]
pub async fn accept_signed_in(link: String) -> Result<Done, AppError> {
    let ((backend, signed, _), client) = (crate::request::signed()?, crate::request::client()?);
    let opened = backend::staff::accept_signed_in(&backend, &signed, &client, &link).await?;
    crate::request::start_session(&opened)?;
    Ok(Done::to(paths::DASHBOARD).say("Welcome! You have joined.").new_session())
}

/// Mails the invitation once more, for the holder of a link that was shown and handed over.
#[server(prefix = "/api", endpoint = "staff/mail-invitation")]
pub async fn mail_invitation(link: String) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    backend::staff::mail_link(&backend, &client, &link).await?;
    Ok(Done::show("Open the link in the mail to go on."))
}

/// Puts a request for a new link into My Staff.
#[server(prefix = "/api", endpoint = "staff/ask-again")]
pub async fn ask_again(link: String) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    backend::staff::ask_again(&backend, &client, &link).await?;
    Ok(Done::stay().say("Your request is passed on."))
}
