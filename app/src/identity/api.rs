#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{AccountId, SessionId, When, account::PlaceChoices, identity::SessionRow};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, paths};

#[server(prefix = "/api", endpoint = "identity/sign-in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    let opened = backend::identity::sign_in(&backend, &client, &email, password.into()).await?;
    crate::request::start_session(&opened)?;
    Ok(Done::to(paths::checked_next(next.as_deref())).new_session())
}

/// What the sign-up page offers to choose from.
#[server(prefix = "/api", endpoint = "identity/places")]
pub async fn places() -> Result<PlaceChoices, AppError> {
    Ok(backend::account::place_choices())
}

#[server(prefix = "/api", endpoint = "identity/sign-up")]
pub async fn sign_up(
    business_name: String,
    first_name: String,
    last_name: String,
    email: String,
    password: String,
    time_zone: String,
    country: String,
) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    let password = password.into();
    let form = backend::identity::SignUpForm {
        business_name,
        first_name,
        last_name,
        email,
        password,
        time_zone,
        country,
    };
    backend::identity::sign_up(&backend, &client, form).await?;
    Ok(Done::to(paths::SIGN_UP_SENT))
}

/// What a sign-up's link would make, so that nobody confirms somebody else's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pending {
    pub business_name: String,
    pub name: String,
    pub email: String,
}

#[server(prefix = "/api", endpoint = "identity/pending-sign-up")]
pub async fn pending_sign_up(link: String) -> Result<Pending, AppError> {
    let pending = backend::identity::pending_sign_up(&crate::request::backend()?, &link).await?;
    let (name, email) = (pending.name.full(), pending.email.to_string());
    Ok(Pending { business_name: pending.business_name, name, email })
}

#[server(prefix = "/api", endpoint = "identity/confirm-sign-up")]
pub async fn confirm_sign_up(link: String) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    let opened = backend::identity::confirm_sign_up(&backend, &client, &link).await?;
    crate::request::start_session(&opened)?;
    Ok(Done::to(paths::DASHBOARD).say("Your account is ready.").new_session())
}

#[server(prefix = "/api", endpoint = "identity/forgot-password")]
pub async fn forgot_password(email: String) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    backend::identity::request_password_reset(&backend, &client, &email).await?;
    Ok(Done::to(paths::FORGOT_PASSWORD_SENT))
}

#[server(prefix = "/api", endpoint = "identity/check-reset-link")]
pub async fn check_reset_link(link: String) -> Result<(), AppError> {
    Ok(backend::identity::check_reset_link(&crate::request::backend()?, &link).await?)
}

#[server(prefix = "/api", endpoint = "identity/reset-password")]
pub async fn reset_password(link: String, password: String) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    let opened = backend::identity::reset_password(&backend, &client, &link, password.into()).await?;
    crate::request::start_session(&opened)?;
    Ok(Done::to(paths::DASHBOARD)
        .say("Your new password is saved. All other browsers were signed out.")
        .new_session())
}

#[server(prefix = "/api", endpoint = "identity/change-password")]
pub async fn change_password(current_password: String, new_password: String) -> Result<Done, AppError> {
    let ((backend, signed, access), client) = (crate::request::signed()?, crate::request::client()?);
    let (current, new) = (current_password.into(), new_password.into());
    let opened =
        backend::identity::change_password(&backend, &signed, access.as_ref(), &client, current, new).await?;
    crate::request::start_session(&opened)?;
    Ok(Done::to(paths::ME)
        .say("Your new password is saved. All other browsers were signed out.")
        .new_session())
}

#[server(prefix = "/api", endpoint = "identity/change-email")]
pub async fn change_email(current_password: String, email: String) -> Result<Done, AppError> {
    let (backend, signed, _) = crate::request::signed()?;
    backend::identity::request_email_change(&backend, &signed, current_password.into(), &email).await?;
    Ok(Done::to(paths::ME)
        .say(format!("We sent a link to {}. The change counts once you open it.", email.trim())))
}

