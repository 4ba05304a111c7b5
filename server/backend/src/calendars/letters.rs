//! The mails about appointments, each with a file for the receiver's own calendar.

use domain::{AccountId, AppointmentId, Email, MemberId, calendars::AppointmentState};
use serde::{Deserialize, Serialize};

use super::{
    booking::visitor_address,
    ics::{Entry, Method},
    list::public_url,
    queries::{self, appointment::Stored, host::Reachable},
};
use crate::{
    Backend, Result,
    account::local,
    mail::{Action, Attachment, Content, Message},
};

/// What became of an appointment, for whoever reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentNews {
    Booked,
    /// To another time or, for the visitor, to somebody else.
    Moved,
    Cancelled,
    /// Somebody else takes it instead of the reader.
    GivenAway,
}

/// What a letter is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    pub account: AccountId,
    pub appointment: AppointmentId,
    /// When it was written; a newer one makes it pointless, but for whom it was taken from.
    pub sequence: i32,
    pub news: AppointmentNews,
}

/// The mail to a host, or to the visitor (none); none when it has become pointless.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn appointment(
    backend: &Backend,
    about: &About,
    to: Option<MemberId>,
) -> Result<Option<Message>> {
    let mut tx = backend.db.tenant(about.account).await?;
    let stored = queries::appointment::find(&mut tx, about.account, about.appointment).await?;
    let host = match to {
        Some(member) => queries::host::reachable(&mut tx, about.account, member).await?,
        None => None,
    };
    tx.commit().await?;
    let Some(stored) = stored.filter(|stored| about.still_counts(stored, to)) else { return Ok(None) };
    Ok(match (to, host) {
        (None, _) => Some(to_visitor(backend, about, &stored)),
        (Some(_), Some(host)) => Some(to_host(backend, about, &stored, &host)),
        (Some(_), None) => None,
    })
}

impl About {
    fn still_counts(&self, stored: &Stored, to: Option<MemberId>) -> bool {
        match (self.news, to) {
            // Whoever got it back meanwhile has heard that by another letter.
            (AppointmentNews::GivenAway, Some(member)) => !stored.has_host(member),
            _ => self.sequence == stored.sequence,
        }
    }

    fn method(&self) -> Method {
        match self.news {
            AppointmentNews::Booked | AppointmentNews::Moved => Method::Request,
            AppointmentNews::Cancelled | AppointmentNews::GivenAway => Method::Cancel,
        }
    }
}

fn to_visitor(backend: &Backend, about: &About, stored: &Stored) -> Message {
    let (calendar, account) = (&stored.calendar.name, &stored.account_name);
    let at = in_zone(stored, &stored.visitor_zone);
    let with = names(stored);
    let (subject, sentence) = match about.news {
        AppointmentNews::Booked => (
            format!("Booked: {calendar} on {at}"),
            format!("You have an appointment with {with} of {account}: “{calendar}”, {at}."),
        ),
        AppointmentNews::Moved => (
            format!("Moved: {calendar} on {at}"),
            format!("Your appointment “{calendar}” has changed. It is with {with} of {account}, {at}."),
        ),
        AppointmentNews::Cancelled | AppointmentNews::GivenAway => (
            format!("Cancelled: {calendar} on {at}"),
            format!("Your appointment “{calendar}” with {with} of {account}, {at}, was cancelled."),
        ),
    };
    let is_booked = stored.state == AppointmentState::Booked;
    let again = public_url(backend, &stored.account_slug, &stored.calendar_slug);
    let action = match (is_booked, stored.is_bookable) {
        (true, _) => Some(Action {
            label: "Move or cancel".into(),
            url: visitor_address(backend, about.account, stored),
        }),
        (false, true) => Some(Action { label: "Book another time".into(), url: again }),
        (false, false) => None,
    };
    Message {
        attachment: Some(visitor_file(backend, about, stored).attachment(backend, about, stored)),
        to: stored.visitor_email.clone(),
        sender_name: account.clone(),
        subject,
        paragraphs: paragraphs(&stored.visitor_name, sentence, stored),
        action,
        note: if is_booked { "The link is for you alone.".into() } else { String::new() },
    }
}

/// The appointment as it is now, for the visitor's own calendar.
pub(super) fn current_visitor_file(backend: &Backend, account: AccountId, stored: &Stored) -> String {
    let news = match stored.state {
        AppointmentState::Booked => AppointmentNews::Booked,
        AppointmentState::Cancelled => AppointmentNews::Cancelled,
    };
    let about = About { account, appointment: stored.id, sequence: stored.sequence, news };
    visitor_file(backend, &about, stored).text(backend, &about, stored)
}

