use serde::{Deserialize, Serialize};

use super::CalendarKind;
use crate::{CalendarId, MemberId, Permission, PermissionSet, PipelineId, staff::MemberState};

/// Something that was set up and cannot work as it is. It is told until somebody mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    CalendarWithoutHosts,
    CalendarWithoutHours,
    HostDeactivated,
    HostWithoutPermission,
    HostOfWeightZero,
    DeactivatedWithAppointments,
    DeactivatedWithOpportunities,
    OwnerWithoutPermission,
    OwnerOutsidePipeline,
    NothingAssigned,
}

impl Contradiction {
    /// Those that keep visitors out first.
    pub const ALL: [Self; 10] = [
        Self::CalendarWithoutHosts,
        Self::CalendarWithoutHours,
        Self::HostDeactivated,
        Self::HostWithoutPermission,
        Self::HostOfWeightZero,
        Self::DeactivatedWithAppointments,
        Self::DeactivatedWithOpportunities,
        Self::OwnerWithoutPermission,
        Self::OwnerOutsidePipeline,
        Self::NothingAssigned,
    ];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::CalendarWithoutHosts => "calendar_without_hosts",
            Self::CalendarWithoutHours => "calendar_without_hours",
            Self::HostDeactivated => "host_deactivated",
            Self::HostWithoutPermission => "host_without_permission",
            Self::HostOfWeightZero => "host_of_weight_zero",
            Self::DeactivatedWithAppointments => "deactivated_with_appointments",
            Self::DeactivatedWithOpportunities => "deactivated_with_opportunities",
            Self::OwnerWithoutPermission => "owner_without_permission",
            Self::OwnerOutsidePipeline => "owner_outside_pipeline",
            Self::NothingAssigned => "nothing_assigned",
        }
    }

    /// To follow the name of who or what it is about.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::CalendarWithoutHosts => "is open for booking, but nobody is in it",
            Self::CalendarWithoutHours => "is open for booking, but has no hours in which somebody can book",
            Self::HostDeactivated => "cannot sign in any more, but is still in the calendar",
            Self::HostWithoutPermission => "is in the calendar, but may not see Calendars",
            Self::HostOfWeightZero => "is in the round robin with weight 0, so no booking goes to them",
            Self::DeactivatedWithAppointments => "cannot sign in any more, but has appointments ahead",
            Self::DeactivatedWithOpportunities => "cannot sign in any more, but owns opportunities",
            Self::OwnerWithoutPermission => "owns opportunities, but may not see Opportunities",
            Self::OwnerOutsidePipeline => "owns opportunities in a pipeline that they are not in",
            Self::NothingAssigned => "sees only what is assigned to them, and nothing is",
        }
    }

    /// What the button that puts it right says.
    #[must_use]
    pub const fn mend(self) -> &'static str {
        match self {
            Self::CalendarWithoutHosts => "Add hosts",
            Self::CalendarWithoutHours => "Set working hours",
            Self::HostDeactivated => "Take them out",
            Self::HostWithoutPermission | Self::OwnerWithoutPermission => "Change what they may do",
            Self::HostOfWeightZero => "Change their weight",
            Self::DeactivatedWithAppointments | Self::DeactivatedWithOpportunities => "Give them to others",
            Self::OwnerOutsidePipeline => "Put them in",
            Self::NothingAssigned => "Change what they see",
        }
    }

    /// Whoever holds one of these sees some of what is found.
    pub const VIEWERS: PermissionSet = PermissionSet::of(&[
        Permission::SettingsEditStaff,
        Permission::CalendarsManage,
        Permission::CalendarsManageRoundRobin,
        Permission::OpportunitiesManagePipelines,
    ]);

    /// Whether somebody with these permissions sees it: it tells nothing that they could not find out where it is mended.
    #[must_use]
    pub fn may_see(self, own: PermissionSet) -> bool {
        let manages_hosts =
            own.contains(Permission::CalendarsManage) || own.contains(Permission::CalendarsManageRoundRobin);
        match self {
            Self::CalendarWithoutHosts
            | Self::CalendarWithoutHours
            | Self::HostDeactivated
            | Self::HostWithoutPermission
            | Self::HostOfWeightZero => manages_hosts,
            Self::DeactivatedWithAppointments => {
                manages_hosts && own.contains(Permission::CalendarsAllRecords)
            }
            Self::DeactivatedWithOpportunities
            | Self::OwnerWithoutPermission
            | Self::OwnerOutsidePipeline => {
                own.contains(Permission::OpportunitiesManagePipelines)
                    && own.contains(Permission::OpportunitiesAllRecords)
            }
            Self::NothingAssigned => own.contains(Permission::SettingsEditStaff),
        }
    }

    /// What it takes to mend it, in a calendar of this kind.
    #[must_use]
    pub fn needs(self, kind: Option<CalendarKind>) -> Permission {
        match self {
            Self::CalendarWithoutHosts | Self::HostDeactivated | Self::HostOfWeightZero => {
                kind.map_or(Permission::CalendarsManage, CalendarKind::people_permission)
            }
            Self::CalendarWithoutHours => Permission::CalendarsManage,
            Self::DeactivatedWithAppointments => Permission::CalendarsEditAny,
            Self::DeactivatedWithOpportunities => Permission::OpportunitiesAssign,
            Self::OwnerOutsidePipeline => Permission::OpportunitiesManagePipelines,
            Self::HostWithoutPermission | Self::OwnerWithoutPermission | Self::NothingAssigned => {
                Permission::SettingsEditStaff
            }
        }
    }
}

