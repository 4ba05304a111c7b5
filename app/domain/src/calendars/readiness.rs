use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Permission, PermissionSet, Problem, words::joined};

/// Something that people are put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    Calendar,
    Pipeline,
}

impl PlaceKind {
    pub const ALL: [Self; 2] = [Self::Calendar, Self::Pipeline];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Pipeline => "pipeline",
        }
    }

    /// What it takes to see one that somebody is in.
    #[must_use]
    pub const fn view(self) -> Permission {
        match self {
            Self::Calendar => Permission::CalendarsView,
            Self::Pipeline => Permission::OpportunitiesView,
        }
    }
}

impl FromStr for PlaceKind {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|kind| kind.key() == key).ok_or(Problem::InvalidChoice)
    }
}

/// Into how many calendars or pipelines somebody was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// The account has none that people could be put into.
    NoneThere,
    /// Nobody has said yet.
    Unanswered,
    /// Somebody said that they need none.
    NoneNeeded,
    /// In at least one.
    Joined(u32),
}

/// What is known about somebody who should be able to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadinessFacts {
    pub has_joined: bool,
    /// Whether they have the second factor that the account asks for; none where it asks for none.
    pub second_factor: Option<bool>,
    pub has_working_hours: bool,
    pub calendars: Places,
    pub pipelines: Places,
    pub permissions: PermissionSet,
}

/// What makes somebody ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadinessItem {
    Joined,
    SecondFactor,
    Calendars,
    WorkingHours,
    Pipelines,
    Permissions,
}

impl ReadinessItem {
    /// In the order in which people go through them.
    pub const ALL: [Self; 6] = [
        Self::Joined,
        Self::SecondFactor,
        Self::Calendars,
        Self::WorkingHours,
        Self::Pipelines,
        Self::Permissions,
    ];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Joined => "Joined",
            Self::SecondFactor => "Second factor",
            Self::Calendars => "In a calendar",
            Self::WorkingHours => "Working hours",
            Self::Pipelines => "In a pipeline",
            Self::Permissions => "Permissions",
        }
    }

    /// The same, where it is said that it is missing.
    #[must_use]
    pub const fn missing(self) -> &'static str {
        match self {
            Self::Joined => "has not joined",
            Self::SecondFactor => "no second factor",
            Self::Calendars => "in no calendar",
            Self::WorkingHours => "no working hours",
            Self::Pipelines => "in no pipeline",
            Self::Permissions => "a permission is missing",
        }
    }
}

