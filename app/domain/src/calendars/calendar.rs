use serde::{Deserialize, Serialize};

use super::{
    CalendarKind, CalendarRules, CalendarRulesForm, HostTerms, Question, QuestionForm, check_ramp_up_weeks,
    question::check_questions,
};
use crate::{
    CalendarId, Checks, Colour, LoginId, MemberId, Page, Problem, Refusal, Slug, permissions::ProfileName,
    person_name::text, pipelines::Membership, text::paragraphs,
};

/// Calendars that an account may have.
pub const CALENDARS_MAX: u32 = 100;
/// Characters that a calendar's name may have.
pub const CALENDAR_NAME_MAX_CHARS: usize = 80;
/// Characters that the words for visitors may have.
pub const CALENDAR_DESCRIPTION_MAX_CHARS: usize = 2_000;
/// Characters that the place of the appointments, often a link, may have.
pub const LOCATION_MAX_CHARS: usize = 300;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub id: CalendarId,
    /// Stays as it was chosen.
    pub kind: CalendarKind,
    pub name: String,
    /// The last part of the public address.
    pub slug: Slug,
    pub colour: Colour,
    /// Whether visitors can book.
    pub is_active: bool,
    /// Counts changes of what the form shows, so that two editors notice each other.
    pub version: i32,
}

/// What visitors read, and how appointments lie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarSettings {
    pub description: String,
    pub location: String,
    pub rules: CalendarRules,
    /// For whoever becomes a host without saying otherwise.
    pub ramp_up_weeks: u32,
    /// In their order.
    pub questions: Vec<Question>,
}

/// What was typed about a calendar, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarForm {
    /// A [`CalendarKind::key`]. It counts for a new calendar only.
    #[serde(default)]
    pub kind: String,
    pub name: String,
    /// Empty for one that is made of the name; in a change for the one it has.
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub location: String,
    /// A [`Colour::key`].
    pub colour: String,
    pub rules: CalendarRulesForm,
    /// Empty for none.
    #[serde(default)]
    pub ramp_up_weeks: String,
    /// Those without a label are passed over.
    #[serde(default)]
    pub questions: Vec<QuestionForm>,
    /// A [`MemberId`]: the host of a new personal calendar; empty for whoever makes it.
    #[serde(default)]
    pub host: String,
}

/// A checked [`CalendarForm`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarWords {
    pub name: String,
    /// None for what the name makes, or for the one it has.
    pub slug: Option<Slug>,
    pub colour: Colour,
    pub settings: CalendarSettings,
}

impl CalendarForm {
    /// Checks everything but kind and host, which only a new calendar has.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for the field of each name, `duration_minutes` and its like, and `questions[0]` and on.
    pub fn check(&self) -> Result<CalendarWords, Refusal> {
        let mut checks = Checks::default();
        let words = self.words(&mut checks);
        checks.finish(words)
    }

    fn words(&self, checks: &mut Checks) -> Option<CalendarWords> {
        let name = checks.note("name", text(&self.name, CALENDAR_NAME_MAX_CHARS, true));
        let slug = match self.slug.trim() {
            "" => Some(None),
            typed => checks.note("slug", Slug::parse(typed)).map(Some),
        };
        let description =
            checks.note("description", paragraphs(&self.description, CALENDAR_DESCRIPTION_MAX_CHARS));
        let location = checks.note("location", text(&self.location, LOCATION_MAX_CHARS, false));
        let colour = checks.note("colour", self.colour.parse());
        let rules = CalendarRules::check(&self.rules, checks);
        let typed = if self.ramp_up_weeks.trim().is_empty() { "0" } else { &self.ramp_up_weeks };
        let ramp_up_weeks = checks.note("ramp_up_weeks", check_ramp_up_weeks(typed));
        let questions = check_questions(&self.questions, checks);
        let settings = CalendarSettings {
            description: description?,
            location: location?,
            rules: rules?,
            ramp_up_weeks: ramp_up_weeks?,
            questions: questions?,
        };
        Some(CalendarWords { name: name?, slug: slug?, colour: colour?, settings })
    }

