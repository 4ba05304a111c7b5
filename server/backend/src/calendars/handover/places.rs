use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, CalendarId, MemberId,
    calendars::{CalendarKind, HostTerms},
    staff::leaving::{Fate, HeldCalendar, Place, PlaceNow, PlacePut, Returned, return_place},
};
use uuid::Uuid;

use crate::{Result, calendars::queries::handed_place as queries, db::Tx, id::uuids};

/// A place in a calendar and what becomes of it.
pub(crate) struct HandedPlace<'a> {
    pub calendar: &'a HeldCalendar,
    pub fate: Fate,
    pub is_closed: bool,
}

/// Takes `member` out of calendars, for others or for nobody; whoever takes the place comes in with its weight, unless they are in
/// already. A personal calendar that nobody takes keeps its host, and is closed. Answers what undoing needs to know of each: none for
/// what stays.
pub(crate) async fn give_places(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    things: &[HandedPlace<'_>],
    now: DateTime<Utc>,
) -> Result<HashMap<CalendarId, PlacePut<Place>>> {
    let given: Vec<_> = things.iter().filter(|one| one.fate != Fate::Kept).collect();
    if given.is_empty() {
        return Ok(HashMap::new());
    }
    let calendars = uuids(given.iter().map(|one| one.calendar.id));
    let people = uuids(given.iter().filter_map(|one| one.fate.receiver()).chain([member]));
    let before = queries::find(tx, account, &calendars, &people).await?;
    let newcomers: Vec<_> = given.iter().filter_map(|one| one.newcomer(now)).collect();
    let left = given.iter().filter(|one| one.is_left()).map(|one| (one.calendar.id, member));
    queries::forget(tx, account, &left.collect::<Vec<_>>()).await?;
    queries::put(tx, account, &newcomers).await?;
    let closed = uuids(given.iter().filter(|one| one.is_closed).map(|one| one.calendar.id));
    queries::switch(tx, account, &closed, false).await?;
    let put = given.iter().map(|one| {
        let id = one.calendar.id;
        let theirs =
            one.newcomer(now).map(|(_, receiver, place)| (before.get(&(id, receiver)).copied(), place));
        let own_before = before.get(&(id, member)).copied();
        let own_after = own_before.filter(|_| !one.is_left());
        (id, PlacePut { own_before, own_after, theirs, switched_off: one.is_closed })
    });
    Ok(put.collect())
}

impl HandedPlace<'_> {
    fn newcomer(&self, now: DateTime<Utc>) -> Option<(CalendarId, MemberId, Place)> {
        let receiver = self.fate.receiver().filter(|receiver| !self.calendar.others.contains(receiver))?;
        let terms = HostTerms { ramp_up_weeks: 0, ..self.calendar.terms };
        Some((self.calendar.id, receiver, Place { is_excluded: false, terms, joined_at: now }))
    }

    fn is_left(&self) -> bool {
        self.fate != Fate::Nobody || self.calendar.kind != CalendarKind::Personal
    }
}

/// Gives places back to `member` that still stand where they were put; each with whoever took it. Answers what came of each.
/// Call it after [`super::hold_returning`].
pub(crate) async fn return_places(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    things: &[(CalendarId, Option<MemberId>, PlacePut<Place>)],
) -> Result<Vec<Returned>> {
    if things.is_empty() {
        return Ok(vec![]);
    }
    let calendars = uuids(things.iter().map(|(id, ..)| *id));
    let people = uuids(things.iter().filter_map(|(_, receiver, _)| *receiver).chain([member]));
    let kinds = queries::kinds(tx, account, &calendars).await?;
    let found = queries::find(tx, account, &calendars, &people).await?;
    let place = |calendar, person: Option<MemberId>| found.get(&(calendar, person?)).copied();
    let (mut put, mut forgotten, mut opened): (Vec<_>, Vec<_>, Vec<Uuid>) = Default::default();
    let mut returned = Vec::new();
    for (id, receiver, was) in things {
        let now = kinds.get(id).map(|kind| PlaceNow {
            own: place(*id, Some(member)),
            theirs: place(*id, *receiver),
            is_needed: false,
            one_host: *kind == CalendarKind::Personal,
        });
        let came = return_place(was, now.as_ref());
        returned.push(came);
        if !came.is_back() {
            continue;
        }
        put.extend(was.own_before.map(|place| (*id, member, place)));
        opened.extend(was.switched_off.then_some(id.0));
        match (came, receiver, &was.theirs) {
            (Returned::Back, Some(receiver), Some((Some(before), _))) => put.push((*id, *receiver, *before)),
            (Returned::Back, Some(receiver), Some((None, _))) => forgotten.push((*id, *receiver)),
            _ => {}
        }
    }
    queries::put(tx, account, &put).await?;
    queries::forget(tx, account, &forgotten).await?;
    queries::switch(tx, account, &opened, true).await?;
    Ok(returned)
}
