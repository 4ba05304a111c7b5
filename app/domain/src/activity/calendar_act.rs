use serde::{Deserialize, Serialize};

use super::{Change, event::list};
use crate::{MemberId, ProfileId, calendars::HostTerms, pipelines::MembershipChoice};

/// What somebody did with a calendar. Stored for ever, as [`super::Event`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum CalendarAct {
    Created,
    Changed {
        changes: Vec<Change>,
    },
    /// Visitors can book from now on, or no longer.
    Switched {
        on: bool,
    },
    Deleted {
        /// Appointments, over or cancelled, that went with it.
        appointments: u64,
    },
    RuleSet {
        profile: ProfileId,
        profile_name: String,
        /// None when it ended.
        terms: Option<HostTerms>,
    },
    MemberSet {
        member: MemberId,
        member_name: String,
        choice: MembershipChoice,
        /// For who is in by hand.
        terms: Option<HostTerms>,
    },
    /// Written by a newer version.
    #[serde(other)]
    Unknown,
}

impl CalendarAct {
    pub(super) fn sentence(&self, name: &str) -> String {
        match self {
            Self::Created => format!("created the calendar “{name}”"),
            Self::Changed { changes } => format!("changed the calendar “{name}”: {}", list(changes)),
            Self::Switched { on: true } => format!("opened the calendar “{name}” for bookings"),
            Self::Switched { on: false } => format!("closed the calendar “{name}” for bookings"),
            Self::Deleted { appointments } => format!("deleted the calendar “{name}”{}", went(*appointments)),
            Self::RuleSet { profile_name, terms: Some(terms), .. } => {
                let weight = terms.weight;
                format!(
                    "made everyone with the profile “{profile_name}” a host of the calendar “{name}”, weight {weight}"
                )
            }
            Self::RuleSet { profile_name, terms: None, .. } => format!(
                "ended that everyone with the profile “{profile_name}” is a host of the calendar “{name}”"
            ),
            Self::MemberSet { member_name, choice, terms, .. } => match choice {
                MembershipChoice::In => {
                    let weight = terms.map(|terms| format!(", weight {}", terms.weight)).unwrap_or_default();
                    format!("made {member_name} a host of the calendar “{name}”{weight}")
                }
                MembershipChoice::Excluded => format!("excluded {member_name} from the calendar “{name}”"),
                MembershipChoice::AsRules => {
                    format!("left it to the rules whether {member_name} is a host of the calendar “{name}”")
                }
            },
            Self::Unknown => {
                format!("did something with the calendar “{name}” that this version cannot read")
            }
        }
    }

    pub(super) fn subject(&self) -> Option<MemberId> {
        match self {
            Self::MemberSet { member, .. } => Some(*member),
            _ => None,
        }
    }
}

fn went(appointments: u64) -> String {
    match appointments {
        0 => String::new(),
        1 => " with its one past appointment".into(),
        many => format!(" with its {many} past appointments"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        activity::{Area, Event},
        calendars::Priority,
    };

    #[test]
    fn what_is_done_with_a_calendar_is_told_in_sentences() {
        let terms = Some(HostTerms { weight: 30, priority: Priority::High, ramp_up_weeks: 0 });
        let (member, member_name) = (MemberId::default(), "Uma Usher".to_owned());
        let cases = [
            (CalendarAct::Switched { on: false }, "closed the calendar “Call” for bookings"),
            (
                CalendarAct::Deleted { appointments: 2 },
                "deleted the calendar “Call” with its 2 past appointments",
            ),
            (
                CalendarAct::MemberSet { member, member_name, choice: MembershipChoice::In, terms },
                "made Uma Usher a host of the calendar “Call”, weight 30",
            ),
        ];
        for (did, sentence) in cases {
            let event = Event::Calendar { calendar: Default::default(), name: "Call".into(), did };
            assert_eq!((event.sentence().as_str(), event.area()), (sentence, Area::Calendars));
            let json = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
        }
    }

    #[test]
    fn an_act_of_a_newer_version_does_not_break_the_log() {
        let json = format!(
            r#"{{"kind":"calendar","calendar":"{}","name":"Call","did":{{"act":"painted","colour":"red"}}}}"#,
            crate::CalendarId::default(),
        );
        let event: Event = serde_json::from_str(&json).unwrap();
        assert!(event.sentence().starts_with("did something with the calendar “Call”"));
    }
}
