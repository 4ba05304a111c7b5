use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::HeldKind;
use crate::{
    AppointmentId, CalendarId, MemberId, OpportunityId, PermissionSet, PipelineId,
    calendars::{CalendarKind, Candidate, HostTerms, Span},
};

/// An appointment to come, of which whoever leaves is a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldAppointment {
    pub id: AppointmentId,
    pub calendar: CalendarId,
    pub calendar_name: String,
    pub kind: CalendarKind,
    pub visitor: String,
    pub time: Span,
    /// When it begins, as people read it in the account's zone.
    pub at: String,
    pub version: i32,
    /// What drawing its host did to the credits of the round robin.
    pub moves: Vec<(MemberId, i64)>,
    /// Active people who take part in it as well.
    pub others: Vec<MemberId>,
    /// Who has something else then: another appointment, or time off.
    pub unfree: Vec<MemberId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldOpportunity {
    pub id: OpportunityId,
    pub name: String,
    pub pipeline: PipelineId,
    pub pipeline_name: String,
}

/// A calendar of which whoever leaves is a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCalendar {
    pub id: CalendarId,
    pub name: String,
    pub kind: CalendarKind,
    pub is_active: bool,
    pub terms: HostTerms,
    /// The other active hosts.
    pub others: Vec<MemberId>,
}

/// A pipeline that whoever leaves is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPipeline {
    pub id: PipelineId,
    pub name: String,
    /// The other active people in it.
    pub others: Vec<MemberId>,
}

/// Everything that somebody holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// In order of their time.
    pub appointments: Vec<HeldAppointment>,
    pub opportunities: Vec<HeldOpportunity>,
    pub calendars: Vec<HeldCalendar>,
    pub pipelines: Vec<HeldPipeline>,
}

impl Held {
    #[must_use]
    pub fn count(&self, kind: HeldKind) -> u64 {
        let count = match kind {
            HeldKind::Appointments => self.appointments.len(),
            HeldKind::Opportunities => self.opportunities.len(),
            HeldKind::Calendars => self.calendars.len(),
            HeldKind::Pipelines => self.pipelines.len(),
        };
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    /// The kinds of which there is something.
    pub fn kinds(&self) -> impl Iterator<Item = HeldKind> + '_ {
        HeldKind::ALL.into_iter().filter(|kind| self.count(*kind) > 0)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds().next().is_none()
    }
}

/// Somebody active who could get something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    pub name: String,
    pub is_admin: bool,
    /// What they hold for good: an elevation ends while what they got stays.
    pub permissions: PermissionSet,
    /// When the access of a guest ends.
    pub until: Option<DateTime<Utc>>,
}

/// A round robin without whoever leaves; what drawing them did to the credits is taken back.
pub type Round = Vec<Candidate>;

/// What a plan depends on beside what is held.
pub struct Surroundings<'a> {
    /// Everybody active but whoever leaves.
    pub receivers: &'a HashMap<MemberId, Receiver>,
    /// Who is in the pipelines of the opportunities.
    pub in_pipelines: &'a HashMap<PipelineId, Vec<MemberId>>,
    /// Of the calendars of the appointments, where it is asked whose turn it is.
    pub rounds: &'a HashMap<CalendarId, Round>,
    /// Whether somebody works through all of a time.
    pub works: &'a dyn Fn(MemberId, Span) -> bool,
    pub now: DateTime<Utc>,
}
