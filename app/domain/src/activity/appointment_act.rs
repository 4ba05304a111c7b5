use serde::{Deserialize, Serialize};

use crate::{CalendarId, MemberId};

/// What somebody did with an appointment. Stored for ever, as [`super::Event`] is.
///
/// Times are texts in the account's zone, as they were read then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum AppointmentAct {
    Booked {
        calendar: CalendarId,
        calendar_name: String,
        hosts: Vec<EventHost>,
        at: String,
        by_visitor: bool,
    },
    Moved {
        calendar_name: String,
        hosts: Vec<EventHost>,
        from: String,
        to: String,
        by_visitor: bool,
    },
    Cancelled {
        calendar_name: String,
        hosts: Vec<EventHost>,
        at: String,
        by_visitor: bool,
    },
    Reassigned {
        calendar_name: String,
        from: Vec<EventHost>,
        to: EventHost,
        at: String,
    },
    /// Written by a newer version.
    #[serde(other)]
    Unknown,
}

/// Whom an appointment is with, as they were called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventHost {
    pub member: MemberId,
    pub name: String,
}

impl AppointmentAct {
    /// `name` is the visitor's.
    pub(super) fn sentence(&self, name: &str) -> String {
        match self {
            Self::Booked { calendar_name, hosts, at, by_visitor: true, .. } => {
                format!("took the booking of {name} in “{calendar_name}” with {} on {at}", names(hosts))
            }
            Self::Booked { calendar_name, hosts, at, .. } => {
                format!("booked {name} in “{calendar_name}” with {} on {at}", names(hosts))
            }
            Self::Moved { calendar_name, hosts, from, to, by_visitor } => {
                let whose = whose(*by_visitor);
                let with = names(hosts);
                format!(
                    "moved the appointment of {name} in “{calendar_name}”{whose} from {from} to {to}, with {with}"
                )
            }
            Self::Cancelled { calendar_name, at, by_visitor, .. } => {
                format!(
                    "cancelled the appointment of {name} in “{calendar_name}” on {at}{}",
                    whose(*by_visitor)
                )
            }
            Self::Reassigned { calendar_name, from, to, at } => format!(
                "gave the appointment of {name} in “{calendar_name}” on {at} from {} to {}",
                names(from),
                to.name
            ),
            Self::Unknown => {
                format!("did something with the appointment of {name} that this version cannot read")
            }
        }
    }

    /// The one host; none where there are several.
    pub(super) fn subject(&self) -> Option<MemberId> {
        match self {
            Self::Booked { hosts, .. } | Self::Moved { hosts, .. } | Self::Cancelled { hosts, .. } => {
                match hosts.as_slice() {
                    [host] => Some(host.member),
                    _ => None,
                }
            }
            Self::Reassigned { to, .. } => Some(to.member),
            Self::Unknown => None,
        }
    }
}

const fn whose(by_visitor: bool) -> &'static str {
    if by_visitor { " at the visitor’s wish" } else { "" }
}

fn names(hosts: &[EventHost]) -> String {
    let names: Vec<_> = hosts.iter().map(|host| host.name.as_str()).collect();
    match names.as_slice() {
        [] => "nobody".into(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Area, Event};

    #[test]
    fn what_is_done_with_an_appointment_is_told_in_sentences() {
        let host = |name: &str| EventHost { member: MemberId::default(), name: name.into() };
        let (calendar_name, at) = ("Call".to_owned(), "30 Nov 2026, 09:00".to_owned());
        let hosts = vec![host("Uma Usher"), host("Max Mulder"), host("Nia Novak")];
        let booked = AppointmentAct::Booked {
            calendar: CalendarId::default(),
            calendar_name: calendar_name.clone(),
            hosts,
            at: at.clone(),
            by_visitor: true,
        };
        let given =
            AppointmentAct::Reassigned { calendar_name, from: vec![host("Uma")], to: host("Max"), at };
        let cases = [
            (
                booked,
                "took the booking of Ann in “Call” with Uma Usher, Max Mulder and Nia Novak on 30 Nov 2026, 09:00",
                None,
            ),
            (
                given,
                "gave the appointment of Ann in “Call” on 30 Nov 2026, 09:00 from Uma to Max",
                Some(MemberId::default()),
            ),
        ];
        for (did, sentence, subject) in cases {
            let event = Event::Appointment { appointment: Default::default(), name: "Ann".into(), did };
            assert_eq!((event.sentence().as_str(), event.area()), (sentence, Area::Calendars));
            assert_eq!(event.subject(), subject);
            let json = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
        }
    }
}