/// A calendar in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCalendar {
    pub id: CalendarId,
    pub name: String,
    pub kind: CalendarKind,
}

/// A contradiction that was found, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub what: Contradiction,
    pub calendar: Option<FoundCalendar>,
    pub pipeline: Option<(PipelineId, String)>,
    /// Of a calendar without hours, the first host who has none.
    pub member: Option<(MemberId, String)>,
}

impl Finding {
    /// The same as long as it is the same that is found.
    #[must_use]
    pub fn key(&self) -> String {
        let mut key = self.what.key().to_owned();
        let place = self.calendar.as_ref().map(|calendar| calendar.id.to_string());
        let place = place.or_else(|| self.pipeline.as_ref().map(|(id, _)| id.to_string()));
        let member = self.member.as_ref().filter(|_| !self.is_about_calendar()).map(|(id, _)| id.to_string());
        for part in [place, member].into_iter().flatten() {
            key.push('/');
            key.push_str(&part);
        }
        key
    }

    /// What is found is wrong with the calendar, whoever is in it.
    #[must_use]
    pub const fn is_about_calendar(&self) -> bool {
        matches!(self.what, Contradiction::CalendarWithoutHosts | Contradiction::CalendarWithoutHours)
    }

    /// Who or what it is about.
    #[must_use]
    pub fn subject(&self) -> &str {
        match (&self.calendar, &self.member) {
            (Some(calendar), _) if self.is_about_calendar() => &calendar.name,
            (_, Some((_, name))) => name,
            _ => "",
        }
    }

    /// The name of the calendar or pipeline it is in, where that is not what it is about.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        let calendar = self.calendar.as_ref().filter(|_| !self.is_about_calendar());
        let pipeline = self.pipeline.as_ref().map(|(_, name)| name.as_str());
        calendar.map(|calendar| calendar.name.as_str()).or(pipeline)
    }

    /// "Max Mulder (Discovery Call) is in the calendar, but may not see Calendars."
    #[must_use]
    pub fn sentence(&self) -> String {
        let place = self.place().map(|place| format!(" ({place})")).unwrap_or_default();
        format!("{}{place} {}.", self.subject(), self.what.label())
    }
}

/// Somebody in an open calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostFacts {
    pub state: MemberState,
    pub permissions: PermissionSet,
    pub kind: CalendarKind,
    pub weight: u32,
}

impl HostFacts {
    /// Of somebody deactivated nothing else is told: whoever comes back is looked at then. A personal calendar has no other host, and
    /// says so itself.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        if self.state != MemberState::Active {
            return found([(self.kind != CalendarKind::Personal, Contradiction::HostDeactivated)]);
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
    pub state: MemberState,
    pub permissions: PermissionSet,
    pub is_in_pipeline: bool,
}

impl OwnerFacts {
    /// Whoever manages pipelines sees all of them.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        if self.state != MemberState::Active {
            return vec![Contradiction::DeactivatedWithOpportunities];
        }
        let lacks = |permission| !self.permissions.contains(permission);
        let is_outside = !self.is_in_pipeline && lacks(Permission::OpportunitiesManagePipelines);
        found([
            (lacks(Permission::OpportunitiesView), Contradiction::OwnerWithoutPermission),
            (is_outside, Contradiction::OwnerOutsidePipeline),
        ])
    }
}

/// An active member, whatever they are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeFacts {
    pub permissions: PermissionSet,
    /// Whether anything is theirs, or will be by itself: an opportunity, an appointment to come, or a calendar whose bookings go to them.
    pub has_anything: bool,
}

