//! One appointment as a file that calendar programs read (RFC 5545, RFC 5546).

use chrono::{DateTime, Utc};
use domain::Email;

/// Octets of a line before it has to be folded (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;

/// What the file tells the calendar to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Request,
    Cancel,
}

impl Method {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }

    const fn status(self) -> &'static str {
        match self {
            Self::Request => "CONFIRMED",
            Self::Cancel => "CANCELLED",
        }
    }
}

pub(super) struct Entry<'a> {
    pub method: Method,
    /// Stays the same whatever becomes of the appointment.
    pub uid: String,
    /// Grows with every change.
    pub sequence: i32,
    pub written_at: DateTime<Utc>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub summary: String,
    pub location: &'a str,
    pub description: String,
    pub organizer: (&'a str, &'a Email),
    pub attendee: (&'a str, &'a Email),
}

impl Entry<'_> {
    /// The whole file.
    pub fn text(&self) -> String {
        let (organizer, attendee) = (self.organizer, self.attendee);
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".into(),
            "PRODID:-//Steward//Appointments//EN".into(),
            format!("METHOD:{}", self.method.key()),
            "BEGIN:VEVENT".into(),
            format!("UID:{}", escaped(&self.uid)),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTAMP:{}", utc(self.written_at)),
            format!("DTSTART:{}", utc(self.starts_at)),
            format!("DTEND:{}", utc(self.ends_at)),
            format!("SUMMARY:{}", escaped(&self.summary)),
            format!("STATUS:{}", self.method.status()),
            format!("ORGANIZER;CN={}:mailto:{}", quoted(organizer.0), organizer.1),
            format!("ATTENDEE;CN={};PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{}", quoted(attendee.0), attendee.1),
        ];
        let optional = [("LOCATION", self.location), ("DESCRIPTION", &self.description)];
        let filled = optional.into_iter().filter(|(_, text)| !text.is_empty());
        lines.extend(filled.map(|(name, text)| format!("{name}:{}", escaped(text))));
        lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".into()]);
        lines.iter().map(|line| folded(line) + "\r\n").collect()
    }
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A value of the type TEXT (3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// The value of a parameter, in which quotes cannot stand (3.2).
fn quoted(text: &str) -> String {
    let kept: String =
        text.chars().map(|c| if c == '"' { '\'' } else { c }).filter(|c| !c.is_control()).collect();
    format!("\"{kept}\"")
}

/// Broken after at most 75 octets and never within a character; each further line begins with a blank (3.1).
fn folded(line: &str) -> String {
    let mut folded = String::new();
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE_OCTETS {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(c);
        octets += c.len_utf8();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(summary: &str, description: &str) -> String {
        let (organizer, attendee) =
            (Email::parse("support@example.com").unwrap(), Email::parse("ann@example.com").unwrap());
        Entry {
            method: Method::Request,
            uid: "1@steward.test".into(),
            sequence: 3,
            written_at: DateTime::UNIX_EPOCH,
            starts_at: "2026-11-30T09:00:00+01:00".parse::<DateTime<Utc>>().unwrap(),
            ends_at: "2026-11-30T09:30:00+01:00".parse::<DateTime<Utc>>().unwrap(),
            summary: summary.into(),
            location: "",
            description: description.into(),
            organizer: ("Acme \"Best\": Inc", &organizer),
            attendee: ("Ann", &attendee),
        }
        .text()
    }

    #[test]
    fn times_are_in_utc_and_every_line_ends_as_it_must() {
        let text = entry("Call", "");
        assert!(text.contains("DTSTART:20261130T080000Z\r\nDTEND:20261130T083000Z\r\n"), "{text}");
        assert!(text.contains("\r\nSEQUENCE:3\r\n") && text.contains("\r\nSTATUS:CONFIRMED\r\n"));
        assert!(text.contains("ORGANIZER;CN=\"Acme 'Best': Inc\":mailto:support@example.com"), "{text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert!(!text.contains("LOCATION"), "what is empty is left out");
    }

    #[test]
    fn hostile_text_stays_text() {
        let text = entry("Call\r\nATTENDEE:mailto:eve@example.com", "a;b,c\\d\nSTATUS:CANCELLED");
        assert!(text.contains("SUMMARY:Call\\nATTENDEE:mailto:eve@example.com\r\n"), "{text}");
        assert!(text.contains("DESCRIPTION:a\\;b\\,c\\\\d\\nSTATUS:CANCELLED\r\n"), "{text}");
        assert_eq!(text.matches("\r\nATTENDEE").count(), 1);
    }

    #[test]
    fn long_lines_are_folded_between_characters_and_read_back() {
        let long = "Grüße aus Zürich – ".repeat(20);
        let text = entry(&long, "");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{long}\r\n")));
    }
}