    /// # Errors
    /// [`Refusal::Invalid`] for `kind` and `host`.
    pub fn check_new(&self) -> Result<(CalendarKind, Option<MemberId>), Refusal> {
        let mut checks = Checks::default();
        let kind = checks.note("kind", self.kind.parse());
        let host = match self.host.trim() {
            "" => Some(None),
            typed => checks.note("host", typed.parse().map(Some).map_err(|_no_id| Problem::InvalidChoice)),
        };
        checks.finish(kind.zip(host))
    }
}

/// One line of the list of calendars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRow {
    pub calendar: Calendar,
    pub duration_minutes: u32,
    /// Active people whom bookings can go to, by hand or by a rule.
    pub hosts: u64,
    /// Booked appointments from now on, of those that the viewer may see.
    pub upcoming: u64,
    /// Where visitors book.
    pub public_url: String,
}

/// Everything the settings of a calendar show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDetails {
    pub calendar: Calendar,
    pub settings: CalendarSettings,
    /// Where visitors book.
    pub public_url: String,
    /// Every profile of the account, by name.
    pub rules: Vec<CalendarRule>,
    /// Active people whom bookings can go to, by hand or by a rule.
    pub hosts: u64,
    /// The people of the account as the filter asks, by name.
    pub members: Page<CalendarPerson>,
}

/// Whether everyone with a profile is a host, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRule {
    pub profile: ProfileName,
    /// None where there is no such rule.
    pub terms: Option<HostTerms>,
    /// Active people who hold the profile.
    pub people: u64,
}

/// An active person of the account, as the settings of a calendar list them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPerson {
    pub member: MemberId,
    pub name: String,
    /// With the login's id, the address of the photo; none for people without one.
    pub photo: Option<(LoginId, i32)>,
    pub membership: Membership,
    /// None for whoever is not in.
    pub terms: Option<HostTerms>,
    /// While their weight rises: what it is now, in thousandths of a unit. None before and after.
    pub rising_weight: Option<i64>,
    /// Without working hours nobody can book them.
    pub has_hours: bool,
    /// Their booked appointments in this calendar from now on.
    pub upcoming: u64,
}

/// What has to be known before a calendar is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDeletion {
    pub calendar: Calendar,
    /// Booked from now on: as long as there are any, it is not deleted.
    pub upcoming: u64,
    /// Over or cancelled: they are deleted with it.
    pub past: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> CalendarForm {
        CalendarForm {
            kind: "round_robin".into(),
            name: " Discovery Call ".into(),
            colour: "blue".into(),
            rules: CalendarRulesForm {
                duration_minutes: "30".into(),
                slot_step_minutes: "30".into(),
                buffer_before_minutes: "0".into(),
                buffer_after_minutes: "15".into(),
                minimum_notice_minutes: "60".into(),
                horizon_days: "30".into(),
            },
            ..CalendarForm::default()
        }
    }

    #[test]
    fn a_form_becomes_words_and_what_is_left_out_is_none() {
        let words = form().check().unwrap();
        assert_eq!(
            (words.name.as_str(), words.slug, words.settings.ramp_up_weeks),
            ("Discovery Call", None, 0)
        );
        assert_eq!(form().check_new(), Ok((CalendarKind::RoundRobin, None)));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let mut wrong = form();
        wrong.name = String::new();
        wrong.slug = "No Slug".into();
        wrong.colour = "mauve".into();
        wrong.ramp_up_weeks = "27".into();
        wrong.rules.duration_minutes = "0".into();
        wrong.questions = vec![QuestionForm { label: "x".repeat(201), ..QuestionForm::default() }];
        let refusal = wrong.check().unwrap_err();
        let fields = ["name", "slug", "colour", "ramp_up_weeks", "duration_minutes", "questions[0]"];
        for field in fields {
            assert!(refusal.problem(field).is_some(), "{field}");
        }
        let new =
            CalendarForm { kind: "square".into(), host: "me".into(), ..form() }.check_new().unwrap_err();
        assert!(new.problem("kind").is_some() && new.problem("host").is_some());
    }
}
