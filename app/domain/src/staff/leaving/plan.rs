use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    Answer, Answers, Held, HeldCalendar, HeldKind, HeldOpportunity, Surroundings, appointments::appointments,
    share_out,
};
use crate::{CalendarId, Checks, MemberId, PipelineId, Problem, Refusal};

/// What becomes of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    To(MemberId),
    /// An appointment goes on with those who take part in it beside whoever leaves.
    WithOthers,
    Cancelled,
    Nobody,
    /// It stays with whoever leaves.
    Kept,
}

impl Fate {
    /// As stored, beside the receiver.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::To(_) => "to",
            Self::WithOthers => "with_others",
            Self::Cancelled => "cancelled",
            Self::Nobody => "nobody",
            Self::Kept => "kept",
        }
    }

    /// From what is stored; none for what this version does not know.
    #[must_use]
    pub fn stored(key: &str, receiver: Option<MemberId>) -> Option<Self> {
        let others = [Self::WithOthers, Self::Cancelled, Self::Nobody, Self::Kept];
        match receiver {
            Some(receiver) => (key == Self::To(receiver).key()).then_some(Self::To(receiver)),
            None => others.into_iter().find(|fate| fate.key() == key),
        }
    }

    #[must_use]
    pub const fn receiver(self) -> Option<MemberId> {
        match self {
            Self::To(member) => Some(member),
            _ => None,
        }
    }
}

/// What drawing somebody did to the credits of a round robin; nothing where nobody was drawn.
pub type Draw = Vec<(MemberId, i64)>;

/// What becomes of everything, each in the order of [`Held`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    pub appointments: Vec<Fate>,
    /// One for each appointment.
    pub draws: Vec<Draw>,
    pub opportunities: Vec<Fate>,
    pub calendars: Vec<Fate>,
    pub pipelines: Vec<Fate>,
}

/// Decides who gets what, before anything is moved.
///
/// Places come first: whoever takes a place in a pipeline may own what is in it, and whoever takes one in a round robin has a turn.
///
/// # Errors
/// [`Refusal::Invalid`] for the [`HeldKind::key`] of each kind that cannot be given so: a receiver is not there any more or would not see
/// it, is not in the pipeline, or is not free at the time.
pub fn plan(held: &Held, answers: &Answers, around: &Surroundings<'_>) -> Result<Plan, Refusal> {
    let mut checks = Checks::default();
    let mut note = |kind: HeldKind, fates| checks.note(kind.key(), fates);
    let calendars =
        note(HeldKind::Calendars, places(held.calendars.len(), HeldKind::Calendars, answers, around));
    let pipelines =
        note(HeldKind::Pipelines, places(held.pipelines.len(), HeldKind::Pipelines, answers, around));
    let taken = Taken {
        calendars: taken(held.calendars.iter().map(|one| one.id), calendars.as_deref()),
        pipelines: taken(held.pipelines.iter().map(|one| one.id), pipelines.as_deref()),
    };
    let opportunities = note(HeldKind::Opportunities, opportunities(held, answers, around, &taken));
    let appointments = checks.note(HeldKind::Appointments.key(), appointments(held, answers, around, &taken));
    let plan = || {
        let (appointments, draws) = appointments?;
        Some(Plan {
            appointments,
            draws,
            opportunities: opportunities?,
            calendars: calendars?,
            pipelines: pipelines?,
        })
    };
    checks.finish(plan())
}

/// Who takes which place.
pub(super) struct Taken {
    pub calendars: HashMap<CalendarId, MemberId>,
    pub pipelines: HashMap<PipelineId, MemberId>,
}

fn taken<Id: Eq + std::hash::Hash>(
    places: impl Iterator<Item = Id>,
    fates: Option<&[Fate]>,
) -> HashMap<Id, MemberId> {
    places.zip(fates.unwrap_or_default()).filter_map(|(id, fate)| Some((id, fate.receiver()?))).collect()
}

pub(super) fn cannot<T>(why: String) -> Result<T, Problem> {
    Err(Problem::CannotTake { why })
}

