use chrono::{DateTime, TimeDelta, Utc};

use super::{Candidate, draw};
use crate::MemberId;

/// Bookings that can be tried out at once.
pub const SIMULATED_BOOKINGS_MAX: u32 = 1_000;

/// What would happen: how many of the next bookings each host gets if all are free for all of them, in the order of the hosts.
/// Weights stay as they are `now`, also those that rise.
#[must_use]
pub fn simulate(hosts: &[Candidate], bookings: u32, now: DateTime<Utc>) -> Vec<(MemberId, u32)> {
    let mut hosts = hosts.to_vec();
    let mut got: Vec<_> = hosts.iter().map(|one| (one.host.member, 0)).collect();
    for number in 0..bookings.min(SIMULATED_BOOKINGS_MAX) {
        // One after the other, so that ties go the same way as in life.
        let drawn = draw(&mut hosts, now + TimeDelta::microseconds(number.into()));
        for (member, count) in &mut got {
            *count += u32::from(drawn == Some(*member));
        }
    }
    got
}
