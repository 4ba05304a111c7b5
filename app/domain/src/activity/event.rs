use serde::{Deserialize, Serialize};

use super::{AppointmentAct, Area, BillingAct, CalendarAct, Change, OpportunityAct, PipelineAct};
use crate::{
    AccessReviewId, AppointmentId, CalendarId, ElevationId, Email, InvitationId, LeavingId, MemberId,
    OpportunityId, PipelineId, ProfileId, Role,
    calendars::PlaceKind,
    permissions::ElevationTime,
    staff::{
        Verdict,
        leaving::{HeldKind, LeavingWay},
    },
    words::joined,
};

/// One thing that somebody did. The sentence in the log derives from it; so will webhook payloads.
///
/// Stored for ever: a variant may gain optional fields, but is never renamed or given another meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Event {
    AccountCreated {
        name: String,
    },
    AccountChanged {
        changes: Vec<Change>,
    },
    SignedIn {
        device: String,
        ip_address: String,
    },
    SignedOut,
    SessionsEnded {
        count: u32,
    },
    PasswordChanged,
    PasswordReset,
    EmailChanged {
        from: Email,
        to: Email,
    },
    OwnProfileChanged {
        changes: Vec<Change>,
    },
    PhotoChanged,
    PhotoRemoved,
    StaffInvited {
        invitation: InvitationId,
        name: String,
        email: Email,
        role: Role,
        /// Names of where joining will put them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        places: Vec<String>,
    },
    InvitationChanged {
        invitation: InvitationId,
        name: String,
        changes: Vec<Change>,
    },
    InvitationResent {
        invitation: InvitationId,
        name: String,
        email: Email,
    },
    /// Shown to whoever asked for it, to be copied. (The name is as it is stored.)
    InvitationLinkCopied {
        invitation: InvitationId,
        name: String,
    },
    /// At the wish of somebody who opened a link that was shown.
    InvitationMailed {
        invitation: InvitationId,
        name: String,
        email: Email,
    },
    InvitationRevoked {
        invitation: InvitationId,
        name: String,
        email: Email,
    },
    InvitationAskedAgain {
        invitation: InvitationId,
        name: String,
        email: Email,
    },
    InvitationFailed {
        invitation: InvitationId,
        name: String,
        email: Email,
        reason: String,
    },
    StaffJoined {
        member: MemberId,
        name: String,
        email: Email,
        role: Role,
        /// Names of where they are from the first moment.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        places: Vec<String>,
    },
    StaffChanged {
        member: MemberId,
        name: String,
        changes: Vec<Change>,
    },
    /// A guest's last day is over.
    GuestEnded {
        member: MemberId,
        name: String,
        /// As people read it.
        last_day: String,
    },
    StaffDeactivated {
        member: MemberId,
        name: String,
    },
    StaffReactivated {
        member: MemberId,
        name: String,
    },
    StaffRemoved {
        member: MemberId,
        name: String,
        email: Email,
    },
    StaffSessionsEnded {
        member: MemberId,
        name: String,
        count: u32,
    },
    StaffImported {
        file_name: String,
        invited: u32,
        not_invited: u32,
    },
    ProfileCreated {
        profile: ProfileId,
        name: String,
    },
    ProfileChanged {
        profile: ProfileId,
        name: String,
        changes: Vec<Change>,
        /// Collected in a draft, and applied in one step.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        from_draft: bool,
    },
    ProfileDeleted {
        profile: ProfileId,
        name: String,
        /// Members who held it.
        people: u64,
        /// What they, and the people invited to it, got instead; none when nobody held it.
        replacement: Option<String>,
    },
    /// They looked at Steward as somebody with this profile or role, or as this person, would see it.
    PreviewStarted {
        label: String,
    },
    ActivityExported {
        rows: u64,
    },
    ActivityVerified {
        rows: u64,
        intact: bool,
    },
    StaffLeft {
        member: MemberId,
        name: String,
        email: Email,
    },
    /// Although nobody used it.
    PermissionKept {
        permission: String,
        /// Whose: a profile's or a person's name.
        of: String,
        member: Option<MemberId>,
        profile: Option<ProfileId>,
        note: String,
    },
    PermissionNotKept {
        permission: String,
        of: String,
        member: Option<MemberId>,
        profile: Option<ProfileId>,
    },
    AccessReviewStarted {
        review: AccessReviewId,
        people: u64,
    },
    AccessReviewed {
        review: AccessReviewId,
        name: String,
        member: Option<MemberId>,
        verdict: Verdict,
        note: String,
    },
    AccessReviewFinished {
        review: AccessReviewId,
        people: u64,
    },
    /// By the one who needs it; `permission` is its label then.
    ElevationAsked {
        elevation: ElevationId,
        permission: String,
        note: String,
    },
    ElevationGranted {
        elevation: ElevationId,
        member: MemberId,
        name: String,
        permission: String,
        time: ElevationTime,
    },
    ElevationRefused {
        elevation: ElevationId,
        member: MemberId,
        name: String,
        permission: String,
    },
    /// Taken back before its end.
    ElevationWithdrawn {
        elevation: ElevationId,
        member: MemberId,
        name: String,
        permission: String,
    },
    /// By itself.
    ElevationEnded {
        elevation: ElevationId,
        member: MemberId,
        name: String,
        permission: String,
    },
    /// Somebody did something with a pipeline, which was called so then.
    Pipeline {
        pipeline: PipelineId,
        name: String,
        did: PipelineAct,
    },
    /// Somebody did something with an opportunity, which was called so then.
    Opportunity {
        opportunity: OpportunityId,
        name: String,
        did: OpportunityAct,
    },
    /// Somebody did something with a calendar, which was called so then.
    Calendar {
        calendar: CalendarId,
        name: String,
        did: CalendarAct,
    },
    /// Somebody did something with an appointment; the name is the visitor's.
    Appointment {
        appointment: AppointmentId,
        name: String,
        did: AppointmentAct,
    },
    /// Their own when nobody else is named.
    HoursSet {
        member: MemberId,
        name: String,
        is_own: bool,
    },
    TimeOffAdded {
        member: MemberId,
        name: String,
        is_own: bool,
        /// From when to when, as people read it in the account's zone.
        time: String,
    },
    TimeOffRemoved {
        member: MemberId,
        name: String,
        is_own: bool,
        time: String,
    },
    /// Somebody was said to need no calendar, or no pipeline.
    NoPlaceNeeded {
        member: MemberId,
        name: String,
        place: PlaceKind,
    },
    /// What somebody held went to others, to nobody, or was cancelled. The receipt says what became of what.
    HandedOver {
        leaving: LeavingId,
        member: MemberId,
        name: String,
        appointments: u64,
        opportunities: u64,
        calendars: u64,
        pipelines: u64,
    },
    /// Somebody has back what still stood where their leaving had put it.
    LeavingUndone {
        leaving: LeavingId,
        member: MemberId,
        name: String,
        way: LeavingWay,
        returned: u64,
        left_alone: u64,
    },
    /// Something happened with a plan, an invoice or a card.
    Billing {
        did: BillingAct,
    },
    /// Written by a newer version, or not readable any more.
    #[serde(other)]
    Unknown,
}

