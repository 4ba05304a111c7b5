use serde::{Deserialize, Serialize};

use crate::{Permission, PermissionSet};

/// Into how many calendars or pipelines somebody was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Places {
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
    /// By the account.
    pub second_factor_required: bool,
    pub has_second_factor: bool,
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
}

/// One item, and why it is as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    pub item: ReadinessItem,
    pub is_ready: bool,
    pub reason: String,
}

/// Whether somebody can work: every item that concerns them. They are ready when all are.
#[must_use]
pub fn readiness(facts: &ReadinessFacts) -> Vec<Readiness> {
    let judged = |item| {
        let (is_ready, reason) = facts.judge(item)?;
        Some(Readiness { item, is_ready, reason })
    };
    ReadinessItem::ALL.into_iter().filter_map(judged).collect()
}

impl ReadinessFacts {
    /// None for what does not concern them.
    fn judge(&self, item: ReadinessItem) -> Option<(bool, String)> {
        let either =
            |is_ready, yes: &str, no: &str| Some((is_ready, if is_ready { yes } else { no }.to_owned()));
        match item {
            ReadinessItem::Joined => {
                either(self.has_joined, "They have joined.", "They have not accepted their invitation yet.")
            }
            ReadinessItem::SecondFactor if !self.second_factor_required => None,
            ReadinessItem::SecondFactor => either(
                self.has_second_factor,
                "They have a second factor.",
                "This account asks for a second factor, and they have none.",
            ),
            ReadinessItem::Calendars => Some(self.calendars.judge("calendar")),
            ReadinessItem::WorkingHours if !self.calendars.is_joined() => None,
            ReadinessItem::WorkingHours => either(
                self.has_working_hours,
                "Their working hours are set.",
                "Without working hours nobody can book them.",
            ),
            ReadinessItem::Pipelines => Some(self.pipelines.judge("pipeline")),
            ReadinessItem::Permissions => self.judge_permissions(),
        }
    }

    fn judge_permissions(&self) -> Option<(bool, String)> {
        let needed = PermissionSet::EMPTY;
        let needed = if self.calendars.is_joined() { needed.with(Permission::CalendarsView) } else { needed };
        let needed =
            if self.pipelines.is_joined() { needed.with(Permission::OpportunitiesView) } else { needed };
        let labels: Vec<_> = needed.without(self.permissions).iter().map(Permission::label).collect();
        match (needed.is_empty(), labels.is_empty()) {
            (true, _) => None,
            (_, true) => Some((true, "They may see what they are in.".into())),
            _ => Some((false, format!("They are in it but lack “{}”.", labels.join("” and “")))),
        }
    }
}

impl Places {
    const fn is_joined(self) -> bool {
        matches!(self, Self::Joined(_))
    }

    fn judge(self, what: &str) -> (bool, String) {
        match self {
            Self::Unanswered => (false, format!("Nobody has said in which {what}s they should be.")),
            Self::NoneNeeded => (true, format!("They need no {what}.")),
            Self::Joined(1) => (true, format!("They are in 1 {what}.")),
            Self::Joined(count) => (true, format!("They are in {count} {what}s.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    const NINA: ReadinessFacts = ReadinessFacts {
        has_joined: true,
        second_factor_required: true,
        has_second_factor: true,
        has_working_hours: true,
        calendars: Places::Joined(2),
        pipelines: Places::Joined(1),
        permissions: Role::User.permissions(),
    };

    fn red(facts: &ReadinessFacts) -> Vec<ReadinessItem> {
        readiness(facts).into_iter().filter(|line| !line.is_ready).map(|line| line.item).collect()
    }

    #[test]
    fn each_fact_makes_its_own_item_red() {
        assert_eq!(red(&NINA), []);
        assert_eq!(readiness(&NINA).len(), ReadinessItem::ALL.len());
        let cases = [
            (ReadinessFacts { has_joined: false, ..NINA }, ReadinessItem::Joined),
            (ReadinessFacts { has_second_factor: false, ..NINA }, ReadinessItem::SecondFactor),
            (ReadinessFacts { has_working_hours: false, ..NINA }, ReadinessItem::WorkingHours),
            (ReadinessFacts { calendars: Places::Unanswered, ..NINA }, ReadinessItem::Calendars),
            (ReadinessFacts { pipelines: Places::Unanswered, ..NINA }, ReadinessItem::Pipelines),
            (ReadinessFacts { permissions: PermissionSet::EMPTY, ..NINA }, ReadinessItem::Permissions),
        ];
        for (facts, item) in cases {
            assert_eq!(red(&facts), [item]);
        }
    }

    #[test]
    fn what_does_not_concern_somebody_is_not_asked_of_them() {
        let bookkeeper = ReadinessFacts {
            second_factor_required: false,
            has_second_factor: false,
            has_working_hours: false,
            calendars: Places::NoneNeeded,
            pipelines: Places::NoneNeeded,
            permissions: PermissionSet::EMPTY,
            ..NINA
        };
        let lines = readiness(&bookkeeper);
        let items: Vec<_> = lines.iter().map(|line| line.item).collect();
        assert_eq!(items, [ReadinessItem::Joined, ReadinessItem::Calendars, ReadinessItem::Pipelines]);
        assert!(lines.iter().all(|line| line.is_ready));
    }

    #[test]
    fn only_the_permissions_of_what_they_are_in_are_needed() {
        let only_calendars = PermissionSet::of(&[Permission::CalendarsView]);
        let host = ReadinessFacts { permissions: only_calendars, pipelines: Places::NoneNeeded, ..NINA };
        assert_eq!(red(&host), []);
        let both = ReadinessFacts { permissions: only_calendars, ..NINA };
        let reason = readiness(&both).into_iter().find(|line| !line.is_ready).unwrap().reason;
        assert_eq!(reason, "They are in it but lack “View Opportunities”.");
    }
}
