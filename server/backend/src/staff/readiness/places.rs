use domain::{
    AccountId, CalendarId, Permission, PipelineId,
    calendars::{CalendarKind, PlaceKind, Readiness, ReadinessItem as Item},
};

use crate::{
    Access, Result,
    db::Tx,
    staff::queries::{self, readiness::PlaceRow},
};

/// Where somebody could be put who is nowhere yet, by name; of each kind none where it is not asked for, or not the viewer's to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacesToJoin {
    pub calendars: Vec<(CalendarId, String)>,
    pub pipelines: Vec<(PipelineId, String)>,
}

/// Asks only where something is missing that the viewer can mend so.
pub(in crate::staff) async fn places_to_join(
    tx: &mut Tx,
    account: AccountId,
    access: &Access,
    readiness: &[Readiness],
) -> Result<PlacesToJoin> {
    let is_red = |item| readiness.iter().any(|line| line.item == item && !line.is_ready);
    let holds = |permission| access.permissions().contains(permission);
    let robins = is_red(Item::Calendars) && holds(Permission::CalendarsManageRoundRobin);
    let collective = is_red(Item::Calendars) && holds(Permission::CalendarsManage);
    let pipelines = is_red(Item::Pipelines) && holds(Permission::OpportunitiesManagePipelines);
    if !robins && !collective && !pipelines {
        return Ok(PlacesToJoin::default());
    }
    let kinds = [(robins, CalendarKind::RoundRobin), (collective, CalendarKind::Collective)];
    let kinds: Vec<_> = kinds.iter().filter(|(is_asked, _)| *is_asked).map(|(_, kind)| *kind).collect();
    let rows = queries::readiness::places(tx, account, &kinds, pipelines).await?;
    let mut places = PlacesToJoin::default();
    for PlaceRow { kind, id, name } in rows {
        match kind {
            PlaceKind::Calendar => places.calendars.push((id.into(), name)),
            PlaceKind::Pipeline => places.pipelines.push((id.into(), name)),
        }
    }
    Ok(places)
}
