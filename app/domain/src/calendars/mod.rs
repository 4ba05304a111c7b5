//! Calendars: when appointments can start, and who gets them.
//!
//! Time zones are a parameter ([`chrono::TimeZone`]): the data about them is large, and only the server has it.

mod kind;
mod opening;
mod rules;
mod slots;
mod span;
mod working_hours;

pub use kind::CalendarKind;
pub use opening::openings;
pub use rules::{
    BUFFER_MINUTES, CalendarRules, CalendarRulesForm, DURATION_MINUTES, HORIZON_DAYS, MINIMUM_NOTICE_MINUTES,
};
pub use slots::{HostTime, Slot, slots};
pub use span::{Span, merged};
pub use working_hours::{DayInterval, HoursLine, INTERVALS_PER_DAY_MAX, WorkingHours, hours_field};
