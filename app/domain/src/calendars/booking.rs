use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Answer, AppointmentState, LONG_ANSWER_MAX_CHARS, Question, question_field};
use crate::{Checks, Colour, Email, Problem, Refusal, Slug, When, person_name::text, text::paragraphs};

/// Characters that a visitor's name may have.
pub const VISITOR_NAME_MAX_CHARS: usize = 120;
/// Characters that a visitor's phone number may have, as they write it.
pub const VISITOR_PHONE_MAX_CHARS: usize = 40;
/// Days that one page of free times shows.
pub const OFFERED_DAYS: u32 = 14;

/// What everybody may read about a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicCalendar {
    pub account_name: String,
    pub account_slug: Slug,
    pub slug: Slug,
    pub name: String,
    pub description: String,
    pub location: String,
    pub colour: Colour,
    pub duration_minutes: u32,
    pub questions: Vec<Question>,
}

/// Which free times are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferAsked {
    /// The first local day; none for today.
    pub from: Option<NaiveDate>,
    /// IANA name; what is not known is read as the account's.
    pub time_zone: String,
}

/// Free times of [`OFFERED_DAYS`] local days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// In which days and times are told (IANA name).
    pub time_zone: String,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    /// Those with free times, in order.
    pub days: Vec<OfferedDay>,
    /// Where the days before begin; none before today.
    pub earlier: Option<NaiveDate>,
    /// Where the days after begin; none after the horizon.
    pub later: Option<NaiveDate>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedDay {
    pub day: NaiveDate,
    /// For example "Monday, 30 November".
    pub label: String,
    /// `exact` is what a form sends back as `starts_at`; `text` is for example "14:30".
    pub slots: Vec<When>,
}

/// The page on which visitors book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingPage {
    pub calendar: PublicCalendar,
    pub offer: Offer,
    /// Goes with the form, so that it books once however often it is sent.
    pub request_key: String,
}

/// What a visitor typed, or somebody for them, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingForm {
    /// Of an [`OfferedDay`].
    pub starts_at: String,
    pub name: String,
    pub email: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub notes: String,
    /// In the order of the questions.
    #[serde(default)]
    pub answers: Vec<String>,
    /// IANA name; what is not known is read as the account's.
    #[serde(default)]
    pub time_zone: String,
    /// Of the page.
    #[serde(default)]
    pub request_key: String,
}

/// Who comes, and what they said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    pub name: String,
    pub email: Email,
    /// May be empty.
    pub phone: String,
    pub notes: String,
    pub answers: Vec<Answer>,
}

impl BookingForm {
    /// The instant and the visitor.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for `starts_at`, `name`, `email`, `phone`, `notes` and `questions[0]` and on, all at once.
    pub fn check(&self, questions: &[Question]) -> Result<(DateTime<Utc>, Visitor), Refusal> {
        let mut checks = Checks::default();
        let starts_at = checks.note("starts_at", instant(&self.starts_at));
        let name = checks.note("name", visitor_name(&self.name));
        let email = checks.note("email", Email::parse(&self.email));
        let phone = checks.note("phone", text(&self.phone, VISITOR_PHONE_MAX_CHARS, false));
        let notes = checks.note("notes", paragraphs(&self.notes, LONG_ANSWER_MAX_CHARS));
        let answers = self.answers(questions, &mut checks);
        let checked = || {
            let visitor =
                Visitor { name: name?, email: email?, phone: phone?, notes: notes?, answers: answers? };
            Some((starts_at?, visitor))
        };
        checks.finish(checked())
    }

    fn answers(&self, questions: &[Question], checks: &mut Checks) -> Option<Vec<Answer>> {
        let typed = self.answers.iter().map(String::as_str).chain(std::iter::repeat(""));
        let checked: Vec<_> = questions
            .iter()
            .zip(typed)
            .enumerate()
            .map(|(number, (question, typed))| checks.note(&question_field(number), question.check(typed)))
            .collect();
        checked.into_iter().collect()
    }
}

/// Mails greet by it, at an address that nobody has confirmed: what mail programs would make a link of is no name.
fn visitor_name(typed: &str) -> Result<String, Problem> {
    let name = text(typed, VISITOR_NAME_MAX_CHARS, true)?;
    let lower = name.to_lowercase();
    let is_link = lower.contains("://") || lower.contains("www.");
    if is_link { Err(Problem::InvalidText) } else { Ok(name) }
}

/// An instant of an [`Offer`], as a form sends it back.
///
/// # Errors
/// [`Problem::Required`], [`Problem::InvalidChoice`].
pub fn instant(typed: &str) -> Result<DateTime<Utc>, Problem> {
    match typed.trim() {
        "" => Err(Problem::Required),
        typed => {
            let read = DateTime::parse_from_rfc3339(typed).map_err(|_no_instant| Problem::InvalidChoice);
            read.map(|instant| instant.with_timezone(&Utc))
        }
    }
}

/// The visitor's page behind the link of their mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorAppointment {
    pub calendar: PublicCalendar,
    /// Whether the calendar takes new bookings.
    pub is_bookable: bool,
    pub visitor_name: String,
    pub visitor_email: Email,
    /// By name.
    pub hosts: Vec<String>,
    /// In the visitor's time zone.
    pub starts: When,
    pub ends: When,
    pub time_zone: String,
    pub state: AppointmentState,
    /// Booked, and not begun: it can be moved and cancelled.
    pub may_change: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendars::QuestionKind;

    #[test]
    fn everything_wrong_is_told_at_once_and_missing_answers_too() {
        let question = Question { label: "Why?".into(), kind: QuestionKind::Short, is_required: true };
        let typed = BookingForm { starts_at: "soon".into(), email: "ann".into(), ..BookingForm::default() };
        let refusal = typed.check(&[question]).unwrap_err();
        assert_eq!(refusal.problem("starts_at"), Some(&Problem::InvalidChoice));
        assert_eq!(refusal.problem("name"), Some(&Problem::Required));
        assert_eq!(refusal.problem("email"), Some(&Problem::InvalidEmail));
        assert_eq!(refusal.problem("questions[0]"), Some(&Problem::Required));
    }

    #[test]
    fn answers_that_nobody_asked_for_are_left_out() {
        let typed = BookingForm {
            starts_at: "2026-11-30T09:00:00+01:00".into(),
            name: "Ann Archer".into(),
            email: "Ann@Example.com".into(),
            answers: vec!["What?".into()],
            ..BookingForm::default()
        };
        let (starts_at, visitor) = typed.check(&[]).unwrap();
        assert_eq!(starts_at.to_rfc3339(), "2026-11-30T08:00:00+00:00");
        assert!(visitor.answers.is_empty());
    }
}
