use chrono::{DateTime, Utc};
use domain::{
    LeavingId, MemberId, Refusal, Role,
    activity::Event,
    staff::{
        MemberDetails, MemberState,
        leaving::{HeldKind, LeavingWay, Returned, may_be_undone},
    },
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::holdings::lacking;
use crate::{
    Access, Backend, Result, account, activity,
    calendars::handover::{self as calendars, ReturnedAppointment},
    db::Tx,
    pipelines::handover as pipelines,
    staff::{
        acted_on::{ActedOn, act_on},
        guest::is_over,
        queries::{
            self,
            leaving::Stored,
            leaving_item::{self, Moved},
        },
        reactivate::let_in,
    },
};

/// Undoes somebody's leaving: they are what they were, and have back what still stands where it was put. What somebody has changed since
/// is left alone, and the receipt names it; so is the person, if something has shut them out since, or their last day is over.
/// Undone already, nothing happens.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::PermissionMissing`] for whoever may not have done it, or not decide about what goes back, or has
/// less rights than the member; [`Refusal::FreshProofNeeded`] for somebody removed and for an Admin; [`Refusal::UndoOver`];
/// [`Refusal::UndoLaterFirst`]; [`Refusal::AlreadyMember`] for somebody removed who has joined anew.
pub async fn undo(backend: &Backend, access: &Access, id: LeavingId) -> Result<()> {
    access.require(LeavingWay::HandOver.permission())?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let Some(undoing) = Undoing::held(&mut tx, backend, access, id).await? else { return Ok(()) };
    let returned = give_back(&mut tx, backend, access, &undoing).await?;
    leaving_item::mark_returned(&mut tx, account, id, &returned).await?;
    queries::leaving::mark_undone(&mut tx, account, id, access.member_id(), now).await?;
    undoing.come_back(&mut tx, access, now).await?;
    let count = |is_back: bool| {
        let count = returned.iter().filter(|(_, returned)| returned.is_back() == is_back).count();
        u64::try_from(count).unwrap_or(u64::MAX)
    };
    let event = Event::LeavingUndone {
        leaving: id,
        member: undoing.member.id,
        name: undoing.member.name.full(),
        way: undoing.stored.way,
        returned: count(true),
        left_alone: count(false),
    };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}

/// What is undone, under the account's lock.
struct Undoing {
    stored: Stored,
    member: MemberDetails,
    moved: Vec<Moved>,
    /// Whether they are still as the leaving left them, and would not be out by now anyway, so that it makes them what they were.
    comes_back: bool,
}

impl Undoing {
    /// None when it was undone already.
    async fn held(tx: &mut Tx, backend: &Backend, access: &Access, id: LeavingId) -> Result<Option<Self>> {
        let account = access.account();
        let way = queries::leaving::find(tx, account, id).await?.ok_or(Refusal::NotFound)?;
        require(access, way.way)?;
        let ActedOn { member, standing, permissions, .. } =
            act_on(tx, backend, access, way.way.permission(), way.member).await?;
        let stored = queries::leaving::find(tx, account, id).await?.ok_or(Refusal::NotFound)?;
        if stored.undone_at.is_some() {
            return Ok(None);
        }
        let now = backend.clock.now();
        require_undoable(&stored, now)?;
        let comes_back = stored.stands
            && stored.state_before != standing.state
            && !is_over(&member, &account::time_zone(tx, account).await?, now);
        if comes_back && member.assignment.role == Role::Admin {
            access.require_fresh_proof()?;
        }
        if comes_back && queries::leaving::is_back(tx, account, stored.member, stored.login).await? {
            return Err(Refusal::AlreadyMember.into());
        }
        let moved = leaving_item::moved(tx, account, id).await?;
        for kind in HeldKind::ALL.into_iter().filter(|kind| moved.iter().any(|one| one.kind == *kind)) {
            kind.deciders().iter().try_for_each(|needed| access.require(*needed))?;
            // Also at this instant: they may have waited for the lock.
            if let Some(lacking) = lacking(kind, permissions) {
                return Err(Refusal::PermissionMissing(lacking).into());
            }
        }
        Ok(Some(Self { stored, member, moved, comes_back }))
    }

    async fn come_back(&self, tx: &mut Tx, access: &Access, now: DateTime<Utc>) -> Result<()> {
        match self.stored.state_before {
            _ if !self.comes_back => Ok(()),
            MemberState::Active => let_in(tx, access, &self.member, now).await,
            before => queries::member::set_state(tx, access.account(), self.member.id, before, now).await,
        }
    }
}

fn require(access: &Access, way: LeavingWay) -> Result<()> {
    access.require(way.permission())?;
    match way {
        LeavingWay::Remove | LeavingWay::Leave => access.require_fresh_proof(),
        LeavingWay::Deactivate | LeavingWay::HandOver => Ok(()),
    }
}

fn require_undoable(stored: &Stored, now: DateTime<Utc>) -> Result<(), Refusal> {
    if !may_be_undone(stored.left_at, now) {
        return Err(Refusal::UndoOver);
    }
    if stored.is_newest { Ok(()) } else { Err(Refusal::UndoLaterFirst) }
}

/// Answers what came of each, by its position.
async fn give_back(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    undoing: &Undoing,
) -> Result<Vec<(i32, Returned)>> {
    let (account, member, now) = (access.account(), undoing.member.id, backend.clock.now());
    let left_at = undoing.stored.left_at;
    let moved = &undoing.moved;
    let of = |kind| moved.iter().filter(move |one: &&Moved| one.kind == kind);
    let ids = |kind| of(kind).map(|one| one.thing).collect::<Vec<Uuid>>();
    let (hosting, booked) = (ids(HeldKind::Calendars), ids(HeldKind::Appointments));
    let owned = of(HeldKind::Opportunities).map(placed).collect::<Result<Vec<_>>>()?;
    // Before people are held, as everywhere.
    let owned = pipelines::return_opportunities(tx, account, member, &owned).await?;
    calendars::hold_returning(tx, account, member, &hosting, &booked).await?;
    let places = of(HeldKind::Calendars).map(placed).collect::<Result<Vec<_>>>()?;
    let appointments = of(HeldKind::Appointments).map(appointment).collect::<Result<Vec<_>>>()?;
    let inside = of(HeldKind::Pipelines).map(placed).collect::<Result<Vec<_>>>()?;
    let returned = [
        (HeldKind::Calendars, calendars::return_places(tx, account, member, &places).await?),
        (
            HeldKind::Appointments,
            calendars::return_appointments(tx, account, member, &appointments, left_at, now).await?,
        ),
        (HeldKind::Pipelines, pipelines::return_places(tx, account, member, &inside).await?),
        (HeldKind::Opportunities, owned),
    ];
    let positions = |(kind, returned): (HeldKind, Vec<Returned>)| {
        of(kind).map(|one| one.position).zip(returned).collect::<Vec<_>>()
    };
    Ok(returned.into_iter().flat_map(positions).collect())
}

fn appointment(moved: &Moved) -> Result<ReturnedAppointment> {
    let put = serde_json::from_value(moved.put.clone())?;
    Ok(ReturnedAppointment { id: moved.thing.into(), fate: moved.fate, put })
}

/// Something with whoever got it, and how it was put.
fn placed<Id: From<Uuid>, Put: DeserializeOwned>(moved: &Moved) -> Result<(Id, Option<MemberId>, Put)> {
    Ok((moved.thing.into(), moved.fate.receiver(), serde_json::from_value(moved.put.clone())?))
}