/// What is missing, in a line: "In no calendar, no working hours"; empty for nothing.
#[must_use]
pub fn missing_words(missing: &[ReadinessItem]) -> String {
    let words: Vec<_> = missing.iter().map(|item| item.missing()).collect();
    let mut words = words.join(", ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// One item, and why it is as it is, said so that the person and whoever looks after them can read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    pub item: ReadinessItem,
    pub is_ready: bool,
    pub reason: String,
    /// The first permission that is missing, of [`ReadinessItem::Permissions`].
    pub lacks: Option<Permission>,
}

/// Whether somebody can work: every item that concerns them. They are ready when all are.
#[must_use]
pub fn readiness(facts: &ReadinessFacts) -> Vec<Readiness> {
    ReadinessItem::ALL.into_iter().filter_map(|item| facts.judge(item)).collect()
}

/// The items of [`readiness`] that are not as they should be.
#[must_use]
pub fn missing(facts: &ReadinessFacts) -> Vec<ReadinessItem> {
    let lines = readiness(facts).into_iter();
    lines.filter(|line| !line.is_ready).map(|line| line.item).collect()
}

impl ReadinessFacts {
    /// None for what does not concern them.
    fn judge(&self, item: ReadinessItem) -> Option<Readiness> {
        let either = |is_ready: bool, yes: &str, no: &str| {
            let reason = if is_ready { yes } else { no }.to_owned();
            Some(Readiness { item, is_ready, reason, lacks: None })
        };
        match item {
            ReadinessItem::Joined => {
                either(self.has_joined, "The invitation is accepted.", "The invitation is not accepted yet.")
            }
            ReadinessItem::SecondFactor => {
                either(self.second_factor?, "It is set up.", "This account asks for one.")
            }
            ReadinessItem::Calendars => self.judge_places(item, PlaceKind::Calendar, self.calendars),
            // Before they have joined there is nobody whose hours could be set.
            ReadinessItem::WorkingHours if !self.has_joined || !self.calendars.is_joined() => None,
            ReadinessItem::WorkingHours => {
                either(self.has_working_hours, "They are set.", "Without them nobody can book a time.")
            }
            ReadinessItem::Pipelines => self.judge_places(item, PlaceKind::Pipeline, self.pipelines),
            ReadinessItem::Permissions => self.judge_permissions(),
        }
    }

    /// Nobody is asked where somebody belongs who could not even see it: whoever gave them what they may do has said so.
    fn judge_places(&self, item: ReadinessItem, kind: PlaceKind, places: Places) -> Option<Readiness> {
        let what = kind.key();
        let (is_ready, reason) = match places {
            Places::NoneThere => return None,
            Places::Unanswered if !self.permissions.contains(kind.view()) => return None,
            Places::Unanswered => {
                (false, format!("Nobody has said in which {what}, or that none is needed."))
            }
            Places::NoneNeeded => (true, "None is needed.".to_owned()),
            Places::Joined(1) => (true, format!("In 1 {what}.")),
            Places::Joined(count) => (true, format!("In {count} {what}s.")),
        };
        Some(Readiness { item, is_ready, reason, lacks: None })
    }

    fn judge_permissions(&self) -> Option<Readiness> {
        let places = [(self.calendars, PlaceKind::Calendar), (self.pipelines, PlaceKind::Pipeline)];
        let needed: Vec<_> =
            places.iter().filter(|(places, _)| places.is_joined()).map(|(_, kind)| kind.view()).collect();
        if needed.is_empty() {
            return None;
        }
        let lacking: Vec<_> =
            needed.into_iter().filter(|permission| !self.permissions.contains(*permission)).collect();
        let quoted: Vec<_> = lacking.iter().map(|permission| format!("“{}”", permission.label())).collect();
        let reason = match quoted.len() {
            0 => "All that is needed for it is given.".to_owned(),
            1 => format!("{} is missing, and is needed for it.", joined(&quoted)),
            _ => format!("{} are missing, and are needed for it.", joined(&quoted)),
        };
        let (item, lacks) = (ReadinessItem::Permissions, lacking.first().copied());
        Some(Readiness { item, is_ready: lacking.is_empty(), reason, lacks })
    }
}

impl Places {
    const fn is_joined(self) -> bool {
        matches!(self, Self::Joined(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    const NINA: ReadinessFacts = ReadinessFacts {
        has_joined: true,
        second_factor: Some(true),
        has_working_hours: true,
        calendars: Places::Joined(2),
        pipelines: Places::Joined(1),
        permissions: Role::User.permissions(),
    };

    fn items(facts: &ReadinessFacts) -> Vec<ReadinessItem> {
        readiness(facts).into_iter().map(|line| line.item).collect()
    }

    #[test]
    fn each_fact_makes_its_own_item_red() {
        assert_eq!(missing(&NINA), []);
        assert_eq!(items(&NINA), ReadinessItem::ALL);
        let cases = [
            (ReadinessFacts { second_factor: Some(false), ..NINA }, ReadinessItem::SecondFactor),
            (ReadinessFacts { has_working_hours: false, ..NINA }, ReadinessItem::WorkingHours),
            (ReadinessFacts { calendars: Places::Unanswered, ..NINA }, ReadinessItem::Calendars),
            (ReadinessFacts { pipelines: Places::Unanswered, ..NINA }, ReadinessItem::Pipelines),
            (ReadinessFacts { permissions: PermissionSet::EMPTY, ..NINA }, ReadinessItem::Permissions),
        ];
        for (facts, item) in cases {
            assert_eq!(missing(&facts), [item]);
        }
    }

    #[test]
    fn what_does_not_concern_somebody_is_not_asked_of_them() {
        use ReadinessItem as I;
        let bookkeeper = ReadinessFacts {
            second_factor: None,
            has_working_hours: false,
            calendars: Places::NoneNeeded,
            pipelines: Places::NoneNeeded,
            permissions: PermissionSet::EMPTY,
            ..NINA
        };
        assert_eq!(items(&bookkeeper), [I::Joined, I::Calendars, I::Pipelines]);
        assert_eq!(missing(&bookkeeper), []);
        let unasked = ReadinessFacts { calendars: Places::Unanswered, ..bookkeeper };
        assert_eq!(items(&unasked), [I::Joined, I::Pipelines], "what they may not see is no place for them");
        let nowhere = ReadinessFacts { calendars: Places::NoneThere, pipelines: Places::NoneThere, ..NINA };
        assert_eq!(items(&nowhere), [I::Joined, I::SecondFactor], "where there is none, none is needed");
    }

    #[test]
    fn somebody_invited_is_not_ready_and_has_no_hours_yet() {
        let invited = ReadinessFacts { has_joined: false, second_factor: None, ..NINA };
        assert_eq!(missing(&invited), [ReadinessItem::Joined]);
        assert!(!items(&invited).contains(&ReadinessItem::WorkingHours));
        let unseeing = ReadinessFacts { permissions: PermissionSet::EMPTY, ..invited };
        assert_eq!(missing(&unseeing), [ReadinessItem::Joined, ReadinessItem::Permissions]);
    }

    #[test]
    fn only_the_permissions_of_what_they_are_in_are_needed() {
        let only_calendars = PermissionSet::of(&[Permission::CalendarsView]);
        let host = ReadinessFacts { permissions: only_calendars, pipelines: Places::NoneNeeded, ..NINA };
        assert_eq!(missing(&host), []);
        let told = |facts: ReadinessFacts| readiness(&facts).into_iter().find(|line| !line.is_ready).unwrap();
        let both = told(ReadinessFacts { permissions: only_calendars, ..NINA });
        assert_eq!(both.reason, "“View Opportunities” is missing, and is needed for it.");
        assert_eq!(both.lacks, Some(Permission::OpportunitiesView));
        let neither = told(ReadinessFacts { permissions: PermissionSet::EMPTY, ..NINA });
        let reason = "“View Calendars” and “View Opportunities” are missing, and are needed for it.";
        assert_eq!((neither.reason.as_str(), neither.lacks), (reason, Some(Permission::CalendarsView)));
    }

    #[test]
    fn what_is_missing_is_told_in_a_line() {
        assert_eq!(missing_words(&[]), "");
        assert_eq!(
            missing_words(&[ReadinessItem::Calendars, ReadinessItem::Permissions]),
            "In no calendar, a permission is missing"
        );
    }

    #[test]
    fn a_kind_is_read_back_from_its_key() {
        for kind in PlaceKind::ALL {
            assert_eq!(kind.key().parse(), Ok(kind));
        }
        assert_eq!("kitchen".parse::<PlaceKind>(), Err(Problem::InvalidChoice));
    }
}
