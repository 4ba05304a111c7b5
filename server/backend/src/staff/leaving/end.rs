use domain::{
    LeavingId, MemberId, Refusal,
    staff::leaving::{Answer, Answers, Fate, LeavingForm, LeavingWay, Plan},
};

use super::{
    holdings::Holdings,
    leaver::{Leaver, require_acting},
    record::{self, Written},
};
use crate::{
    Access, Backend, Result,
    calendars::handover::{self as calendars, HandedAppointment, HandedPlace},
    db::Tx,
    keys,
    permissions::note_given,
    pipelines::handover as pipelines,
    staff::{acted_on::shut_out, queries::leaving as queries},
};

/// Does exactly what a page showed: ends somebody's place, and gives what they hold to whoever was chosen. `seen` is what the page said
/// of it. The same form sent twice is done once, and answers the same.
///
/// # Errors
/// As [`super::page`]; [`Refusal::FreshProofNeeded`] to remove, to leave, and for an Admin; [`Refusal::ChangedMeanwhile`] when
/// anything is different from what was seen; [`Refusal::Invalid`] for what cannot be given so any more.
pub async fn end(
    backend: &Backend,
    access: &Access,
    id: MemberId,
    way: LeavingWay,
    form: &LeavingForm,
    seen: &str,
) -> Result<LeavingId> {
    require_acting(access, id, way)?;
    let seen = keys::decode(seen).unwrap_or_default();
    let mut tx = backend.db.tenant(access.account()).await?;
    let leaver = Leaver::held(&mut tx, backend, access, id, way).await?;
    if let Some(done) = queries::repeated(&mut tx, access.account(), id, &seen).await? {
        return Ok(done);
    }
    if leaver.is_done(way) {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    leaver.require_proof(access)?;
    let holdings = Holdings::hold(&mut tx, backend, access, id, form).await?;
    let answers = holdings.answers(way, leaver.permissions, form)?;
    for kind in holdings.held.kinds().filter(|kind| *answers.of(*kind) != Answer::Keep) {
        kind.deciders().iter().try_for_each(|needed| access.require(*needed))?;
    }
    let plan = holdings.plan(&mut tx, access, id, &answers).await?;
    if holdings.seen(&leaver, way, &answers, &plan)? != *seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let leaving = carry_out(&mut tx, backend, access, (&leaver, way), &holdings, &plan, &seen).await?;
    tx.commit().await?;
    Ok(leaving)
}

/// Ends the place of somebody on whom nothing depends. Done already, nothing happens.
///
/// # Errors
/// As [`end`]; [`Refusal::ReceiversNeeded`] when they hold anything.
pub(in crate::staff) async fn end_with_nothing(
    backend: &Backend,
    access: &Access,
    id: MemberId,
    way: LeavingWay,
) -> Result<()> {
    require_acting(access, id, way)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let leaver = Leaver::held(&mut tx, backend, access, id, way).await?;
    if leaver.is_done(way) {
        return Ok(());
    }
    leaver.require_proof(access)?;
    let holdings = Holdings::hold(&mut tx, backend, access, id, &LeavingForm::default()).await?;
    if !holdings.held.is_empty() {
        return Err(Refusal::ReceiversNeeded.into());
    }
    let plan = Plan::default();
    let seen = holdings.seen(&leaver, way, &Answers::KEEP, &plan)?;
    carry_out(&mut tx, backend, access, (&leaver, way), &holdings, &plan, &seen).await?;
    tx.commit().await?;
    Ok(())
}

async fn carry_out(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    (leaver, way): (&Leaver, LeavingWay),
    holdings: &Holdings,
    plan: &Plan,
    seen: &[u8],
) -> Result<LeavingId> {
    let (account, now, id) = (access.account(), backend.clock.now(), leaver.member.id);
    if way != LeavingWay::HandOver {
        shut_out(tx, access, &leaver.member, leaver.after, now).await?;
    }
    let written = hand_over(tx, backend, access, id, holdings, plan).await?;
    let leaving = record::write(tx, access, leaver, way, seen, &written, now).await?;
    if way == LeavingWay::Deactivate {
        note_given(tx, account, id, access.member_id(), now).await?;
    }
    record::tell(tx, access, leaver, way, leaving, &written, now).await?;
    Ok(leaving)
}

/// Gives everything to whoever gets it; answers what to write down.
async fn hand_over(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    id: MemberId,
    holdings: &Holdings,
    plan: &Plan,
) -> Result<Written> {
    let (account, now, held) = (access.account(), backend.clock.now(), &holdings.held);
    let closed: Vec<_> = plan.closed(held).map(|calendar| calendar.id).collect();
    let hosting = held.calendars.iter().zip(&plan.calendars);
    let places: Vec<_> = hosting
        .map(|(calendar, fate)| HandedPlace {
            calendar,
            fate: *fate,
            is_closed: closed.contains(&calendar.id),
        })
        .collect();
    let calendar_places = calendars::give_places(tx, account, id, &places, now).await?;
    let appointments = held.appointments.iter().zip(plan.appointments.iter().zip(&plan.draws));
    let appointments: Vec<_> = appointments
        .map(|(appointment, (fate, draw))| HandedAppointment { appointment, fate: *fate, draw })
        .collect();
    let given = calendars::give_appointments(tx, account, id, &appointments, now).await?;
    let in_pipelines: Vec<(_, Fate)> = held.pipelines.iter().zip(plan.pipelines.iter().copied()).collect();
    let pipeline_places = pipelines::give_places(tx, account, id, &in_pipelines).await?;
    let owned: Vec<(_, Fate)> = held.opportunities.iter().zip(plan.opportunities.iter().copied()).collect();
    pipelines::give_opportunities(tx, account, &owned).await?;
    record::written(&appointments, &given, &owned, &places, &calendar_places, &in_pipelines, &pipeline_places)
}
