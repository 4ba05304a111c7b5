use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use domain::Email;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::{Attachment, Mailbox, MultiPart, header::ContentType},
};

use super::{Content, Message};
use crate::{Error, id};

/// Where mails leave: a real SMTP server, a folder (the development mailbox), or memory (tests).
#[derive(Clone)]
pub enum Mailer {
    Smtp { transport: AsyncSmtpTransport<Tokio1Executor>, from: Email, brand: String },
    Folder { path: PathBuf },
    Memory(MemoryMailbox),
}

/// What was "sent" in a test; its clones share the mails.
#[derive(Clone, Default)]
pub struct MemoryMailbox {
    sent: Arc<Mutex<Vec<Message>>>,
    refusing: Arc<Mutex<Option<SendError>>>,
}

/// Why a mail did not leave.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SendError {
    /// The receiving side will never take it; the text is fit for people.
    #[error("{0}")]
    Permanent(String),
    /// May work later.
    #[error("{0}")]
    Transient(String),
}

impl Mailer {
    /// A pooled connection to `url` (`smtp://user:password@host:587?tls=required`, `smtps://…`); opened when needed.
    ///
    /// # Errors
    /// [`Error::Internal`] when the address cannot be read.
    pub fn smtp(url: &str, from: Email, brand: String) -> Result<Self, Error> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(Error::internal)?.build();
        Ok(Self::Smtp { transport, from, brand })
    }

    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, message: &Message, now: DateTime<Utc>) -> Result<(), SendError> {
        match self {
            Self::Smtp { transport, from, brand } => {
                let mail = compose(message, from, brand)?;
                transport.send(mail).await.map(drop).map_err(|error| {
                    let reason = error.to_string();
                    if error.is_permanent() && !is_about_us(&error) {
                        SendError::Permanent(reason)
                    } else {
                        SendError::Transient(reason)
                    }
                })
            }
            Self::Folder { path } => write_to_folder(path, message, now).await,
            Self::Memory(mailbox) => mailbox.take_in(message),
        }
    }
}

/// The server did not let us in (RFC 4954, section 6): the operator's to mend, not the receiver's fault.
fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538))
}

fn compose(message: &Message, from: &Email, brand: &str) -> Result<lettre::Message, SendError> {
    let never = |error: &dyn std::error::Error| SendError::Permanent(error.to_string());
    let from = Mailbox::new(Some(message.sender_name.clone()), from.as_str().parse().map_err(|e| never(&e))?);
    let to = Mailbox::new(None, message.to.as_str().parse().map_err(|e| never(&e))?);
    let html = message.html(brand).map_err(|e| never(&e))?;
    let words = MultiPart::alternative_plain_html(message.text(brand), html);
    let content = match &message.attachment {
        None => words,
        Some(file) => {
            let kind = ContentType::parse(&file.content_type).map_err(|e| never(&e))?;
            let attached = Attachment::new(file.file_name.clone());
            let attached = match &file.content {
                Content::Text(text) => attached.body(text.clone(), kind),
                Content::Bytes(bytes) => attached.body(bytes.clone(), kind),
            };
            MultiPart::mixed().multipart(words).singlepart(attached)
        }
    };
    lettre::Message::builder()
        .from(from)
        .to(to)
        .subject(&message.subject)
        .multipart(content)
        .map_err(|e| never(&e))
}

/// One JSON file a mail; its name sorts by time.
async fn write_to_folder(folder: &PathBuf, message: &Message, now: DateTime<Utc>) -> Result<(), SendError> {
    let later = |error: &dyn std::error::Error| SendError::Transient(error.to_string());
    let name: uuid::Uuid = id::new(now);
    let json = serde_json::json!({ "at": now, "message": message });
    tokio::fs::create_dir_all(folder).await.map_err(|e| later(&e))?;
    // Written beside and renamed, so that a reader never sees half a mail.
    let unfinished = folder.join(format!("{name}.part"));
    tokio::fs::write(&unfinished, json.to_string()).await.map_err(|e| later(&e))?;
    tokio::fs::rename(&unfinished, folder.join(format!("{name}.json"))).await.map_err(|e| later(&e))
}

impl MemoryMailbox {
    fn take_in(&self, message: &Message) -> Result<(), SendError> {
        if let Some(error) = self.refusing.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Err(error);
        }
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
        Ok(())
    }

    /// Everything sent so far, oldest first.
    #[must_use]
    pub fn sent(&self) -> Vec<Message> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on every mail fails with `error`; none lets them through again.
    pub fn refuse(&self, error: Option<SendError>) {
        *self.refusing.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail;

    #[test]
    fn a_file_goes_with_the_words_and_nothing_else_changes() {
        let from = Email::parse("no-reply@steward.test").unwrap();
        let mut message = Message {
            to: Email::parse("ann@example.com").unwrap(),
            sender_name: "Acme".into(),
            subject: "Booked".into(),
            paragraphs: vec!["Hello".into()],
            action: None,
            note: String::new(),
            attachment: None,
        };
        let plain = String::from_utf8(compose(&message, &from, "Steward").unwrap().formatted()).unwrap();
        assert!(!plain.contains("multipart/mixed"), "{plain}");
        message.attachment = Some(mail::Attachment {
            file_name: "appointment.ics".into(),
            content_type: "text/calendar; charset=utf-8; method=REQUEST".into(),
            content: Content::Text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()),
        });
        let mail = String::from_utf8(compose(&message, &from, "Steward").unwrap().formatted()).unwrap();
        for part in [
            "multipart/mixed",
            "multipart/alternative",
            "method=REQUEST",
            "appointment.ics",
            "BEGIN:VCALENDAR",
        ] {
            assert!(mail.contains(part), "{part} is missing in {mail}");
        }
        message.attachment = Some(mail::Attachment {
            file_name: "INV-000042.pdf".into(),
            content_type: "application/pdf".into(),
            content: Content::Bytes(b"%PDF-1.7\n\xff\x00\r\n".to_vec()),
        });
        let mail = String::from_utf8(compose(&message, &from, "Steward").unwrap().formatted()).unwrap();
        for part in
            ["application/pdf", "INV-000042.pdf", "Content-Transfer-Encoding: base64", "JVBERi0xLjcK/wANCg=="]
        {
            assert!(mail.contains(part), "{part} is missing in {mail}");
        }
    }
}
