//! The mails of a login. Nothing that a stranger typed stands in them, so nobody can use them to write to other people.

use domain::{Email, LoginTokenId, SignUpId};

use super::{
    Notice,
    links::{self, CONFIRM_EMAIL_HOURS, RESET_HOURS, SIGN_UP_HOURS},
    queries::{
        login, sign_up,
        token::{self, TokenPurpose},
    },
};
use crate::{
    Backend, Result, account,
    mail::{Action, Message},
};

/// Confirms a sign-up; who has a login already hears so. None when the sign-up is over.
pub(crate) async fn confirm_sign_up(backend: &Backend, id: SignUpId) -> Result<Option<Message>> {
    let mut tx = backend.db.begin().await?;
    let Some(sign_up) = sign_up::find(&mut tx, id).await? else { return Ok(None) };
    let has_login = login::by_email(&mut tx, &sign_up.email).await?.is_some();
    tx.commit().await?;
    let brand = &backend.installation.brand_name;
    if has_login {
        return Ok(Some(Message {
            subject: format!("You already have a login at {brand}"),
            paragraphs: vec![
                format!(
                    "Somebody, probably you, signed up at {brand} with this address, but it has a login already."
                ),
                format!(
                    "Sign in with it instead. If you have forgotten the password, you can choose a new one: {}",
                    backend.link("/forgot-password")
                ),
            ],
            action: Some(Action { label: "Sign in".into(), url: backend.link("/sign-in") }),
            note: "If this was not you, there is nothing to do: nothing has changed.".into(),
            ..to(backend, sign_up.email)
        }));
    }
    if sign_up.used_at.is_some() || sign_up.expires_at <= backend.clock.now() {
        return Ok(None);
    }
    let link = links::sign_up_link(backend, id, &sign_up.nonce);
    Ok(Some(Message {
        subject: format!("Confirm your e-mail address for {brand}"),
        paragraphs: vec![format!(
            "Thank you for signing up at {brand}. One click, and your account is ready."
        )],
        action: Some(Action { label: "Confirm".into(), url: backend.link(&format!("/confirm/{link}")) }),
        note: format!(
            "The link works for {SIGN_UP_HOURS} hours. If you did not sign up, ignore this mail: no account is made \
             without your click."
        ),
        ..to(backend, sign_up.email)
    }))
}

/// The link to a new password, made now; older ones die. None when nobody has this address.
pub(crate) async fn reset_password(backend: &Backend, email: &Email) -> Result<Option<Message>> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let Some(login) = login::by_email(&mut tx, email).await? else { return Ok(None) };
    let (id, nonce) = links::make(&mut tx, now, login.id, TokenPurpose::ResetPassword, None).await?;
    tx.commit().await?;
    let link = links::token_link(backend, TokenPurpose::ResetPassword, id, &nonce);
    let brand = &backend.installation.brand_name;
    let hours = if RESET_HOURS == 1 { "one hour".to_owned() } else { format!("{RESET_HOURS} hours") };
    Ok(Some(Message {
        subject: format!("Choose a new password for {brand}"),
        paragraphs: vec![format!("Somebody, probably you, asked for a new password at {brand}.")],
        action: Some(Action {
            label: "Choose a new password".into(),
            url: backend.link(&format!("/reset-password/{link}")),
        }),
        note: format!(
            "The link works for {hours} and once. If this was not you, ignore this mail: your password stays as it is."
        ),
        ..to(backend, login.email)
    }))
}

