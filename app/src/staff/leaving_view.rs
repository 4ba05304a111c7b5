//! What the pages about leaving show, in words: made on the server, so that browsers need not know the rules.

use chrono::{DateTime, Utc};
use domain::{
    AppointmentId, CalendarId, LeavingId, MemberId, OpportunityId, Page, Permission, PersonName, PipelineId,
    Refusal, When,
    staff::leaving::{
        Answer, HeldKind, HeldPart, LeavingLine, LeavingPage, LeavingSummary, LeavingWay, Planned,
        PossibleReceiver, Receipt, ReceiptItem, ReceiptSum, Returned,
    },
    words::joined,
};
use serde::{Deserialize, Serialize};

use crate::paths;

/// The page that asks who gets what somebody holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LeavingView {
    pub member: MemberId,
    pub name: String,
    /// [`LeavingWay::key`].
    pub way: String,
    pub title: String,
    /// What happens to whoever goes.
    pub consequence: String,
    /// What the button says that does it.
    pub verb: String,
    pub parts: Vec<PartView>,
    pub planned: Option<PlannedView>,
}

/// What there is of one kind, and what can become of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartView {
    /// [`HeldKind::key`]: the name of the answer's field.
    pub key: String,
    pub title: String,
    pub about: String,
    /// What the viewer lacks to decide about it.
    pub missing: Option<Permission>,
    pub question: String,
    pub choices: Vec<ChoiceView>,
    pub who: String,
    pub people: Vec<ChoiceView>,
    /// How many people are shown, where that is not all of them.
    pub shown: Option<String>,
    pub problem: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChoiceView {
    pub value: String,
    pub label: String,
    pub about: Option<String>,
    pub is_chosen: bool,
}

/// What will happen, exactly.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlannedView {
    pub sums: Vec<SumView>,
    pub closed: Option<String>,
    pub seen: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SumView {
    pub what: String,
    pub becomes: String,
}

impl LeavingView {
    pub fn new(page: LeavingPage, account: &str) -> Self {
        let LeavingPage { member, way, parts, receivers, planned } = page;
        let (name, first) = (member.name.full(), member.name.first);
        let part = |part: HeldPart| PartView::new(part, &receivers, &first);
        Self {
            member: member.id,
            way: way.key().to_owned(),
            title: title(way, &name, account),
            consequence: consequence(way, &first, account),
            verb: verb(way, &first, account),
            parts: parts.into_iter().map(part).collect(),
            planned: planned.map(|planned| PlannedView::new(planned, &first)),
            name,
        }
    }
}

fn title(way: LeavingWay, name: &str, account: &str) -> String {
    match way {
        LeavingWay::Deactivate => format!("Deactivate {name}?"),
        LeavingWay::Remove => format!("Remove {name}?"),
        LeavingWay::Leave => format!("Leave {account}?"),
        LeavingWay::HandOver => format!("Hand over what {name} held"),
    }
}

fn consequence(way: LeavingWay, first: &str, account: &str) -> String {
    let happens = match way {
        LeavingWay::Deactivate => format!(
            "{first} is signed out at once and cannot enter {account} until somebody reactivates them."
        ),
        LeavingWay::Remove => format!(
            "{first} is signed out at once and does not belong to {account} any more. What they did stays in the \
             activity under their name."
        ),
        LeavingWay::Leave => format!(
            "You are signed out at once and do not belong to {account} any more. Only an invitation brings you back."
        ),
        LeavingWay::HandOver => format!("{first} is out, and others still depend on what they held."),
    };
    let undone = match way {
        LeavingWay::Leave => "An Admin can undo it for 24 hours.",
        _ => "It can be undone for 24 hours.",
    };
    format!("{happens} {undone}")
}

fn verb(way: LeavingWay, first: &str, account: &str) -> String {
    match way {
        LeavingWay::Deactivate => format!("Deactivate {first}"),
        LeavingWay::Remove => format!("Remove {first}"),
        LeavingWay::Leave => format!("Leave {account}"),
        LeavingWay::HandOver => "Hand over".to_owned(),
    }
}