impl Event {
    #[must_use]
    pub fn area(&self) -> Area {
        match self {
            Self::AccountCreated { .. } | Self::AccountChanged { .. } => Area::Account,
            Self::SignedIn { .. }
            | Self::SignedOut
            | Self::SessionsEnded { .. }
            | Self::PasswordChanged
            | Self::PasswordReset
            | Self::EmailChanged { .. }
            | Self::OwnProfileChanged { .. }
            | Self::PhotoChanged
            | Self::PhotoRemoved => Area::Identity,
            Self::ActivityExported { .. } | Self::ActivityVerified { .. } | Self::Unknown => Area::Activity,
            Self::ProfileCreated { .. }
            | Self::ProfileChanged { .. }
            | Self::ProfileDeleted { .. }
            | Self::PreviewStarted { .. }
            | Self::PermissionKept { .. }
            | Self::PermissionNotKept { .. }
            | Self::ElevationAsked { .. }
            | Self::ElevationGranted { .. }
            | Self::ElevationRefused { .. }
            | Self::ElevationWithdrawn { .. }
            | Self::ElevationEnded { .. } => Area::Permissions,
            Self::Pipeline { .. } | Self::Opportunity { .. } => Area::Pipelines,
            Self::Billing { .. } => Area::Billing,
            Self::Calendar { .. }
            | Self::Appointment { .. }
            | Self::HoursSet { .. }
            | Self::TimeOffAdded { .. }
            | Self::TimeOffRemoved { .. } => Area::Calendars,
            _ => Area::Staff,
        }
    }

