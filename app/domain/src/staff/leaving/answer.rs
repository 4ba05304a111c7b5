use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::HeldKind;
use crate::{MemberId, Problem};

/// What becomes of the things of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// To one person, or shared out over several, each of whom gets as many as the others.
    People(Vec<MemberId>),
    /// To whose turn it is in each calendar.
    ByTurn,
    Cancel,
    Nobody,
    /// They stay with whoever leaves, for now.
    Keep,
}

impl Answer {
    const PEOPLE: &'static str = "people";

    /// As forms hold it.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::People(_) => Self::PEOPLE,
            Self::ByTurn => "turn",
            Self::Cancel => "cancel",
            Self::Nobody => "nobody",
            Self::Keep => "keep",
        }
    }
}

/// What was chosen for one kind, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerForm {
    /// An [`Answer::key`]; empty before anything was chosen.
    #[serde(default)]
    pub to: String,
    /// Whom it goes to, for [`Answer::People`].
    #[serde(default)]
    pub people: Vec<String>,
}

impl AnswerForm {
    /// # Errors
    /// [`Problem::Unanswered`] before anything was chosen, and where nobody was ticked; [`Problem::InvalidChoice`] for an answer that the
    /// kind does not have, and for somebody who cannot be meant; [`Problem::PeopleAndOtherwise`].
    pub fn check(&self, kind: HeldKind) -> Result<Answer, Problem> {
        let people = self.people()?;
        let answer = match self.to.trim() {
            "" | Answer::PEOPLE if people.is_empty() => return Err(Problem::Unanswered),
            "" | Answer::PEOPLE => return Ok(Answer::People(people)),
            key => {
                kind.others().into_iter().find(|answer| answer.key() == key).ok_or(Problem::InvalidChoice)?
            }
        };
        if people.is_empty() { Ok(answer) } else { Err(Problem::PeopleAndOtherwise) }
    }

    /// Each once, in the order in which they were ticked.
    fn people(&self) -> Result<Vec<MemberId>, Problem> {
        let (mut people, mut known) = (Vec::new(), HashSet::new());
        for typed in &self.people {
            let person = typed.trim().parse().map_err(|_no_id| Problem::InvalidChoice)?;
            if known.insert(person) {
                people.push(person);
            }
        }
        Ok(people)
    }
}

impl HeldKind {
    /// The answers that name nobody.
    #[must_use]
    pub fn others(self) -> Vec<Answer> {
        match self {
            Self::Appointments => vec![Answer::ByTurn, Answer::Cancel, Answer::Keep],
            Self::Opportunities | Self::Calendars | Self::Pipelines => vec![Answer::Nobody, Answer::Keep],
        }
    }
}

/// What was chosen for each kind, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingForm {
    #[serde(default)]
    pub appointments: AnswerForm,
    #[serde(default)]
    pub opportunities: AnswerForm,
    #[serde(default)]
    pub calendars: AnswerForm,
    #[serde(default)]
    pub pipelines: AnswerForm,
}

impl LeavingForm {
    #[must_use]
    pub const fn of(&self, kind: HeldKind) -> &AnswerForm {
        match kind {
            HeldKind::Appointments => &self.appointments,
            HeldKind::Opportunities => &self.opportunities,
            HeldKind::Calendars => &self.calendars,
            HeldKind::Pipelines => &self.pipelines,
        }
    }

    /// What stands in the address of the page that asks: `appointments=people&appointments_to=0190…&calendars=nobody`. Nothing in it
    /// needs escaping.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let mut form = Self::default();
        let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        for (name, value) in pairs {
            let (kind, is_person) = name.strip_suffix("_to").map_or((name, false), |kind| (kind, true));
            let Ok(kind) = kind.parse() else { continue };
            let answer = form.of_mut(kind);
            if is_person { answer.people.push(value.to_owned()) } else { value.clone_into(&mut answer.to) }
        }
        form
    }

    const fn of_mut(&mut self, kind: HeldKind) -> &mut AnswerForm {
        match kind {
            HeldKind::Appointments => &mut self.appointments,
            HeldKind::Opportunities => &mut self.opportunities,
            HeldKind::Calendars => &mut self.calendars,
            HeldKind::Pipelines => &mut self.pipelines,
        }
    }

    /// Everybody who is named for anything, whoever that is.
    #[must_use]
    pub fn named(&self) -> HashSet<MemberId> {
        let typed = HeldKind::ALL.into_iter().flat_map(|kind| &self.of(kind).people);
        typed.filter_map(|typed| typed.trim().parse().ok()).collect()
    }

    /// Whether anything was chosen.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        HeldKind::ALL.iter().any(|kind| *self.of(*kind) != AnswerForm::default())
    }
}