impl PartView {
    fn new(part: HeldPart, receivers: &[PossibleReceiver], first: &str) -> Self {
        let HeldPart { kind, count, about, missing, form, problem, possible } = part;
        let things = the(kind, count);
        let named = form.people.clone();
        let person = |one: &PossibleReceiver| ChoiceView {
            value: one.member.to_string(),
            label: one.name.clone(),
            about: Some(unfree(one.unfree)).filter(|_| kind == HeldKind::Appointments && one.unfree > 0),
            is_chosen: named.contains(&one.member.to_string()),
        };
        let people: Vec<_> = receivers.iter().filter(|one| one.kinds.contains(&kind)).map(person).collect();
        let to_people = Some(Answer::People(vec![])).filter(|_| !people.is_empty());
        let choice = |answer: Answer| ChoiceView {
            is_chosen: form.to == answer.key()
                || form.to.is_empty() && !named.is_empty() && people_key(&answer),
            value: answer.key().to_owned(),
            label: label(kind, &answer, first),
            about: Some(explanation(kind, &answer, first)),
        };
        Self {
            key: kind.key().to_owned(),
            title: kind.counted(count),
            about,
            missing,
            question: format!("What becomes of {things}"),
            choices: to_people.into_iter().chain(kind.others()).map(choice).collect(),
            who: who(kind, &things, first),
            shown: (people.len() < possible)
                .then(|| format!("{} of {possible} people are shown.", people.len())),
            people,
            problem: problem.map(|problem| problem.to_string()),
        }
    }
}

/// "the calendar", "the 3 opportunities".
fn the(kind: HeldKind, count: u64) -> String {
    let counted = kind.counted(count);
    format!("the {}", counted.strip_prefix("1 ").unwrap_or(&counted))
}

fn who(kind: HeldKind, things: &str, first: &str) -> String {
    match kind {
        HeldKind::Appointments | HeldKind::Opportunities => format!("Who gets {things}"),
        HeldKind::Calendars | HeldKind::Pipelines => format!("Who takes {first}’s place in {things}"),
    }
}

fn people_key(answer: &Answer) -> bool {
    matches!(answer, Answer::People(_))
}

fn unfree(count: u64) -> String {
    if count == 1 { "Not free for one of them.".into() } else { format!("Not free for {count} of them.") }
}

fn label(kind: HeldKind, answer: &Answer, first: &str) -> String {
    match (kind, answer) {
        (HeldKind::Calendars | HeldKind::Pipelines, Answer::People(_)) => {
            format!("Others take {first}’s place")
        }
        (_, Answer::People(_)) => "They go to people whom I tick".to_owned(),
        (_, Answer::ByTurn) => "By turn".to_owned(),
        (_, Answer::Cancel) => "Cancel them".to_owned(),
        (HeldKind::Calendars | HeldKind::Pipelines, Answer::Nobody) => "Nobody takes the place".to_owned(),
        (_, Answer::Nobody) => "To nobody".to_owned(),
        (_, Answer::Keep) => format!("They stay with {first} for now"),
    }
}

fn explanation(kind: HeldKind, answer: &Answer, first: &str) -> String {
    match (kind, answer) {
        (HeldKind::Appointments, Answer::People(_)) => {
            "One person gets all of them; several get as many as the others. Visitors hear of it.".to_owned()
        }
        (HeldKind::Opportunities, Answer::People(_)) => {
            "One person gets all of them; several get as many as the others.".to_owned()
        }
        (_, Answer::People(_)) => "One person takes all of them; of several each takes the next.".to_owned(),
        (_, Answer::ByTurn) => {
            "To whose turn it is in each calendar, of those who are free and work then. Visitors hear of it."
                .to_owned()
        }
        (_, Answer::Cancel) => {
            "Visitors hear of it, and can book again. What others take part in goes on with them.".to_owned()
        }
        (HeldKind::Calendars, Answer::Nobody) => {
            "A calendar in which nobody is left is closed for visitors.".to_owned()
        }
        (HeldKind::Pipelines, Answer::Nobody) => "Whoever else is in them goes on.".to_owned(),
        (_, Answer::Nobody) => "They stand in their pipelines without an owner.".to_owned(),
        (HeldKind::Appointments, Answer::Keep) => {
            format!("Visitors are not told, and {first} is not there: hand them over in time.")
        }
        (_, Answer::Keep) => "Their page says so until somebody hands them over.".to_owned(),
    }
}