    /// What happened, to follow the name of who did it: "invited Uma Usher (uma@example.com) as User".
    #[must_use]
    #[allow(
        clippy::too_many_lines,
        reason = "one line an event; splitting it would only hide what is missing"
    )]
    pub fn sentence(&self) -> String {
        match self {
            Self::AccountCreated { name } => format!("created the account “{name}”"),
            Self::AccountChanged { changes } => format!("changed the account: {}", list(changes)),
            Self::SignedIn { device, ip_address } => format!("signed in with {device} from {ip_address}"),
            Self::SignedOut => "signed out".into(),
            Self::SessionsEnded { count } => format!("ended {} of their own", sessions(*count)),
            Self::PasswordChanged => "changed their password".into(),
            Self::PasswordReset => "reset their password by mail".into(),
            Self::EmailChanged { from, to } => format!("changed their e-mail from {from} to {to}"),
            Self::OwnProfileChanged { changes } => format!("changed their profile: {}", list(changes)),
            Self::PhotoChanged => "changed their photo".into(),
            Self::PhotoRemoved => "removed their photo".into(),
            Self::ActivityExported { rows } => format!("exported {rows} rows of activity"),
            Self::ActivityVerified { rows, intact: true } => {
                format!("verified the activity log: {rows} rows, none altered")
            }
            Self::ActivityVerified { rows, intact: false } => {
                format!("verified the activity log: a break was found after {rows} good rows")
            }
            Self::ProfileCreated { name, .. } => format!("created the profile “{name}”"),
            Self::ProfileChanged { name, changes, from_draft, .. } => {
                let how = if *from_draft { " from a draft" } else { "" };
                format!("changed the profile “{name}”{how}: {}", list(changes))
            }
            Self::ProfileDeleted { name, replacement: None, .. } => format!("deleted the profile “{name}”"),
            Self::ProfileDeleted { name, people, replacement: Some(to), .. } => {
                let holders = if *people == 1 { "holder has" } else { "holders have" };
                format!("deleted the profile “{name}”; its {people} {holders} “{to}” now")
            }
            Self::PreviewStarted { label } => format!("looked at Steward as “{label}” would see it"),
            Self::StaffInvited { name, email, role, places, .. } => {
                format!("invited {name} ({email}) as {role}{}", listed(" for ", places))
            }
            Self::InvitationChanged { name, changes, .. } => {
                format!("changed the invitation of {name}: {}", list(changes))
            }
            Self::InvitationResent { name, email, .. } => {
                format!("sent {name} ({email}) a new invitation link")
            }
            Self::InvitationLinkCopied { name, .. } => format!("showed the invitation link of {name}"),
            Self::InvitationMailed { name, email, .. } => {
                format!(
                    "mailed the invitation of {name} ({email}) again, for whoever opened a link that was shown"
                )
            }
            Self::InvitationRevoked { name, email, .. } => {
                format!("revoked the invitation of {name} ({email})")
            }
            Self::InvitationAskedAgain { name, email, .. } => {
                format!("took the request of {name} ({email}) for a new invitation link")
            }
            Self::InvitationFailed { name, email, reason, .. } => {
                format!("could not deliver the invitation of {name} ({email}): {reason}")
            }
            Self::StaffJoined { email, role, places, .. } => {
                format!("joined the account as {role} ({email}){}", listed(", in ", places))
            }
            Self::StaffChanged { name, changes, .. } => format!("changed {name}: {}", list(changes)),
            Self::GuestEnded { name, last_day, .. } => {
                format!("ended the access of {name}, whose last day was {last_day}")
            }
            Self::StaffDeactivated { name, .. } => format!("deactivated {name}"),
            Self::StaffReactivated { name, .. } => format!("reactivated {name}"),
            Self::StaffRemoved { name, email, .. } => format!("removed {name} ({email})"),
            Self::StaffSessionsEnded { name, count, .. } => format!("ended {} of {name}", sessions(*count)),
            Self::StaffImported { file_name, invited, not_invited } => {
                format!("imported “{file_name}”: {invited} invited, {not_invited} not")
            }
            Self::StaffLeft { email, .. } => format!("left the account ({email})"),
            Self::PermissionKept { permission, of, note, .. } => {
                format!("keeps “{permission}” of {of} although it is not used: {note}")
            }
            Self::PermissionNotKept { permission, of, .. } => {
                format!("took back that “{permission}” of {of} is kept")
            }
            Self::AccessReviewStarted { people, .. } => {
                format!("started an access review of {people} people")
            }
            Self::AccessReviewed { name, verdict, note, .. } => reviewed(name, *verdict, note),
            Self::AccessReviewFinished { people, .. } => {
                format!("finished the access review of {people} people")
            }
            Self::ElevationAsked { permission, note, .. } => {
                let note = if note.is_empty() { String::new() } else { format!(": {note}") };
                format!("asked for “{permission}”{note}")
            }
            Self::ElevationGranted { name, permission, time, .. } => {
                format!("gave {name} “{permission}” {}", time.label())
            }
            Self::ElevationRefused { name, permission, .. } => format!("refused {name} “{permission}”"),
            Self::ElevationWithdrawn { name, permission, .. } => {
                format!("took “{permission}” back from {name}")
            }
            Self::ElevationEnded { name, permission, .. } => {
                format!("ended “{permission}” of {name}: the time was over")
            }
            Self::Pipeline { name, did, .. } => did.sentence(name),
            Self::Opportunity { name, did, .. } => did.sentence(name),
            Self::Billing { did } => did.sentence(),
            Self::Calendar { name, did, .. } => did.sentence(name),
            Self::Appointment { name, did, .. } => did.sentence(name),
            Self::HoursSet { name, is_own, .. } => format!("set {} working hours", whose(name, *is_own)),
            Self::TimeOffAdded { name, is_own, time, .. } => {
                format!("blocked {} time: {time}", whose(name, *is_own))
            }
            Self::TimeOffRemoved { name, is_own, time, .. } => {
                format!("opened {} blocked time again: {time}", whose(name, *is_own))
            }
            Self::NoPlaceNeeded { name, place, .. } => format!("said that {name} needs no {}", place.key()),
            Self::HandedOver { name, appointments, opportunities, calendars, pipelines, .. } => {
                let counts = [*appointments, *opportunities, *calendars, *pipelines];
                format!("saw to what {name} held: {}", held(counts))
            }
            Self::LeavingUndone { name, way, returned, left_alone, .. } => {
                undone(name, *way, *returned, *left_alone)
            }
            Self::Unknown => "did something that this version cannot read".into(),
        }
    }

    /// The member it happened to, when that is somebody else than who did it.
    #[must_use]
    pub fn subject(&self) -> Option<MemberId> {
        match self {
            Self::StaffJoined { member, .. }
            | Self::StaffChanged { member, .. }
            | Self::GuestEnded { member, .. }
            | Self::StaffDeactivated { member, .. }
            | Self::StaffReactivated { member, .. }
            | Self::StaffRemoved { member, .. }
            | Self::StaffLeft { member, .. }
            | Self::HandedOver { member, .. }
            | Self::LeavingUndone { member, .. }
            | Self::StaffSessionsEnded { member, .. }
            | Self::ElevationGranted { member, .. }
            | Self::ElevationRefused { member, .. }
            | Self::ElevationWithdrawn { member, .. }
            | Self::ElevationEnded { member, .. } => Some(*member),
            Self::PermissionKept { member, .. }
            | Self::PermissionNotKept { member, .. }
            | Self::AccessReviewed { member, .. } => *member,
            Self::Pipeline { did, .. } => did.subject(),
            Self::Opportunity { did, .. } => did.subject(),
            Self::Calendar { did, .. } => did.subject(),
            Self::Appointment { did, .. } => did.subject(),
            Self::NoPlaceNeeded { member, .. }
            | Self::HoursSet { member, is_own: false, .. }
            | Self::TimeOffAdded { member, is_own: false, .. }
            | Self::TimeOffRemoved { member, is_own: false, .. } => Some(*member),
            _ => None,
        }
    }
}

