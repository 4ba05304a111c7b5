use super::{AnswerForm, Held, HeldKind, LeavingWay, ReceiptSum};
use crate::{MemberId, Permission, Problem, staff::MemberDetails, words::joined};

/// What is asked before somebody's place ends, or what they left behind is given to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeavingPage {
    pub member: MemberDetails,
    pub way: LeavingWay,
    /// Of each kind of which there is something.
    pub parts: Vec<HeldPart>,
    /// By name, for the parts about which the reader may decide: the first of them, and whoever was chosen.
    pub receivers: Vec<PossibleReceiver>,
    /// Once everything is answered and can be done.
    pub planned: Option<Planned>,
}

/// What there is of one kind, and what was chosen for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPart {
    pub kind: HeldKind,
    pub count: u64,
    /// More about it; nothing for whoever may not decide about it, as names are not for everybody.
    pub about: String,
    /// What the reader lacks to decide about it: then it stays with whoever leaves.
    pub missing: Option<Permission>,
    pub form: AnswerForm,
    pub problem: Option<Problem>,
    /// How many people could get it, of whom the page offers the first.
    pub possible: usize,
}

/// Somebody who would see what they get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleReceiver {
    pub member: MemberId,
    pub name: String,
    /// What they would see.
    pub kinds: Vec<HeldKind>,
    /// Of the appointments, those for which they are not free.
    pub unfree: u64,
}

/// What will happen, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub sums: Vec<ReceiptSum>,
    /// Names of the calendars that are closed with it.
    pub closed: Vec<String>,
    /// Stands for all of it: whoever confirms sends it along, and if anything is different by then, it is asked again.
    pub seen: String,
}

/// Names that a sentence tells before it counts the rest.
const NAMED_MAX: usize = 5;

impl Held {
    /// More about what there is of one kind.
    #[must_use]
    pub fn about(&self, kind: HeldKind) -> String {
        match kind {
            HeldKind::Appointments => self.about_appointments(),
            HeldKind::Opportunities => self.about_opportunities(),
            HeldKind::Calendars => named(self.calendars.iter().map(|one| one.name.as_str())),
            HeldKind::Pipelines => named(self.pipelines.iter().map(|one| one.name.as_str())),
        }
    }

    fn about_appointments(&self) -> String {
        let Some(first) = self.appointments.first() else { return String::new() };
        let told = format!("The first is with {} on {}.", first.visitor, first.at);
        match self.appointments.iter().filter(|one| !one.others.is_empty()).count() {
            0 => told,
            1 => format!("{told} In one of them others take part as well."),
            shared => format!("{told} In {shared} of them others take part as well."),
        }
    }

    fn about_opportunities(&self) -> String {
        let same =
            |one: &super::HeldOpportunity, other: &super::HeldOpportunity| one.pipeline == other.pipeline;
        let each = self.opportunities.chunk_by(same).filter_map(|of_one| {
            let first = of_one.first()?;
            Some(format!("{} in {}", of_one.len(), first.pipeline_name))
        });
        format!("{}.", joined(&each.collect::<Vec<_>>()))
    }
}

fn named<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(NAMED_MAX);
    let mut told: Vec<_> = names.take(NAMED_MAX).map(str::to_owned).collect();
    if more > 0 {
        told.push(format!("{more} more"));
    }
    format!("{}.", joined(&told))
}