#[server(prefix = "/api", endpoint = "identity/confirm-email")]
pub async fn confirm_email(link: String) -> Result<Done, AppError> {
    backend::identity::confirm_email_change(&crate::request::backend()?, &link).await?;
    Ok(Done::to(paths::ME).say("Your new e-mail address counts from now on.").new_session())
}

#[server(prefix = "/api", endpoint = "identity/prove")]
pub async fn prove(password: String, next: Option<String>) -> Result<Done, AppError> {
    let ((backend, signed, _), client) = (crate::request::signed()?, crate::request::client()?);
    let opened = backend::identity::prove(&backend, &signed, &client, password.into()).await?;
    crate::request::start_session(&opened)?;
    Ok(Done::to(paths::checked_next(next.as_deref())).new_session())
}

#[server(prefix = "/api", endpoint = "identity/switch-account")]
pub async fn switch_account(account: AccountId) -> Result<Done, AppError> {
    let ((backend, signed, _), client) = (crate::request::signed_reading()?, crate::request::client()?);
    let opened = backend::identity::switch_account(&backend, &signed, &client, account).await?;
    crate::request::start_session(&opened)?;
    Ok(Done::to(paths::DASHBOARD).new_session())
}

/// What My profile shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Profile {
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub email: String,
    pub photo_href: Option<String>,
}

#[server(prefix = "/api", endpoint = "identity/own-profile")]
pub async fn own_profile() -> Result<Profile, AppError> {
    let (backend, signed, access) = crate::request::signed_reading()?;
    let own = backend::identity::own_profile(&backend, &signed, access.as_ref()).await?;
    Ok(Profile {
        first_name: own.name.first,
        last_name: own.name.last,
        phone: own.phone.map(String::from).unwrap_or_default(),
        email: own.email.to_string(),
        photo_href: own.photo_version.map(|version| paths::photo(signed.login_id, version)),
    })
}

#[server(prefix = "/api", endpoint = "identity/change-profile")]
pub async fn change_profile(first_name: String, last_name: String, phone: String) -> Result<Done, AppError> {
    let (backend, signed, access) = crate::request::signed()?;
    backend::identity::change_own_profile(
        &backend,
        &signed,
        access.as_ref(),
        &first_name,
        &last_name,
        &phone,
    )
    .await?;
    Ok(Done::to(paths::ME).say("Your profile is saved.").new_session())
}

#[server(prefix = "/api", endpoint = "identity/remove-photo")]
pub async fn remove_photo() -> Result<Done, AppError> {
    let (backend, signed, access) = crate::request::signed()?;
    backend::identity::remove_photo(&backend, &signed, access.as_ref()).await?;
    Ok(Done::to(paths::ME).say("Your photo is removed.").new_session())
}

/// One signed-in browser, with its times in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SessionLine {
    pub row: SessionRow,
    pub last_seen: When,
    pub created: When,
}

#[server(prefix = "/api", endpoint = "identity/sessions")]
pub async fn sessions() -> Result<Vec<SessionLine>, AppError> {
    let (backend, signed, _) = crate::request::signed_reading()?;
    let rows = backend::identity::list_sessions(&backend, &signed).await?;
    let line = |row: SessionRow| SessionLine {
        last_seen: crate::request::local(row.last_seen_at),
        created: crate::request::local(row.created_at),
        row,
    };
    Ok(rows.into_iter().map(line).collect())
}

#[server(prefix = "/api", endpoint = "identity/end-session")]
pub async fn end_session(session: SessionId) -> Result<Done, AppError> {
    let (backend, signed, access) = crate::request::signed()?;
    backend::identity::end_session(&backend, &signed, access.as_ref(), session).await?;
    Ok(Done::stay().say("That browser is signed out."))
}

#[server(prefix = "/api", endpoint = "identity/end-other-sessions")]
pub async fn end_other_sessions() -> Result<Done, AppError> {
    let (backend, signed, access) = crate::request::signed()?;
    let count = backend::identity::end_other_sessions(&backend, &signed, access.as_ref()).await?;
    let said = if count == 1 {
        "1 other browser is signed out.".to_owned()
    } else {
        format!("{count} other browsers are signed out.")
    };
    Ok(Done::stay().say(said))
}
