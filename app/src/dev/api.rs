#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{Refusal, When};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;

/// One mail as the development mailbox shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mail {
    pub at: When,
    pub to: String,
    pub subject: String,
    pub text: String,
    /// Label and address of the one thing to do.
    pub action: Option<(String, String)>,
    /// Name of the file that goes with it, and what it says if it is text.
    pub attachment: Option<(String, Option<String>)>,
}

/// The newest mails of a development set-up; does not exist in any other.
#[server(prefix = "/api", endpoint = "dev/mailbox")]
pub async fn mailbox() -> Result<Vec<Mail>, AppError> {
    let visit = crate::request::visit().filter(|visit| visit.boot.development).ok_or(Refusal::NotFound)?;
    let brand = visit.boot.brand.name;
    let mails = visit.backend.mailer.mailbox(100).await?;
    let mail = |delivered: backend::mail::Delivered| Mail {
        at: crate::request::local(delivered.at),
        to: delivered.message.to.to_string(),
        subject: delivered.message.subject.clone(),
        text: delivered.message.text(&brand),
        action: delivered.message.action.map(|action| (action.label, action.url)),
        attachment: delivered.message.attachment.map(|file| {
            let text = file.text().map(str::to_owned);
            (file.file_name, text)
        }),
    };
    Ok(mails.into_iter().map(mail).collect())
}
