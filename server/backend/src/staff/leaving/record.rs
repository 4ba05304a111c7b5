//! What is kept of a leaving: the receipt with what undoing needs, and the log.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AppointmentId, CalendarId, LeavingId, PipelineId,
    activity::Event,
    staff::leaving::{
        AppointmentPut, Fate, HeldKind, HeldOpportunity, HeldPipeline, LeavingWay, OpportunityPut, Place,
        PlacePut,
    },
};
use serde_json::Value;

use super::leaver::Leaver;
use crate::{
    Access, Result, activity,
    calendars::handover::{HandedAppointment, HandedPlace},
    db::Tx,
    id,
    staff::queries::{
        leaving::{self as queries, NewLeaving},
        leaving_item::{self, NewItem},
    },
};

/// Everything that was held, in the order of a receipt.
pub(super) type Written = Vec<NewItem>;

pub(super) fn written(
    appointments: &[HandedAppointment<'_>],
    given: &HashMap<AppointmentId, AppointmentPut>,
    opportunities: &[(&HeldOpportunity, Fate)],
    calendars: &[HandedPlace<'_>],
    calendar_places: &HashMap<CalendarId, PlacePut<Place>>,
    pipelines: &[(&HeldPipeline, Fate)],
    pipeline_places: &HashMap<PipelineId, PlacePut<bool>>,
) -> Result<Written> {
    let mut written = Written::new();
    for HandedAppointment { appointment: one, fate, .. } in appointments {
        let about = format!("{} · {}", one.calendar_name, one.at);
        let put = given.get(&one.id).map(serde_json::to_value).transpose()?;
        written.push(item(HeldKind::Appointments, one.id.0, &one.visitor, about, *fate, put));
    }
    for (one, fate) in opportunities {
        let put = serde_json::to_value(OpportunityPut { pipeline: one.pipeline })?;
        let put = Some(put).filter(|_| *fate != Fate::Kept);
        written.push(item(
            HeldKind::Opportunities,
            one.id.0,
            &one.name,
            one.pipeline_name.clone(),
            *fate,
            put,
        ));
    }
    for HandedPlace { calendar: one, fate, is_closed } in calendars {
        let closed = if *is_closed { " · closed, as nobody is left in it" } else { "" };
        let about = format!("{}{closed}", one.kind.label());
        let put = calendar_places.get(&one.id).map(serde_json::to_value).transpose()?;
        written.push(item(HeldKind::Calendars, one.id.0, &one.name, about, *fate, put));
    }
    for (one, fate) in pipelines {
        let put = pipeline_places.get(&one.id).map(serde_json::to_value).transpose()?;
        written.push(item(HeldKind::Pipelines, one.id.0, &one.name, String::new(), *fate, put));
    }
    Ok(written)
}

fn item(
    kind: HeldKind,
    thing: uuid::Uuid,
    name: &str,
    about: String,
    fate: Fate,
    put: Option<Value>,
) -> NewItem {
    NewItem { kind, thing, name: name.to_owned(), about, fate, put }
}

pub(super) async fn write(
    tx: &mut Tx,
    access: &Access,
    leaver: &Leaver,
    way: LeavingWay,
    seen: &[u8],
    written: &[NewItem],
    now: DateTime<Utc>,
) -> Result<LeavingId> {
    let account = access.account();
    let new = NewLeaving {
        id: id::new(now),
        member: leaver.member.id,
        way,
        state_before: leaver.before.state,
        left_at: now,
        left_by: access.member_id(),
        seen,
    };
    queries::insert(tx, account, &new).await?;
    if !written.is_empty() {
        leaving_item::insert(tx, account, new.id, written).await?;
    }
    Ok(new.id)
}

/// Records what was done; call it last.
pub(super) async fn tell(
    tx: &mut Tx,
    access: &Access,
    leaver: &Leaver,
    way: LeavingWay,
    leaving: LeavingId,
    written: &[NewItem],
    now: DateTime<Utc>,
) -> Result<()> {
    let member = leaver.member.id;
    let (name, email) = (leaver.member.name.full(), leaver.member.email.clone());
    let ended = match way {
        LeavingWay::Deactivate => Some(Event::StaffDeactivated { member, name: name.clone() }),
        LeavingWay::Remove => Some(Event::StaffRemoved { member, name: name.clone(), email }),
        LeavingWay::Leave => Some(Event::StaffLeft { member, name: name.clone(), email }),
        LeavingWay::HandOver => None,
    };
    if let Some(ended) = ended {
        activity::record(tx, access, now, &ended).await?;
    }
    let count = |kind: HeldKind| {
        let given = written.iter().filter(|item| item.kind == kind && item.fate != Fate::Kept).count();
        u64::try_from(given).unwrap_or(u64::MAX)
    };
    let [appointments, opportunities, calendars, pipelines] = HeldKind::ALL.map(count);
    if appointments + opportunities + calendars + pipelines > 0 {
        let given =
            Event::HandedOver { leaving, member, name, appointments, opportunities, calendars, pipelines };
        activity::record(tx, access, now, &given).await?;
    }
    Ok(())
}