impl PlannedView {
    fn new(planned: Planned, first: &str) -> Self {
        let names: Vec<_> = planned.closed.iter().map(|name| format!("“{name}”")).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        let closed = (!names.is_empty())
            .then(|| format!("{} {verb} closed for visitors: nobody would be left.", joined(&names)));
        let sums = planned.sums.into_iter().map(|sum| SumView::new(sum, first)).collect();
        Self { sums, closed, seen: planned.seen }
    }
}

impl SumView {
    fn new(sum: ReceiptSum, first: &str) -> Self {
        Self { what: sum.kind.counted(sum.count), becomes: sum.fate.label(sum.receiver.as_deref(), first) }
    }
}

/// Exactly what became of what somebody held.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReceiptView {
    pub id: LeavingId,
    pub member: MemberId,
    pub name: String,
    pub title: String,
    pub when: When,
    pub by: String,
    /// When and by whom it was undone.
    pub undone: Option<(When, String)>,
    pub undo_until: Option<When>,
    pub undo_needs: Vec<Permission>,
    /// Why this viewer may not undo it although they hold that.
    pub undo_refused: Option<Refusal>,
    pub sums: Vec<SumView>,
    pub items: Page<ItemView>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ItemView {
    pub what: String,
    pub name: String,
    pub href: String,
    pub about: String,
    pub becomes: String,
    /// What undoing did, and whether it is back.
    pub returned: Option<(String, bool)>,
}

const STEWARD: &str = "Steward";

impl ReceiptView {
    pub fn new(receipt: Receipt, local: impl Fn(DateTime<Utc>) -> When) -> Self {
        let Receipt { id, member, name, way, undo_needs, undo_refused, sums, items, .. } = receipt;
        let by = |name: Option<String>| name.unwrap_or_else(|| STEWARD.to_owned());
        let PersonName { first, .. } = &name;
        Self {
            title: past(way, &name.full()),
            when: local(receipt.left_at),
            by: by(receipt.left_by),
            undone: receipt.undone.map(|(at, who)| (local(at), by(who))),
            undo_until: receipt.undo_until.map(&local),
            sums: sums.into_iter().map(|sum| SumView::new(sum, first)).collect(),
            items: Page {
                rows: items.rows.into_iter().map(|item| ItemView::new(item, first)).collect(),
                page: items.page,
                total: items.total,
            },
            name: name.full(),
            id,
            member,
            undo_needs,
            undo_refused,
        }
    }
}

fn past(way: LeavingWay, name: &str) -> String {
    match way {
        LeavingWay::Deactivate => format!("{name} was deactivated"),
        LeavingWay::Remove => format!("{name} was removed"),
        LeavingWay::Leave => format!("{name} left"),
        LeavingWay::HandOver => format!("What {name} held was handed over"),
    }
}

impl ItemView {
    fn new(item: ReceiptItem, first: &str) -> Self {
        let href = match item.kind {
            HeldKind::Appointments => paths::appointment(AppointmentId(item.thing)),
            HeldKind::Opportunities => paths::opportunity(OpportunityId(item.thing)),
            HeldKind::Calendars => paths::calendar_hosts(CalendarId(item.thing)),
            HeldKind::Pipelines => paths::pipeline_people(PipelineId(item.thing)),
        };
        let told = |returned: Returned| (returned.label().to_owned(), returned.is_back());
        Self {
            what: item.kind.label().to_owned(),
            becomes: item.fate.label(item.receiver.as_deref(), first),
            name: item.name,
            href,
            about: item.about,
            returned: item.returned.map(told),
        }
    }
}

/// What somebody's own page says about leaving.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LeavingNotice {
    pub lines: Vec<LineView>,
    /// What they still hold although they are out; none when that is nothing.
    pub still_held: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LineView {
    pub id: LeavingId,
    pub what: String,
    pub when: When,
    pub is_undone: bool,
}

impl LeavingNotice {
    pub fn new(summary: LeavingSummary, first: &str, local: impl Fn(DateTime<Utc>) -> When) -> Self {
        let line = |line: LeavingLine| LineView {
            id: line.id,
            what: past(line.way, first),
            when: local(line.left_at),
            is_undone: line.is_undone,
        };
        let held: Vec<_> = summary.still_held.iter().map(|(kind, count)| kind.counted(*count)).collect();
        Self {
            lines: summary.lines.into_iter().map(line).collect(),
            still_held: (!held.is_empty()).then(|| format!("{first} still holds {}.", joined(&held))),
        }
    }
}
