//! What undoing gives back: what still stands where the leaving put it. What somebody has changed since is named and left alone.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Draw, Returned};
use crate::{
    MemberId, PipelineId,
    calendars::{AppointmentState, HostTerms},
};

/// Hours within which it can be undone.
pub const UNDO_HOURS: i64 = 24;

/// Whether somebody's leaving can still be undone: not any more at the instant at which the hours are over.
#[must_use]
pub fn may_be_undone(left_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < left_at + TimeDelta::hours(UNDO_HOURS)
}

/// What the leaving did to an appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentPut {
    /// Its version since then.
    pub version: i32,
    /// What drawing its host had done to the credits.
    pub before: Draw,
    /// What drawing the new one did.
    pub after: Draw,
}

/// How an appointment stands when somebody undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppointmentNow {
    pub version: i32,
    pub state: AppointmentState,
    pub starts_at: DateTime<Utc>,
    /// Whether those who are to have it again have nothing else then.
    pub is_free: bool,
    /// Whether its visitor has booked another time in the calendar since.
    pub is_replaced: bool,
}

/// Whether an appointment goes back; `now` is none when it is not there any more.
#[must_use]
pub fn return_appointment(
    put: &AppointmentPut,
    was_cancelled: bool,
    now: Option<&AppointmentNow>,
    at: DateTime<Utc>,
) -> Returned {
    let Some(now) = now else { return Returned::Gone };
    let is_cancelled = now.state == AppointmentState::Cancelled;
    if is_cancelled != was_cancelled {
        return if is_cancelled { Returned::Cancelled } else { Returned::Changed };
    }
    if now.starts_at <= at {
        Returned::Over
    } else if now.version != put.version || was_cancelled && now.is_replaced {
        Returned::Changed
    } else if now.is_free {
        Returned::Back
    } else {
        Returned::NotFree
    }
}

/// Where the leaving left an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpportunityPut {
    pub pipeline: PipelineId,
}

/// How an opportunity stands when somebody undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpportunityNow {
    pub pipeline: PipelineId,
    pub owner: Option<MemberId>,
}

/// Whether an opportunity goes back to whoever left, from `receiver` (none: nobody). Work on it is no change of whose it is.
#[must_use]
pub fn return_opportunity(
    put: OpportunityPut,
    receiver: Option<MemberId>,
    now: Option<&OpportunityNow>,
) -> Returned {
    match now {
        None => Returned::Gone,
        Some(now) if now.owner == receiver && now.pipeline == put.pipeline => Returned::Back,
        Some(_) => Returned::Changed,
    }
}

/// What is said by hand about somebody in a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub is_excluded: bool,
    pub terms: HostTerms,
    pub joined_at: DateTime<Utc>,
}

/// What the leaving did to places in a calendar (`P` is [`Place`]) or in a pipeline (whether somebody is kept out of it). None where
/// nothing is said by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacePut<P> {
    /// Of whoever left.
    pub own_before: Option<P>,
    pub own_after: Option<P>,
    /// Of whoever took the place, if it was put: somebody who was in already keeps what they had.
    pub theirs: Option<(Option<P>, P)>,
    /// The calendar was closed: nobody was left in it.
    #[serde(default)]
    pub switched_off: bool,
}

/// How the places stand when somebody undoes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceNow<P> {
    pub own: Option<P>,
    pub theirs: Option<P>,
    /// Whoever took the place has something there by now that they could not see without it.
    pub is_needed: bool,
    /// A personal calendar has exactly one.
    pub one_host: bool,
}

