use serde::{Deserialize, Serialize};

use super::CalendarKind;
use crate::{Permission, PermissionSet, staff::MemberState};

/// Something that was set up and cannot work as it is. It is told until somebody mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    HostDeactivated,
    HostWithoutPermission,
    HostOfWeightZero,
    OwnerOutsidePipeline,
    NothingAssigned,
    CalendarWithoutHosts,
    CalendarWithoutHours,
}

impl Contradiction {
    pub const ALL: [Self; 7] = [
        Self::HostDeactivated,
        Self::HostWithoutPermission,
        Self::HostOfWeightZero,
        Self::OwnerOutsidePipeline,
        Self::NothingAssigned,
        Self::CalendarWithoutHosts,
        Self::CalendarWithoutHours,
    ];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::HostDeactivated => "host_deactivated",
            Self::HostWithoutPermission => "host_without_permission",
            Self::HostOfWeightZero => "host_of_weight_zero",
            Self::OwnerOutsidePipeline => "owner_outside_pipeline",
            Self::NothingAssigned => "nothing_assigned",
            Self::CalendarWithoutHosts => "calendar_without_hosts",
            Self::CalendarWithoutHours => "calendar_without_hours",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::HostDeactivated => "Is deactivated, but still in a calendar",
            Self::HostWithoutPermission => "Is in a calendar, but may not see Calendars",
            Self::HostOfWeightZero => "Is in a round robin with weight 0, so no booking goes to them",
            Self::OwnerOutsidePipeline => "Owns opportunities in a pipeline that they cannot see",
            Self::NothingAssigned => "Sees only what is assigned to them, and nothing is",
            Self::CalendarWithoutHosts => "Is active, but nobody is in it",
            Self::CalendarWithoutHours => "Is active, but has no hours in which somebody can book",
        }
    }

    /// What the button that puts it right says.
    #[must_use]
    pub const fn mend(self) -> &'static str {
        match self {
            Self::HostDeactivated => "Take them out of the calendar",
            Self::HostWithoutPermission => "Change what they may do",
            Self::HostOfWeightZero => "Change their weight",
            Self::OwnerOutsidePipeline => "Put them into the pipeline",
            Self::NothingAssigned => "Assign something to them",
            Self::CalendarWithoutHosts => "Add members",
            Self::CalendarWithoutHours => "Set working hours",
        }
    }
}

/// Somebody in a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostFacts {
    pub state: MemberState,
    pub permissions: PermissionSet,
    pub kind: CalendarKind,
    pub weight: u32,
}

impl HostFacts {
    /// Of somebody deactivated nothing else is told: whoever comes back is looked at then.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        if self.state != MemberState::Active {
            return vec![Contradiction::HostDeactivated];
        }
        let weightless = self.kind == CalendarKind::RoundRobin && self.weight == 0;
        found([
            (!self.permissions.contains(Permission::CalendarsView), Contradiction::HostWithoutPermission),
            (weightless, Contradiction::HostOfWeightZero),
        ])
    }
}

/// Somebody who owns opportunities in a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerFacts {
    pub permissions: PermissionSet,
    pub is_in_pipeline: bool,
}

impl OwnerFacts {
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let sees_it = self.is_in_pipeline && self.permissions.contains(Permission::OpportunitiesView);
        found([(!sees_it, Contradiction::OwnerOutsidePipeline)])
    }
}

/// An active member, whatever they are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeFacts {
    pub only_assigned: bool,
    /// Records of all kinds: opportunities, and appointments to come.
    pub assigned: u64,
}

impl ScopeFacts {
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        found([(self.only_assigned && self.assigned == 0, Contradiction::NothingAssigned)])
    }
}

/// A calendar and its active members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarFacts {
    pub kind: CalendarKind,
    pub is_active: bool,
    pub hosts: u32,
    pub hosts_with_hours: u32,
}

impl CalendarFacts {
    /// A calendar that is switched off needs nobody. A collective one is booked only when all its hosts have hours.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let hours_needed = if self.kind == CalendarKind::Collective { self.hosts } else { 1 };
        match (self.is_active, self.hosts) {
            (false, _) => Vec::new(),
            (true, 0) => vec![Contradiction::CalendarWithoutHosts],
            _ => found([(self.hosts_with_hours < hours_needed, Contradiction::CalendarWithoutHours)]),
        }
    }
}

fn found<const N: usize>(checked: [(bool, Contradiction); N]) -> Vec<Contradiction> {
    checked.into_iter().filter_map(|(is_so, contradiction)| is_so.then_some(contradiction)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Contradiction as C, *};
    use crate::Role;

    const HOST: HostFacts = HostFacts {
        state: MemberState::Active,
        permissions: Role::User.permissions(),
        kind: CalendarKind::RoundRobin,
        weight: 10,
    };

    #[test]
    fn a_host_is_active_may_see_calendars_and_has_a_weight() {
        let told = |facts: HostFacts| facts.contradictions();
        assert_eq!(told(HOST), []);
        let unseeing = HostFacts { permissions: PermissionSet::EMPTY, ..HOST };
        assert_eq!(told(unseeing), [C::HostWithoutPermission]);
        assert_eq!(
            told(HostFacts { weight: 0, ..unseeing }),
            [C::HostWithoutPermission, C::HostOfWeightZero]
        );
        for kind in [CalendarKind::Collective, CalendarKind::Personal] {
            assert_eq!(told(HostFacts { weight: 0, kind, ..HOST }), [], "weights count in round robins only");
        }
        for state in [MemberState::Deactivated, MemberState::Removed] {
            assert_eq!(told(HostFacts { state, weight: 0, ..unseeing }), [C::HostDeactivated]);
        }
    }

    #[test]
    fn owners_see_what_they_own() {
        let told = |is_in_pipeline, permissions| OwnerFacts { permissions, is_in_pipeline }.contradictions();
        assert_eq!(told(true, Role::User.permissions()), []);
        assert_eq!(told(false, PermissionSet::everything()), [C::OwnerOutsidePipeline]);
        assert_eq!(told(true, PermissionSet::EMPTY), [C::OwnerOutsidePipeline]);
    }

    #[test]
    fn whoever_sees_only_what_is_assigned_has_something_assigned() {
        let told = |only_assigned, assigned| ScopeFacts { only_assigned, assigned }.contradictions();
        assert_eq!(told(true, 0), [C::NothingAssigned]);
        assert_eq!([told(true, 1), told(false, 0)], [[], []]);
    }

    #[test]
    fn an_active_calendar_can_be_booked() {
        let told = |kind, is_active, hosts, hosts_with_hours| {
            CalendarFacts { kind, is_active, hosts, hosts_with_hours }.contradictions()
        };
        for kind in CalendarKind::ALL {
            assert_eq!(told(kind, true, 0, 0), [C::CalendarWithoutHosts]);
            assert_eq!(told(kind, true, 1, 0), [C::CalendarWithoutHours]);
            assert_eq!([told(kind, true, 1, 1), told(kind, false, 0, 0)], [[], []]);
        }
        assert_eq!(told(CalendarKind::RoundRobin, true, 2, 1), []);
        assert_eq!(told(CalendarKind::Collective, true, 2, 1), [C::CalendarWithoutHours]);
    }

    #[test]
    fn keys_are_unique() {
        let keys: std::collections::HashSet<_> = C::ALL.iter().map(|one| one.key()).collect();
        assert_eq!(keys.len(), C::ALL.len());
    }
}