impl ScopeFacts {
    /// What is assigned in other sections, other applications know: it is told of those alone to whom nothing but these is open.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let sections = [
            (Permission::OpportunitiesView, Permission::OpportunitiesAllRecords),
            (Permission::CalendarsView, Permission::CalendarsAllRecords),
        ];
        let open: Vec<_> = sections.iter().filter(|(view, _)| self.permissions.contains(*view)).collect();
        let sees_own_alone = !open.is_empty() && open.iter().all(|(_, all)| !self.permissions.contains(*all));
        found([(sees_own_alone && !self.has_anything, Contradiction::NothingAssigned)])
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
            let personal = HostFacts { state, kind: CalendarKind::Personal, ..HOST };
            assert_eq!(told(personal), [], "the calendar itself says that nobody is in it");
        }
    }

    #[test]
    fn owners_see_what_they_own() {
        let told = |is_in_pipeline, permissions| {
            OwnerFacts { state: MemberState::Active, permissions, is_in_pipeline }.contradictions()
        };
        let user = Role::User.permissions();
        assert_eq!(told(true, user), []);
        assert_eq!(told(false, user), [C::OwnerOutsidePipeline]);
        assert_eq!(told(false, user.with(Permission::OpportunitiesManagePipelines)), []);
        assert_eq!(told(true, PermissionSet::EMPTY), [C::OwnerWithoutPermission]);
        assert_eq!(told(false, PermissionSet::EMPTY), [C::OwnerWithoutPermission, C::OwnerOutsidePipeline]);
        for state in [MemberState::Deactivated, MemberState::Removed] {
            let gone = OwnerFacts { state, permissions: PermissionSet::EMPTY, is_in_pipeline: false };
            assert_eq!(gone.contradictions(), [C::DeactivatedWithOpportunities]);
        }
    }

    #[test]
    fn whoever_sees_only_what_is_assigned_has_something_assigned() {
        use Permission as P;
        let told = |permissions: &[P], has_anything| {
            ScopeFacts { permissions: PermissionSet::of(permissions), has_anything }.contradictions()
        };
        assert_eq!(told(&[P::OpportunitiesView], false), [C::NothingAssigned]);
        assert_eq!(told(&[P::OpportunitiesView, P::CalendarsView], false), [C::NothingAssigned]);
        assert_eq!(told(&[P::OpportunitiesView], true), []);
        assert_eq!(told(&[P::OpportunitiesView, P::OpportunitiesAllRecords], false), []);
        let one_is_open = [P::OpportunitiesView, P::CalendarsView, P::CalendarsAllRecords];
        assert_eq!(told(&one_is_open, false), []);
        assert_eq!(told(&[P::ContactsView], false), [], "other applications know what is assigned there");
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
        assert!(C::ALL.is_sorted(), "as they are listed");
    }

    #[test]
    fn everything_found_is_seen_by_somebody_who_can_do_something_about_it() {
        assert!(C::ALL.iter().all(|what| what.may_see(PermissionSet::everything())));
        assert!(!C::ALL.iter().any(|what| what.may_see(Role::User.permissions())));
        for what in C::ALL {
            let nobody = PermissionSet::everything().without(C::VIEWERS);
            assert!(!what.may_see(nobody), "{what:?} is seen by nobody without the page");
        }
        let kinds = CalendarKind::ALL.map(|kind| C::HostDeactivated.needs(Some(kind)));
        let (robin, all) = (Permission::CalendarsManageRoundRobin, Permission::CalendarsManage);
        assert_eq!(kinds, [robin, all, all]);
    }

    #[test]
    fn a_finding_says_who_and_where_and_keeps_its_key() {
        let calendar = FoundCalendar {
            id: CalendarId(uuid::Uuid::from_u128(7)),
            name: "Discovery Call".into(),
            kind: CalendarKind::RoundRobin,
        };
        let max = (MemberId(uuid::Uuid::from_u128(8)), "Max Mulder".to_owned());
        let host = Finding {
            what: C::HostOfWeightZero,
            calendar: Some(calendar.clone()),
            pipeline: None,
            member: Some(max.clone()),
        };
        let told =
            "Max Mulder (Discovery Call) is in the round robin with weight 0, so no booking goes to them.";
        assert_eq!(host.sentence(), told);
        assert_eq!(host.key(), format!("host_of_weight_zero/{}/{}", calendar.id, max.0));
        let idle = Finding { what: C::CalendarWithoutHours, member: Some(max), ..host };
        let without = Finding { member: None, ..idle.clone() };
        assert_eq!(idle.key(), without.key(), "whoever of them has none");
        assert_eq!(
            idle.sentence(),
            "Discovery Call is open for booking, but has no hours in which somebody can book."
        );
    }
}
