use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Answer, BookingForm, CalendarKind, Offer, Question};
use crate::{AppointmentId, CalendarId, Colour, Email, LoginId, MemberId, Page, Problem, TimeOffId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentState {
    Booked,
    Cancelled,
}

impl AppointmentState {
    pub const ALL: [Self; 2] = [Self::Booked, Self::Cancelled];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Cancelled => "cancelled",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Booked => "Booked",
            Self::Cancelled => "Cancelled",
        }
    }
}

impl FromStr for AppointmentState {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.key() == key).ok_or(Problem::InvalidChoice)
    }
}

/// Somebody of the staff whom appointments are with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostName {
    pub member: MemberId,
    pub name: String,
    /// With the login's id, the address of the photo; none for people without one.
    pub photo: Option<(LoginId, i32)>,
    pub is_active: bool,
}

/// A calendar, as appointments name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarName {
    pub id: CalendarId,
    pub name: String,
    pub colour: Colour,
    pub kind: CalendarKind,
}

/// One line of the list of appointments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentRow {
    pub id: AppointmentId,
    pub calendar: CalendarName,
    /// By name.
    pub hosts: Vec<HostName>,
    pub visitor_name: String,
    pub visitor_email: Email,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub starts_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub ends_at: DateTime<Utc>,
    pub state: AppointmentState,
}

/// Which appointments the list shows, as it stands in the address of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentFilter {
    /// First and last local day, in the account's zone.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub host: Option<MemberId>,
    pub calendar: Option<CalendarId>,
    pub state: Option<AppointmentState>,
    /// Part of the visitor's name or address.
    #[serde(default)]
    pub search: String,
    /// Counted from 1.
    pub page: u32,
}

/// The list, in order of time, with what it can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentList {
    pub appointments: Page<AppointmentRow>,
    /// Those that the viewer sees, by name.
    pub calendars: Vec<CalendarName>,
    /// Who has appointments or is a host, by name; empty for whoever sees only their own.
    pub hosts: Vec<HostName>,
}

/// Everything an appointment's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentDetails {
    pub row: AppointmentRow,
    pub location: String,
    pub visitor_phone: String,
    pub visitor_notes: String,
    pub answers: Vec<Answer>,
    /// IANA name.
    pub visitor_time_zone: String,
    /// What the staff member who booked it is called; none for the visitor.
    pub booked_by: Option<String>,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub created_at: DateTime<Utc>,
    /// Booked, not begun, and the viewer may move, cancel and give it away.
    pub may_change: bool,
    /// Whom it could be given to: the other hosts of a round robin, for whoever may change it.
    pub other_hosts: Vec<HostName>,
    /// Counts changes, so that two editors notice each other.
    pub version: i32,
}

/// A calendar that somebody may book a visitor into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarChoice {
    pub calendar: CalendarName,
    /// Whom it can be booked with, by name.
    pub hosts: Vec<HostName>,
    pub questions: Vec<Question>,
    /// Whether it can go to whose turn it is; else a host has to be chosen.
    pub by_turn: bool,
}

/// The page on which somebody of the staff books for a visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffBookingPage {
    pub calendar: CalendarChoice,
    pub offer: Offer,
    /// Goes with the form, so that it books once however often it is sent.
    pub request_key: String,
}

/// What somebody of the staff typed for a visitor, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffBookingForm {
    pub booking: BookingForm,
    /// A [`MemberId`]; empty for whose turn it is.
    #[serde(default)]
    pub host: String,
}

/// Which week is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekAsked {
    /// Whose; none for the team's, or one's own where one sees no others.
    pub member: Option<MemberId>,
    /// Any day of it, in the account's zone; none for this week.
    pub day: Option<NaiveDate>,
}

/// A week in the account's time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    pub time_zone: String,
    /// From Monday on.
    pub days: Vec<NaiveDate>,
    /// Which of them is today; none in another week.
    pub today: Option<NaiveDate>,
    /// Whose week it is; none for the team's.
    pub member: Option<HostName>,
    /// Whose weeks can be looked at, by name; empty for whoever sees only their own.
    pub hosts: Vec<HostName>,
    /// In order of their start. What reaches over midnight is there once a day.
    pub entries: Vec<WeekEntry>,
}

/// Something that takes time of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekEntry {
    pub day: NaiveDate,
    /// Minutes since midnight as the clock on the wall shows them; the end is up to 1440.
    pub start_minute: u16,
    pub end_minute: u16,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub starts_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub ends_at: DateTime<Utc>,
    /// Whose time, by name.
    pub hosts: Vec<HostName>,
    pub what: WeekEntryKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekEntryKind {
    Appointment { id: AppointmentId, calendar: CalendarName, visitor_name: String },
    TimeOff { id: TimeOffId, reason: String },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_read_back_and_are_the_wire_form() {
        for state in AppointmentState::ALL {
            assert_eq!(state.key().parse(), Ok(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.key());
        }
        assert!("held".parse::<AppointmentState>().is_err());
    }
}
