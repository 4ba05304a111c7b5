//! Calendars: when appointments can start and who gets them; and whether everybody is where they belong.
//!
//! Time zones are a parameter ([`chrono::TimeZone`]): the data about them is large, and only the server has it.

mod appointment;
mod availability;
mod booking;
mod calendar;
mod contradiction;
mod draw;
mod host;
mod kind;
mod opening;
mod question;
mod readiness;
mod rules;
mod simulation;
mod slots;
mod span;
mod suggestion;
mod terms;
mod working_hours;

pub use appointment::{
    AppointmentDetails, AppointmentFilter, AppointmentList, AppointmentRow, AppointmentState, CalendarChoice,
    CalendarName, HostName, StaffBookingForm, StaffBookingPage, Week, WeekAsked, WeekEntry, WeekEntryKind,
};
pub use availability::{
    HoursForm, LocalTimeOff, MemberHours, MemberTimeOff, REASON_MAX_CHARS, TIMES_OFF_MAX, TimeOff,
    TimeOffAdded, TimeOffForm,
};
pub use booking::{
    BookingForm, BookingPage, OFFERED_DAYS, Offer, OfferAsked, OfferedDay, PublicCalendar,
    VISITOR_NAME_MAX_CHARS, VISITOR_PHONE_MAX_CHARS, Visitor, VisitorAppointment, instant,
};
pub use calendar::{
    CALENDAR_DESCRIPTION_MAX_CHARS, CALENDAR_NAME_MAX_CHARS, CALENDARS_MAX, Calendar, CalendarDeletion,
    CalendarDetails, CalendarForm, CalendarPerson, CalendarRow, CalendarRule, CalendarSettings,
    CalendarWords, LOCATION_MAX_CHARS,
};
pub use contradiction::{
    CalendarFacts, Contradiction, Finding, FoundCalendar, HostFacts, OwnerFacts, ScopeFacts,
};
pub use draw::{BOOKING, Candidate, Turns, draw, drawn};
pub use host::{Host, Priority, RAMP_UP_WEEKS, WEIGHTS, check_ramp_up_weeks, check_weight};
pub use kind::CalendarKind;
pub use opening::{covers, openings};
pub use question::{
    Answer, LONG_ANSWER_MAX_CHARS, QUESTION_MAX_CHARS, QUESTIONS_MAX, Question, QuestionForm, QuestionKind,
    SHORT_ANSWER_MAX_CHARS, question_field,
};
pub use readiness::{
    PlaceKind, Places, Readiness, ReadinessFacts, ReadinessItem, missing, missing_words, readiness,
};
pub use rules::{
    BUFFER_MINUTES, CalendarRules, CalendarRulesForm, DURATION_MINUTES, HORIZON_DAYS, MINIMUM_NOTICE_MINUTES,
};
pub use simulation::{SIMULATED_BOOKINGS_MAX, simulate};
pub use slots::{HostTime, Slot, slots};
pub use span::{Span, merged};
pub use suggestion::{Colleagues, suggested};
pub use terms::{DEFAULT_WEIGHT, HostProposal, HostTerms, HostTermsForm, SimulatedHost};
pub use working_hours::{DayInterval, HoursLine, INTERVALS_PER_DAY_MAX, WorkingHours, hours_field};