fn reviewed(name: &str, verdict: Verdict, note: &str) -> String {
    let decided = match verdict {
        Verdict::Keep => "keep",
        Verdict::Change => "change",
        Verdict::End => "end",
    };
    let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
    format!("reviewed the access of {name}: {decided}{note}")
}

/// "12 appointments to come, 3 opportunities and 1 calendar"; in the order of [`HeldKind::ALL`].
fn held(counts: [u64; 4]) -> String {
    let kinds = HeldKind::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    joined(&kinds.map(|(kind, count)| kind.counted(count)).collect::<Vec<_>>())
}

fn undone(name: &str, way: LeavingWay, returned: u64, left_alone: u64) -> String {
    let things = |count| if count == 1 { "1 thing".to_owned() } else { format!("{count} things") };
    let told = match (returned, left_alone) {
        (0, 0) => String::new(),
        (returned, 0) => format!(": {} given back", things(returned)),
        (returned, left) => {
            format!(": {} given back, {} left as they are now", things(returned), things(left))
        }
    };
    match way {
        LeavingWay::HandOver => format!("undid the handing over of what {name} held{told}"),
        _ => format!("undid the leaving of {name}{told}"),
    }
}

pub(super) fn list(changes: &[Change]) -> String {
    changes.iter().map(Change::sentence).collect::<Vec<_>>().join("; ")
}

/// ` for Sales and Support`; nothing for none.
fn listed(before: &str, names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("{before}{}", joined(names)) }
}

