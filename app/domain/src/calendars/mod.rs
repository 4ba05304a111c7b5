//! Calendars: when appointments can start and who gets them; and whether everybody is where they belong.
//!
//! Time zones are a parameter ([`chrono::TimeZone`]): the data about them is large, and only the server has it.

mod contradiction;
mod draw;
mod host;
mod kind;
mod opening;
mod readiness;
mod rules;
mod simulation;
mod slots;
mod span;
mod suggestion;
mod working_hours;

pub use contradiction::{CalendarFacts, Contradiction, HostFacts, OwnerFacts, ScopeFacts};
pub use draw::{BOOKING, Candidate, Turns, draw};
pub use host::{Host, Priority, RAMP_UP_WEEKS, WEIGHTS, check_ramp_up_weeks, check_weight};
pub use kind::CalendarKind;
pub use opening::openings;
pub use readiness::{Places, Readiness, ReadinessFacts, ReadinessItem, readiness};
pub use rules::{
    BUFFER_MINUTES, CalendarRules, CalendarRulesForm, DURATION_MINUTES, HORIZON_DAYS, MINIMUM_NOTICE_MINUTES,
};
pub use simulation::{SIMULATED_BOOKINGS_MAX, simulate};
pub use slots::{HostTime, Slot, slots};
pub use span::{Span, merged};
pub use suggestion::{Colleagues, suggested};
pub use working_hours::{DayInterval, HoursLine, INTERVALS_PER_DAY_MAX, WorkingHours, hours_field};