/// Proves a new address. Who has a login with it already hears so, and nobody else does.
pub(crate) async fn confirm_email(backend: &Backend, id: LoginTokenId) -> Result<Option<Message>> {
    let mut tx = backend.db.begin().await?;
    let Some(token) = token::find(&mut tx, id, TokenPurpose::ConfirmEmail).await? else { return Ok(None) };
    let Some(new_email) = token.new_email else { return Ok(None) };
    let is_taken = login::by_email(&mut tx, &new_email).await?.is_some();
    tx.commit().await?;
    if token.used_at.is_some() || token.expires_at <= backend.clock.now() {
        return Ok(None);
    }
    let brand = &backend.installation.brand_name;
    if is_taken {
        return Ok(Some(Message {
            subject: format!("This address has a login at {brand} already"),
            paragraphs: vec![
                format!("Somebody, probably you, wanted to use this address for another login at {brand}."),
                "An address can belong to one login only, so nothing has changed.".into(),
            ],
            action: Some(Action { label: "Sign in".into(), url: backend.link("/sign-in") }),
            ..to(backend, new_email)
        }));
    }
    let link = links::token_link(backend, TokenPurpose::ConfirmEmail, id, &token.nonce);
    Ok(Some(Message {
        subject: format!("Confirm your new e-mail address for {brand}"),
        paragraphs: vec![format!(
            "Confirm that this address is yours. From then on you sign in to {brand} with it."
        )],
        action: Some(Action {
            label: "Confirm the address".into(),
            url: backend.link(&format!("/confirm-email/{link}")),
        }),
        note: format!(
            "The link works for {CONFIRM_EMAIL_HOURS} hours. If this was not you, ignore this mail."
        ),
        ..to(backend, new_email)
    }))
}

/// Tells the owner of a login what happened to it.
pub(crate) async fn notice(backend: &Backend, notice: &Notice) -> Result<Option<Message>> {
    let brand = &backend.installation.brand_name;
    let (receiver, subject, what) = match notice {
        Notice::NewSignIn { to, device, ip_address, at, time_zone } => {
            let zone = time_zone.as_deref().unwrap_or_default();
            let mut when = account::local(*at, zone).text;
            if let Some(zone) = time_zone {
                when = format!("{when} ({zone})");
            }
            let what = format!("You signed in to {brand} with {device} from {ip_address} on {when}.");
            (to, format!("New sign-in to {brand}"), what)
        }
        Notice::PasswordChanged { to } => {
            let what =
                format!("Your password at {brand} was changed, and every other browser was signed out.");
            (to, "Your password was changed".to_owned(), what)
        }
        Notice::PasswordReset { to } => {
            let what = format!(
                "Your password at {brand} was set anew by mail, and every other browser was signed out."
            );
            (to, "Your password was set anew".to_owned(), what)
        }
        Notice::EmailChangeRequested { to, new_email } => {
            let what = format!(
                "You asked to sign in to {brand} with {new_email} from now on. Once that address is confirmed, this one \
                 will not work any more."
            );
            (to, "Your e-mail address is about to change".to_owned(), what)
        }
        Notice::EmailChanged { to, from, new_email } => {
            let what = format!("You sign in to {brand} with {new_email} now, and not with {from} any more.");
            (to, "Your e-mail address was changed".to_owned(), what)
        }
    };
    Ok(Some(Message {
        subject,
        paragraphs: vec![what],
        note: not_you(backend, notice),
        ..to(backend, receiver.clone())
    }))
}

/// What to do when it was somebody else.
fn not_you(backend: &Backend, notice: &Notice) -> String {
    let support = &backend.installation.support_email;
    match notice {
        Notice::NewSignIn { .. } | Notice::PasswordChanged { .. } | Notice::EmailChangeRequested { .. } => {
            format!(
                "If this was not you, choose a new password now: {}. It ends every session and every open link. Questions: \
             {support}",
                backend.link("/forgot-password")
            )
        }
        Notice::PasswordReset { .. } | Notice::EmailChanged { .. } => {
            format!("If this was not you, write to {support} at once.")
        }
    }
}

/// An empty mail.
fn to(backend: &Backend, to: Email) -> Message {
    Message {
        attachment: None,
        to,
        sender_name: backend.installation.brand_name.clone(),
        subject: String::new(),
        paragraphs: vec![],
        action: None,
        note: String::new(),
    }
}