fn whose(name: &str, is_own: bool) -> String {
    if is_own { "their own".into() } else { format!("{name}’s") }
}

fn sessions(count: u32) -> String {
    if count == 1 { "1 session".into() } else { format!("{count} sessions") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_newer_version_wrote_does_not_break_the_log() {
        let event: Event = serde_json::from_str(r#"{"kind":"plan_changed","to":"Pro"}"#).unwrap();
        assert_eq!(event, Event::Unknown);
    }

    #[test]
    fn events_read_back_as_themselves_and_say_old_and_new_values() {
        let changes = vec![
            Change { what: "phone".into(), from: String::new(), to: "+13035550100".into() },
            Change { what: "last name".into(), from: "Usher".into(), to: "Ulmer".into() },
        ];
        let member = uuid::Uuid::from_u128(7).into();
        let event = Event::StaffChanged { member, name: "Uma Usher".into(), changes };
        let sentence = "changed Uma Usher: phone set to “+13035550100”; last name from “Usher” to “Ulmer”";
        assert_eq!(event.sentence(), sentence);
        assert_eq!(event.subject(), Some(member));
        assert_eq!(event.area(), Area::Staff);
        let json = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
    }

    #[test]
    fn that_somebody_needs_no_place_is_told_of_them() {
        let member = MemberId::default();
        let event = Event::NoPlaceNeeded { member, name: "Uma Usher".into(), place: PlaceKind::Pipeline };
        assert_eq!(event.sentence(), "said that Uma Usher needs no pipeline");
        assert_eq!((event.subject(), event.area()), (Some(member), Area::Staff));
    }

    #[test]
    fn what_becomes_of_a_request_is_told_in_sentences() {
        let (elevation, member) = (ElevationId::default(), MemberId::default());
        let (name, permission) = (|| "Uma Usher".to_owned(), || "Export contacts".to_owned());
        let note = "For the auditors".into();
        let told = [
            Event::ElevationAsked { elevation, permission: permission(), note },
            Event::ElevationAsked { elevation, permission: permission(), note: String::new() },
            Event::ElevationGranted {
                elevation,
                member,
                name: name(),
                permission: permission(),
                time: ElevationTime::Day,
            },
            Event::ElevationRefused { elevation, member, name: name(), permission: permission() },
            Event::ElevationWithdrawn { elevation, member, name: name(), permission: permission() },
            Event::ElevationEnded { elevation, member, name: name(), permission: permission() },
        ];
        let sentences: Vec<_> = told.iter().map(Event::sentence).collect();
        assert_eq!(
            sentences,
            [
                "asked for “Export contacts”: For the auditors",
                "asked for “Export contacts”",
                "gave Uma Usher “Export contacts” for a day",
                "refused Uma Usher “Export contacts”",
                "took “Export contacts” back from Uma Usher",
                "ended “Export contacts” of Uma Usher: the time was over",
            ]
        );
        assert!(told.iter().all(|event| event.area() == Area::Permissions));
        assert!(told[2..].iter().all(|event| event.subject() == Some(member)));
    }

    #[test]
    fn leaving_is_told_with_what_went_to_others_and_what_came_back() {
        let (leaving, member, name) = (LeavingId::default(), MemberId::default(), "Uma Usher".to_owned());
        let undone = |way, returned, left_alone| Event::LeavingUndone {
            leaving,
            member,
            name: name.clone(),
            way,
            returned,
            left_alone,
        };
        let given = Event::HandedOver {
            leaving,
            member,
            name: name.clone(),
            appointments: 12,
            opportunities: 1,
            calendars: 0,
            pipelines: 2,
        };
        let [remove, hand_over] = [LeavingWay::Remove, LeavingWay::HandOver];
        let told = [
            given,
            undone(remove, 15, 0),
            undone(remove, 1, 14),
            undone(remove, 0, 0),
            undone(hand_over, 2, 0),
        ];
        let sentences: Vec<_> = told.iter().map(Event::sentence).collect();
        assert_eq!(
            sentences,
            [
                "saw to what Uma Usher held: 12 appointments to come, 1 opportunity and 2 pipelines",
                "undid the leaving of Uma Usher: 15 things given back",
                "undid the leaving of Uma Usher: 1 thing given back, 14 things left as they are now",
                "undid the leaving of Uma Usher",
                "undid the handing over of what Uma Usher held: 2 things given back",
            ]
        );
        assert!(told.iter().all(|event| event.area() == Area::Staff && event.subject() == Some(member)));
        for event in told {
            let json = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
        }
    }
}
