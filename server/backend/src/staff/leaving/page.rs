use std::collections::HashSet;

use domain::{
    MemberId, Problem, Refusal,
    staff::leaving::{
        HeldAppointment, HeldKind, HeldPart, LeavingForm, LeavingPage, LeavingWay, Planned, PossibleReceiver,
        Receiver, sums,
    },
};

use super::{
    holdings::{Holdings, lacking},
    leaver::{Leaver, require},
};
use crate::{Access, Backend, Error, Result, db::Tx, keys};

/// People that a page offers as receivers, by name, beside those who were chosen.
const RECEIVERS_OFFERED: usize = 200;

/// What somebody holds, who could get it, and what was chosen so far; once everything is chosen and can be done, exactly what will happen.
/// Nothing is changed.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also for a member with more rights than one's own), [`Refusal::NotToYourself`], [`Refusal::NotFound`],
/// [`Refusal::LastAdmin`], [`Refusal::NotActive`] to deactivate somebody removed, [`Refusal::ChangedMeanwhile`] to hand over what
/// somebody has who is active.
pub async fn page(
    backend: &Backend,
    access: &Access,
    id: MemberId,
    way: LeavingWay,
    form: &LeavingForm,
) -> Result<LeavingPage> {
    require(access, id, way)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let leaver = Leaver::seen(&mut tx, backend, access, id, way).await?;
    if leaver.is_done(way) {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let holdings = Holdings::load(&mut tx, backend, access, id).await?;
    let outcome = planned(&mut tx, access, &holdings, &leaver, way, form).await;
    tx.commit().await?;
    let (planned, refusal) = match outcome {
        Ok(planned) => (Some(planned), None),
        Err(Error::Refused(refusal)) => (None, Some(refusal)),
        Err(error) => return Err(error),
    };
    let may_decide = |kind: &HeldKind| lacking(*kind, leaver.permissions).is_none();
    let possible = holdings.possible(&holdings.held.kinds().filter(may_decide).collect::<Vec<_>>());
    let part = |kind: HeldKind| {
        let missing = lacking(kind, leaver.permissions);
        HeldPart {
            kind,
            count: holdings.held.count(kind),
            about: if missing.is_none() { holdings.held.about(kind) } else { String::new() },
            missing,
            form: form.of(kind).clone(),
            problem: problem(refusal.as_ref(), kind).filter(|_| form.is_begun()),
            possible: possible.iter().filter(|one| one.kinds.contains(&kind)).count(),
        }
    };
    let parts = holdings.held.kinds().map(part).collect();
    let receivers = offered(possible, &form.named());
    Ok(LeavingPage { parts, receivers, member: leaver.member, way, planned })
}

async fn planned(
    tx: &mut Tx,
    access: &Access,
    holdings: &Holdings,
    leaver: &Leaver,
    way: LeavingWay,
    form: &LeavingForm,
) -> Result<Planned> {
    let answers = holdings.answers(way, leaver.permissions, form)?;
    let plan = holdings.plan(tx, access, leaver.member.id, &answers).await?;
    Ok(Planned {
        sums: sums(&plan, &holdings.receivers),
        closed: plan.closed(&holdings.held).map(|calendar| calendar.name.clone()).collect(),
        seen: keys::encode(&holdings.seen(leaver, way, &answers, &plan)?),
    })
}

/// What stands beside the answers of one kind. A permission that is missing is told once, where it is missing.
fn problem(refusal: Option<&Refusal>, kind: HeldKind) -> Option<Problem> {
    match refusal? {
        Refusal::PermissionMissing(missing) if kind.deciders().contains(missing) => {
            Some(Problem::InvalidChoice)
        }
        refusal => refusal.problem(kind.key()).cloned(),
    }
}

/// The first by name, and whoever was chosen: what stands ticked in the address stands ticked on the page.
fn offered(mut possible: Vec<PossibleReceiver>, chosen: &HashSet<MemberId>) -> Vec<PossibleReceiver> {
    let mut places = 0..RECEIVERS_OFFERED;
    possible.retain(|one| places.next().is_some() || chosen.contains(&one.member));
    possible
}

impl Holdings {
    /// Whoever would see something of these kinds, by name. Who decides about nothing reads of nobody.
    fn possible(&self, kinds: &[HeldKind]) -> Vec<PossibleReceiver> {
        let offer = |(member, receiver): (&MemberId, &Receiver)| {
            let sees = |kind: &HeldKind| receiver.permissions.contains(kind.receiver_needs());
            let is_busy = |one: &&HeldAppointment| one.unfree.contains(member);
            let unfree = self.held.appointments.iter().filter(is_busy).count();
            PossibleReceiver {
                member: *member,
                name: receiver.name.clone(),
                kinds: kinds.iter().copied().filter(sees).collect(),
                unfree: u64::try_from(unfree).unwrap_or(u64::MAX),
            }
        };
        let mut possible: Vec<_> =
            self.receivers.iter().map(offer).filter(|one| !one.kinds.is_empty()).collect();
        possible.sort_by_cached_key(|one| (one.name.to_lowercase(), one.member));
        possible
    }
}
