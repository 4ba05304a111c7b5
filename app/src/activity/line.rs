//! One line of the log, cut into the parts that a page shows: made on the server, so that browsers need not know all events.

use domain::{
    LeavingId, MemberId, When,
    activity::{ActivityRow, Change, Event},
    staff::leaving::LeavingWay,
};
use serde::{Deserialize, Serialize};

/// Somebody with a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub id: MemberId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityLine {
    pub number: i64,
    pub when: When,
    pub actor_name: String,
    /// None for Steward itself and the operator.
    pub actor: Option<MemberId>,
    /// What happened, up to the name of the person it happened to.
    pub sentence: String,
    /// The person it happened to, when that is somebody else.
    pub subject: Option<Named>,
    /// The rest of the sentence.
    pub after: String,
    pub changes: Vec<Change>,
    /// Where it stands in full what went to whom.
    pub receipt: Option<LeavingId>,
}

impl ActivityLine {
    pub fn new(row: ActivityRow, when: When) -> Self {
        let ActivityRow { number, member, actor_name, mut event, .. } = row;
        let changes = take_changes(&mut event);
        let mut sentence = event.sentence();
        if !changes.is_empty()
            && let Some(head) = sentence.strip_suffix(": ")
        {
            sentence = head.to_owned();
        }
        let mut line = Self {
            number,
            when,
            actor_name,
            actor: member,
            sentence,
            subject: None,
            after: String::new(),
            changes,
            receipt: receipt(&event),
        };
        line.point_out(&event);
        line
    }

    /// Cuts the subject's name out of the sentence.
    fn point_out(&mut self, event: &Event) {
        let Some((id, name, after)) = subject(event) else { return };
        let head = self.sentence.strip_suffix(&format!("{name}{after}")).map(str::to_owned);
        if let (Some(head), false) = (head, name.is_empty()) {
            self.subject = Some(Named { id, name: name.to_owned() });
            (self.sentence, self.after) = (head, after);
        }
    }
}

/// Old and new values, which the page shows by themselves.
fn take_changes(event: &mut Event) -> Vec<Change> {
    match event {
        Event::AccountChanged { changes }
        | Event::OwnProfileChanged { changes }
        | Event::InvitationChanged { changes, .. }
        | Event::StaffChanged { changes, .. } => std::mem::take(changes),
        _ => Vec::new(),
    }
}

fn receipt(event: &Event) -> Option<LeavingId> {
    match event {
        Event::HandedOver { leaving, .. } | Event::LeavingUndone { leaving, .. } => Some(*leaving),
        _ => None,
    }
}

/// Whom it happened to, their name, and what follows the name in the sentence.
fn subject(event: &Event) -> Option<(MemberId, &str, String)> {
    match event {
        Event::StaffChanged { member, name, .. }
        | Event::GuestEnded { member, name, .. }
        | Event::StaffDeactivated { member, name }
        | Event::StaffReactivated { member, name }
        | Event::StaffSessionsEnded { member, name, .. } => Some((*member, name, String::new())),
        Event::ElevationWithdrawn { member, name, .. } => Some((*member, name, String::new())),
        Event::ElevationGranted { member, name, permission, time, .. } => {
            Some((*member, name, format!(" “{permission}” {}", time.label())))
        }
        Event::ElevationRefused { member, name, permission, .. } => {
            Some((*member, name, format!(" “{permission}”")))
        }
        Event::ElevationEnded { member, name, .. } => Some((*member, name, ": the time was over".to_owned())),
        Event::NoPlaceNeeded { member, name, place } => {
            Some((*member, name, format!(" needs no {}", place.key())))
        }
        Event::HandedOver { member, name, .. } => Some((*member, name, rest(event, "saw to what ", name)?)),
        Event::LeavingUndone { member, name, way, .. } => {
            let head = match way {
                LeavingWay::HandOver => "undid the handing over of what ",
                _ => "undid the leaving of ",
            };
            Some((*member, name, rest(event, head, name)?))
        }
        Event::StaffRemoved { member, name, email } => Some((*member, name, format!(" ({email})"))),
        _ => None,
    }
}

/// What follows the name in a sentence that begins with `head`.
fn rest(event: &Event, head: &str, name: &str) -> Option<String> {
    Some(event.sentence().strip_prefix(head)?.strip_prefix(name)?.to_owned())
}

#[cfg(test)]
mod tests {
    use domain::Email;

    use super::*;

    fn line(event: Event) -> ActivityLine {
        let at = chrono::DateTime::UNIX_EPOCH;
        let row = ActivityRow { number: 1, at, member: None, actor_name: "Olive".into(), event };
        ActivityLine::new(row, When { exact: at.to_rfc3339(), text: "then".into() })
    }

    fn member() -> MemberId {
        "0190a8f0-0000-7000-8000-000000000000".parse().unwrap()
    }

    #[test]
    fn names_and_values_are_cut_out_of_the_sentence() {
        let change = Change { what: "role".into(), from: "User".into(), to: "Admin".into() };
        let line =
            line(Event::StaffChanged { member: member(), name: "Uma".into(), changes: vec![change.clone()] });
        assert_eq!((line.sentence.as_str(), line.after.as_str()), ("changed ", ""));
        assert_eq!(line.subject, Some(Named { id: member(), name: "Uma".into() }));
        assert_eq!(line.changes, [change]);
    }

    #[test]
    fn a_name_that_is_part_of_the_other_words_is_not_taken_for_them() {
        let removed = Event::StaffRemoved {
            member: member(),
            name: "re".into(),
            email: Email::parse("re@example.com").unwrap(),
        };
        let line = line(removed);
        assert_eq!((line.sentence.as_str(), line.after.as_str()), ("removed ", " (re@example.com)"));
        assert_eq!(line.subject.map(|subject| subject.name).as_deref(), Some("re"));
    }

    #[test]
    fn what_was_handed_over_leads_to_its_receipt() {
        let leaving = "0190a8f0-0000-7000-8000-000000000001".parse().unwrap();
        let name = "Uma Usher".to_owned();
        for (way, after) in [
            (LeavingWay::Deactivate, ": 3 things given back"),
            (LeavingWay::HandOver, " held: 3 things given back"),
        ] {
            let (member, name) = (member(), name.clone());
            let line = line(Event::LeavingUndone { leaving, member, name, way, returned: 3, left_alone: 0 });
            assert_eq!((line.receipt, line.after.as_str()), (Some(leaving), after));
            assert_eq!(line.subject.map(|subject| subject.name).as_deref(), Some("Uma Usher"));
        }
    }

    #[test]
    fn the_parts_together_say_what_the_event_says() {
        let event = Event::StaffSessionsEnded { member: member(), name: "Max Miller".into(), count: 2 };
        let whole = event.sentence();
        let line = line(event);
        let name = line.subject.map(|subject| subject.name).unwrap_or_default();
        assert_eq!(format!("{}{name}{}", line.sentence, line.after), whole);
    }
}