/// Whether a place goes back to whoever left; `now` is none when the calendar or the pipeline is not there any more.
#[must_use]
pub fn return_place<P: PartialEq>(put: &PlacePut<P>, now: Option<&PlaceNow<P>>) -> Returned {
    let Some(now) = now else { return Returned::Gone };
    if now.own != put.own_after {
        return Returned::Changed;
    }
    let stands = put.theirs.as_ref().is_none_or(|(_, after)| now.theirs.as_ref() == Some(after));
    match (stands && !now.is_needed, now.one_host) {
        (true, _) => Returned::Back,
        (false, true) => Returned::Changed,
        (false, false) => Returned::BackBeside,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const LEFT_AT: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn it_can_be_undone_for_24_hours_and_not_an_instant_longer() {
        let at = |hours, less| LEFT_AT + TimeDelta::hours(hours) - TimeDelta::microseconds(less);
        assert!(may_be_undone(LEFT_AT, LEFT_AT) && may_be_undone(LEFT_AT, at(24, 1)));
        assert!(!may_be_undone(LEFT_AT, at(24, 0)) && !may_be_undone(LEFT_AT, at(48, 0)));
    }

    #[test]
    fn an_appointment_goes_back_only_as_it_was_put() {
        let put = AppointmentPut { version: 2, before: vec![], after: vec![] };
        let state = AppointmentState::Booked;
        let starts_at = LEFT_AT + TimeDelta::hours(3);
        let now = AppointmentNow { version: 2, state, starts_at, is_free: true, is_replaced: false };
        let told = |now: AppointmentNow, at| return_appointment(&put, false, Some(&now), at);
        let cancelled = AppointmentNow { state: AppointmentState::Cancelled, ..now };
        assert_eq!(told(now, LEFT_AT), Returned::Back);
        assert_eq!(told(now, now.starts_at), Returned::Over);
        assert_eq!(told(AppointmentNow { version: 3, ..now }, LEFT_AT), Returned::Changed);
        assert_eq!(told(AppointmentNow { is_free: false, ..now }, LEFT_AT), Returned::NotFree);
        assert_eq!(told(cancelled, LEFT_AT), Returned::Cancelled);
        assert_eq!(return_appointment(&put, false, None, LEFT_AT), Returned::Gone);
        assert_eq!(return_appointment(&put, true, Some(&cancelled), LEFT_AT), Returned::Back);
        assert_eq!(return_appointment(&put, true, Some(&now), LEFT_AT), Returned::Changed);
        let replaced = AppointmentNow { is_replaced: true, ..cancelled };
        assert_eq!(return_appointment(&put, true, Some(&replaced), LEFT_AT), Returned::Changed);
        assert_eq!(told(AppointmentNow { is_replaced: true, ..now }, LEFT_AT), Returned::Back, "two of them");
    }

    #[test]
    fn an_opportunity_goes_back_while_it_is_whose_it_was_made() {
        let (max, nia) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        let (sales, other) = (PipelineId(Uuid::from_u128(3)), PipelineId(Uuid::from_u128(4)));
        let put = OpportunityPut { pipeline: sales };
        let told = |receiver, pipeline, owner| {
            return_opportunity(put, receiver, Some(&OpportunityNow { pipeline, owner }))
        };
        assert_eq!(told(Some(max), sales, Some(max)), Returned::Back);
        assert_eq!(told(None, sales, None), Returned::Back);
        assert_eq!(told(Some(max), sales, Some(nia)), Returned::Changed);
        assert_eq!(told(None, sales, Some(nia)), Returned::Changed);
        assert_eq!(told(Some(max), other, Some(max)), Returned::Changed);
        assert_eq!(return_opportunity(put, None, None), Returned::Gone);
    }

    #[test]
    fn a_place_goes_back_and_what_became_of_the_other_stays() {
        let put = |theirs| PlacePut { own_before: Some(1), own_after: None, theirs, switched_off: false };
        let now = |own, theirs, one_host| PlaceNow { own, theirs, is_needed: false, one_host };
        let given = put(Some((None, 5)));
        assert_eq!(return_place(&given, Some(&now(None, Some(5), false))), Returned::Back);
        let needed = PlaceNow { is_needed: true, ..now(None, Some(5), false) };
        assert_eq!(return_place(&given, Some(&needed)), Returned::BackBeside);
        assert_eq!(return_place(&given, Some(&now(None, Some(6), false))), Returned::BackBeside);
        assert_eq!(return_place(&given, Some(&now(None, None, false))), Returned::BackBeside);
        assert_eq!(return_place(&given, Some(&now(None, None, true))), Returned::Changed, "one host");
        assert_eq!(return_place(&given, Some(&now(Some(1), Some(5), false))), Returned::Changed);
        assert_eq!(return_place(&put(None), Some(&now(None, Some(9), false))), Returned::Back);
        assert_eq!(return_place(&given, None), Returned::Gone);
    }
}
