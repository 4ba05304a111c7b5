//! Calendars as places that people are put into; `staff` asks.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, CalendarId, MemberId,
    calendars::CalendarKind,
    staff::{NamedPlace, PlaceChoice},
};

use super::queries::place as queries;
use crate::{Access, Result, db::Tx};

/// The kinds of calendars into which one may put people. A personal calendar is not asked about: it has its host, and whoever else is
/// put into it takes that one's place.
fn kinds(access: &Access) -> Vec<String> {
    let may_place = |kind: &CalendarKind| access.permissions().contains(kind.people_permission());
    let shared = CalendarKind::ALL.into_iter().filter(|kind| *kind != CalendarKind::Personal);
    shared.filter(may_place).map(|kind| kind.key().to_owned()).collect()
}

/// All calendars into which one may put people, by name, each with who is in it beside `member`, and what that one is in it.
pub(crate) async fn place_choices(
    tx: &mut Tx,
    access: &Access,
    member: Option<MemberId>,
) -> Result<Vec<PlaceChoice>> {
    match kinds(access) {
        none if none.is_empty() => Ok(vec![]),
        kinds => queries::choices(tx, access.account(), &kinds, member).await,
    }
}

/// All calendars into which one may put people, by name.
pub(crate) async fn named_places(tx: &mut Tx, access: &Access) -> Result<Vec<NamedPlace>> {
    match kinds(access) {
        none if none.is_empty() => Ok(vec![]),
        kinds => queries::named(tx, access.account(), &kinds).await,
    }
}

/// In which calendars somebody is by hand.
pub(crate) async fn by_hand(tx: &mut Tx, account: AccountId, member: MemberId) -> Result<Vec<CalendarId>> {
    queries::by_hand(tx, account, member).await
}

/// Makes somebody a host of these calendars by hand, on the terms of whoever is let in without saying otherwise; answers the names of
/// those that are still there. Where a rule takes them in, it is left to the rule. A booking that is under way goes to one of those who
/// were hosts when it began.
pub(crate) async fn let_in(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    calendars: &[CalendarId],
    now: DateTime<Utc>,
) -> Result<Vec<String>> {
    queries::let_in(tx, account, member, calendars, now).await
}

/// Leaves somebody who was put into these calendars by hand to the rules. Appointments that they have stay theirs.
pub(crate) async fn let_go(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    calendars: &[CalendarId],
) -> Result<()> {
    queries::let_go(tx, account, member, calendars).await
}