fn visitor_file<'a>(backend: &Backend, about: &About, stored: &'a Stored) -> File<'a> {
    let description = match stored.state {
        AppointmentState::Booked => {
            format!("Move or cancel: {}", visitor_address(backend, about.account, stored))
        }
        AppointmentState::Cancelled => String::new(),
    };
    File {
        summary: format!("{} – {}", stored.calendar.name, stored.account_name),
        description,
        attendee: (&stored.visitor_name, &stored.visitor_email),
    }
}

fn to_host(backend: &Backend, about: &About, stored: &Stored, host: &Reachable) -> Message {
    let (calendar, visitor) = (&stored.calendar.name, &stored.visitor_name);
    let at = in_zone(stored, &host.time_zone);
    let (subject, sentence) = match about.news {
        AppointmentNews::Booked => (
            format!("Booked: {visitor}, {at}"),
            format!("{visitor} ({}) comes to “{calendar}” with you, {at}.", stored.visitor_email),
        ),
        AppointmentNews::Moved => (
            format!("Moved: {visitor}, {at}"),
            format!("The appointment of {visitor} in “{calendar}” was moved. It is on {at} now."),
        ),
        AppointmentNews::Cancelled => (
            format!("Cancelled: {visitor}, {at}"),
            format!(
                "The appointment of {visitor} in “{calendar}”, {at}, was cancelled. Your time is free again."
            ),
        ),
        AppointmentNews::GivenAway => (
            format!("Given away: {visitor} in {calendar}"),
            format!(
                "Somebody else takes the appointment of {visitor} in “{calendar}”. Your time is free again."
            ),
        ),
    };
    let is_theirs = about.method() == Method::Request;
    let mut paragraphs = paragraphs(&host.name, sentence, stored);
    if is_theirs {
        paragraphs.extend(said(stored));
    }
    let url = backend.link(&format!("/appointments/{}", stored.id));
    let file = File {
        summary: format!("{calendar}: {visitor}"),
        // Whoever does not see them any more reads no more of the visitor.
        description: if is_theirs { said(stored).join("\n") } else { String::new() },
        attendee: (&host.name, &host.email),
    };
    Message {
        attachment: Some(file.attachment(backend, about, stored)),
        to: host.email.clone(),
        sender_name: stored.account_name.clone(),
        subject,
        paragraphs,
        action: is_theirs.then(|| Action { label: "Show the appointment".into(), url }),
        note: String::new(),
    }
}

fn paragraphs(name: &str, sentence: String, stored: &Stored) -> Vec<String> {
    let mut paragraphs = vec![format!("Hello {name},"), sentence];
    if !stored.location.is_empty() && stored.state == AppointmentState::Booked {
        paragraphs.push(format!("Where: {}", stored.location));
    }
    paragraphs
}

/// What the visitor said, for the host.
fn said(stored: &Stored) -> Vec<String> {
    let labelled = [("Phone", &stored.visitor_phone), ("Notes", &stored.visitor_notes)];
    let answers = stored.answers.iter().map(|answer| (answer.question.as_str(), &answer.answer));
    let all = labelled.into_iter().chain(answers);
    all.filter(|(_, text)| !text.is_empty()).map(|(label, text)| format!("{label}: {text}")).collect()
}

/// "30 Nov 2026, 09:00 (Europe/Berlin)".
fn in_zone(stored: &Stored, zone: &str) -> String {
    format!("{} ({})", local(stored.starts_at, zone).text, zone.replace('_', " "))
}

fn names(stored: &Stored) -> String {
    stored.hosts.iter().map(|host| host.name.as_str()).collect::<Vec<_>>().join(", ")
}

struct File<'a> {
    summary: String,
    description: String,
    attendee: (&'a str, &'a Email),
}

impl File<'_> {
    fn attachment(self, backend: &Backend, about: &About, stored: &Stored) -> Attachment {
        Attachment {
            file_name: "appointment.ics".into(),
            content_type: format!("text/calendar; charset=utf-8; method={}", about.method().key()),
            content: Content::Text(self.text(backend, about, stored)),
        }
    }

    fn text(self, backend: &Backend, about: &About, stored: &Stored) -> String {
        let installation = &backend.installation;
        let method = about.method();
        let entry = Entry {
            method,
            uid: format!("{}@{}", stored.id, installation.base_url.host_str().unwrap_or_default()),
            sequence: about.sequence,
            written_at: backend.clock.now(),
            starts_at: stored.starts_at,
            ends_at: stored.ends_at,
            summary: self.summary,
            location: if method == Method::Cancel { "" } else { &stored.location },
            description: self.description,
            organizer: (&stored.account_name, &installation.support_email),
            attendee: self.attendee,
        };
        entry.text()
    }
}
