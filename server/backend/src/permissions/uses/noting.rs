use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{AccountId, MemberId, Permission, PermissionSet};

use crate::account::zone::local_day;

/// People and days that one server keeps in mind: at most some ten megabytes. What does not fit any more is not noted.
const KEPT_MAX: usize = 100_000;

/// What people used lately; clones share it. One entry holds a person's whole day, so a use is a bit in it.
#[derive(Clone, Debug, Default)]
pub struct Uses(Arc<Mutex<HashMap<Whose, Used>>>);

/// Ordered, so that servers write in the same order and never wait for each other in a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Whose {
    pub account: AccountId,
    pub member: MemberId,
    pub day: NaiveDate,
}

#[derive(Clone, Copy, Debug, Default)]
struct Used {
    /// Not in the database yet, as far as this server knows.
    fresh: PermissionSet,
    written: PermissionSet,
}

impl Uses {
    fn note(&self, whose: Whose, permission: Permission) {
        let mut kept = self.lock();
        if kept.len() >= KEPT_MAX && !kept.contains_key(&whose) {
            metrics::counter!("steward_permission_uses_not_noted_total").increment(1);
            return;
        }
        let used = kept.entry(whose).or_default();
        if !used.written.contains(permission) {
            used.fresh = used.fresh.with(permission);
        }
    }

    /// What is still to be written, in order.
    pub(super) fn fresh(&self) -> Vec<(Whose, PermissionSet)> {
        let kept = self.lock();
        let fresh = kept.iter().filter(|(_, used)| !used.fresh.is_empty());
        let mut fresh: Vec<_> = fresh.map(|(whose, used)| (*whose, used.fresh)).collect();
        drop(kept);
        fresh.sort_unstable_by_key(|(whose, _)| *whose);
        fresh
    }

    /// These are in the database now. What was noted while they were written stays fresh.
    pub(super) fn written(&self, rows: &[(Whose, PermissionSet)]) {
        let mut kept = self.lock();
        for (whose, set) in rows {
            if let Some(used) = kept.get_mut(whose) {
                used.written = used.written.union(*set);
                used.fresh = used.fresh.without(*set);
            }
        }
    }

    /// Drops written days that are over everywhere on earth, and all written ones when they take the room of new ones.
    pub(super) fn forget_written(&self, now: DateTime<Utc>) {
        let mut kept = self.lock();
        let crowded = kept.len() > KEPT_MAX / 2;
        let over = now.date_naive() - Days::new(1);
        kept.retain(|whose, used| !used.fresh.is_empty() || (!crowded && whose.day >= over));
    }

    /// Whoever broke down with the lock in hand left whole bits behind.
    fn lock(&self) -> MutexGuard<'_, HashMap<Whose, Used>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where one access notes what is used through it, and on which day that is.
#[derive(Clone, Debug)]
pub(crate) struct Noting {
    uses: Uses,
    day: NaiveDate,
}

impl Noting {
    /// For a request that came at `now`, in an account that lives in `time_zone`.
    pub(crate) fn on(uses: &Uses, now: DateTime<Utc>, time_zone: &str) -> Self {
        Self { uses: uses.clone(), day: local_day(now, time_zone) }
    }

    pub(crate) fn note(&self, account: AccountId, member: MemberId, permission: Permission) {
        self.uses.note(Whose { account, member, day: self.day }, permission);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose(member: u128) -> Whose {
        let id = uuid::Uuid::from_u128(member);
        Whose { account: id.into(), member: id.into(), day: NaiveDate::MIN }
    }

    #[test]
    fn a_use_is_fresh_once_and_again_only_after_it_could_not_be_written() {
        let uses = Uses::default();
        for _ in 0..3 {
            uses.note(whose(1), Permission::SettingsViewStaff);
        }
        let fresh = uses.fresh();
        assert_eq!(fresh, [(whose(1), PermissionSet::of(&[Permission::SettingsViewStaff]))]);
        assert_eq!(uses.fresh(), fresh, "it was not written");
        uses.note(whose(1), Permission::DashboardView);
        uses.written(&fresh);
        uses.note(whose(1), Permission::SettingsViewStaff);
        assert_eq!(uses.fresh(), [(whose(1), PermissionSet::of(&[Permission::DashboardView]))]);
    }

    #[test]
    fn memory_is_bounded_and_free_again_after_writing() {
        let uses = Uses::default();
        let people = u128::try_from(KEPT_MAX).unwrap();
        for member in 0..people + 10 {
            uses.note(whose(member), Permission::DashboardView);
        }
        assert_eq!(uses.fresh().len(), KEPT_MAX);
        uses.written(&uses.fresh());
        uses.forget_written(DateTime::UNIX_EPOCH);
        uses.note(whose(people), Permission::DashboardView);
        assert_eq!(uses.fresh().len(), 1);
    }
}