/// A checked [`LeavingForm`]. Of what is not held everything stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    pub appointments: Answer,
    pub opportunities: Answer,
    pub calendars: Answer,
    pub pipelines: Answer,
}

impl Answers {
    /// Nothing is moved.
    pub const KEEP: Self = Self {
        appointments: Answer::Keep,
        opportunities: Answer::Keep,
        calendars: Answer::Keep,
        pipelines: Answer::Keep,
    };

    #[must_use]
    pub const fn of(&self, kind: HeldKind) -> &Answer {
        match kind {
            HeldKind::Appointments => &self.appointments,
            HeldKind::Opportunities => &self.opportunities,
            HeldKind::Calendars => &self.calendars,
            HeldKind::Pipelines => &self.pipelines,
        }
    }

    pub fn put(&mut self, kind: HeldKind, answer: Answer) {
        let place = match kind {
            HeldKind::Appointments => &mut self.appointments,
            HeldKind::Opportunities => &mut self.opportunities,
            HeldKind::Calendars => &mut self.calendars,
            HeldKind::Pipelines => &mut self.pipelines,
        };
        *place = answer;
    }

    /// Everybody who is named, once.
    #[must_use]
    pub fn people(&self) -> Vec<MemberId> {
        let named = HeldKind::ALL.iter().filter_map(|kind| match self.of(*kind) {
            Answer::People(people) => Some(people),
            _ => None,
        });
        let mut people: Vec<_> = named.flatten().copied().collect();
        people.sort_unstable();
        people.dedup();
        people
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn form(to: &str, people: &[&str]) -> AnswerForm {
        AnswerForm { to: to.into(), people: people.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn an_answer_is_needed_and_people_are_one() {
        let (max, nia) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        let (one, other) = (max.to_string(), nia.to_string());
        for kind in HeldKind::ALL {
            let check = |to, people: &[&str]| form(to, people).check(kind);
            assert_eq!(check("", &[]), Err(Problem::Unanswered));
            assert_eq!(check("people", &[]), Err(Problem::Unanswered));
            assert_eq!(check("people", &[&one]), Ok(Answer::People(vec![max])));
            assert_eq!(check("", &[&other, &one, &other]), Ok(Answer::People(vec![nia, max])));
            assert_eq!(check("keep", &[]), Ok(Answer::Keep));
            assert_eq!(check("keep", &[&one]), Err(Problem::PeopleAndOtherwise));
            assert_eq!(check("burn", &[]), Err(Problem::InvalidChoice));
            assert_eq!(check("people", &["somebody"]), Err(Problem::InvalidChoice));
        }
    }

    #[test]
    fn each_kind_has_answers_of_its_own() {
        let taken = |kind: HeldKind, to| form(to, &[]).check(kind).is_ok();
        assert!(taken(HeldKind::Appointments, "turn") && taken(HeldKind::Appointments, "cancel"));
        assert!(!taken(HeldKind::Appointments, "nobody"), "a visitor comes");
        for kind in [HeldKind::Opportunities, HeldKind::Calendars, HeldKind::Pipelines] {
            assert!(taken(kind, "nobody") && !taken(kind, "turn") && !taken(kind, "cancel"), "{kind:?}");
        }
    }

    #[test]
    fn what_was_chosen_stands_in_the_address() {
        let read = LeavingForm::read(
            "?way=remove&appointments=people&appointments_to=a&appointments_to=b&calendars=nobody",
        );
        assert_eq!(read.appointments, form("people", &["a", "b"]));
        assert_eq!((read.calendars, read.pipelines), (form("nobody", &[]), AnswerForm::default()));
        for nothing in ["", "?", "way", "kitchen=keep", "appointments_from=a"] {
            assert_eq!(LeavingForm::read(nothing), LeavingForm::default(), "{nothing}");
        }
    }

    #[test]
    fn whoever_is_named_for_anything_is_known_once() {
        let (max, nia) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        let (one, other) = (max.to_string(), nia.to_string());
        let form = LeavingForm {
            appointments: form("people", &[&one, "somebody"]),
            pipelines: form("nobody", &[&other, &one]),
            ..LeavingForm::default()
        };
        assert_eq!(form.named(), HashSet::from([max, nia]));
    }

    #[test]
    fn nothing_chosen_is_told_from_something() {
        let mut form = LeavingForm::default();
        assert!(!form.is_begun());
        form.pipelines.to = "keep".into();
        assert!(form.is_begun());
    }
}