/// Whoever is named is there, and would see what they get.
pub(super) fn require_receivers(
    kind: HeldKind,
    people: &[MemberId],
    around: &Surroundings<'_>,
) -> Result<(), Problem> {
    let needed = kind.receiver_needs();
    for person in people {
        let Some(receiver) = around.receivers.get(person) else {
            return cannot("Somebody you chose is not active in your account any more. Choose again.".into());
        };
        if !receiver.permissions.contains(needed) {
            let name = &receiver.name;
            return cannot(format!(
                "{name} would not see them: their access does not include “{}”.",
                needed.label()
            ));
        }
    }
    Ok(())
}

fn places(
    count: usize,
    kind: HeldKind,
    answers: &Answers,
    around: &Surroundings<'_>,
) -> Result<Vec<Fate>, Problem> {
    let all = |fate| Ok(vec![fate; count]);
    match answers.of(kind) {
        _ if count == 0 => Ok(vec![]),
        Answer::People(people) => {
            require_receivers(kind, people, around)?;
            let shared = share_out(&vec![(); count], people, |(), _| true);
            Ok(shared.into_iter().map(|got| got.map_or(Fate::Nobody, Fate::To)).collect())
        }
        Answer::Nobody => all(Fate::Nobody),
        Answer::Keep => all(Fate::Kept),
        Answer::ByTurn | Answer::Cancel => Err(Problem::InvalidChoice),
    }
}

fn opportunities(
    held: &Held,
    answers: &Answers,
    around: &Surroundings<'_>,
    taken: &Taken,
) -> Result<Vec<Fate>, Problem> {
    let things = &held.opportunities;
    let people = match &answers.opportunities {
        _ if things.is_empty() => return Ok(vec![]),
        Answer::People(people) => people,
        Answer::Nobody => return Ok(vec![Fate::Nobody; things.len()]),
        Answer::Keep => return Ok(vec![Fate::Kept; things.len()]),
        Answer::ByTurn | Answer::Cancel => return Err(Problem::InvalidChoice),
    };
    require_receivers(HeldKind::Opportunities, people, around)?;
    let may_own = |thing: &HeldOpportunity, person: MemberId| {
        let is_in =
            || around.in_pipelines.get(&thing.pipeline).is_some_and(|inside| inside.contains(&person));
        let comes_in = || taken.pipelines.get(&thing.pipeline) == Some(&person);
        around.receivers.get(&person).is_some_and(|receiver| receiver.is_admin) || is_in() || comes_in()
    };
    let shared = share_out(things, people, may_own);
    let left: Vec<_> = things.iter().zip(&shared).filter(|(_, got)| got.is_none()).collect();
    if !left.is_empty() {
        let mut pipelines: Vec<_> = left.iter().map(|(thing, _)| thing.pipeline_name.as_str()).collect();
        pipelines.sort_unstable();
        pipelines.dedup();
        let stand = match left.len() {
            1 => "one of them stands".to_owned(),
            count => format!("{count} of them stand"),
        };
        return cannot(format!(
            "Nobody you chose is in “{}”, where {stand}. Let one of them take the place in it, or choose an Admin.",
            pipelines.join("”, “"),
        ));
    }
    Ok(shared.into_iter().flatten().map(Fate::To).collect())
}

impl Plan {
    #[must_use]
    pub fn of(&self, kind: HeldKind) -> &[Fate] {
        match kind {
            HeldKind::Appointments => &self.appointments,
            HeldKind::Opportunities => &self.opportunities,
            HeldKind::Calendars => &self.calendars,
            HeldKind::Pipelines => &self.pipelines,
        }
    }

    /// The calendars that are closed with it: open ones in which nobody would be left.
    pub fn closed<'a>(&'a self, held: &'a Held) -> impl Iterator<Item = &'a HeldCalendar> + 'a {
        let is_closed = |(calendar, fate): &(&HeldCalendar, &Fate)| {
            **fate == Fate::Nobody && calendar.is_active && calendar.others.is_empty()
        };
        held.calendars.iter().zip(&self.calendars).filter(is_closed).map(|(calendar, _)| calendar)
    }
}
