//! What somebody may do and does not do: told only where it was theirs, and looked at, all that time.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Assignment, AssignmentChoice, Permission, PermissionSet, ProfileName};
use crate::{MemberId, Problem, ProfileId, Refusal};

/// Days without a use after which a permission is pointed out, the longest first.
pub const UNUSED_DAYS: [u32; 3] = [90, 60, 30];
/// Characters that a note about a permission that is kept may have.
pub const KEPT_NOTE_MAX_CHARS: usize = 300;

/// What somebody was given from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub since: DateTime<Utc>,
    pub choice: AssignmentChoice,
    /// Somebody who is shut out holds nothing meanwhile.
    pub is_active: bool,
}

/// What a profile held from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileState {
    pub since: DateTime<Utc>,
    pub permissions: PermissionSet,
}

/// What was held from which instant on, the oldest first; the last is what is held now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held(Vec<(DateTime<Utc>, PermissionSet)>);

impl Held {
    /// What one person held: what they were given, with what their profiles held meanwhile. All oldest first.
    #[must_use]
    pub fn by_person(given: &[Given], profiles: &HashMap<ProfileId, Vec<ProfileState>>) -> Self {
        let mut held = Vec::new();
        for (index, one) in given.iter().enumerate() {
            let until = given.get(index + 1).map(|next| next.since);
            let profile = one.choice.profile;
            let states = profile.and_then(|id| profiles.get(&id)).map(Vec::as_slice).unwrap_or_default();
            let at_first = states.iter().rfind(|state| state.since <= one.since);
            held.push((one.since, one.set(at_first)));
            let meanwhile = |state: &&ProfileState| {
                state.since > one.since && until.is_none_or(|until| state.since < until)
            };
            held.extend(states.iter().filter(meanwhile).map(|state| (state.since, one.set(Some(state)))));
        }
        Self(held)
    }

    /// What a profile held.
    #[must_use]
    pub fn by_profile(states: &[ProfileState]) -> Self {
        Self(states.iter().map(|state| (state.since, state.permissions)).collect())
    }

    #[must_use]
    pub fn now(&self) -> PermissionSet {
        self.0.last().map(|(_, set)| *set).unwrap_or_default()
    }

    /// Since when `permission` has been held without a break; none when it is not held now.
    #[must_use]
    pub fn since(&self, permission: Permission) -> Option<DateTime<Utc>> {
        let unbroken = self.0.iter().rev().take_while(|(_, set)| set.contains(permission));
        unbroken.last().map(|(since, _)| *since)
    }
}

impl Given {
    fn set(&self, profile: Option<&ProfileState>) -> PermissionSet {
        if !self.is_active {
            return PermissionSet::EMPTY;
        }
        let AssignmentChoice { role, profile: chosen, only_assigned } = self.choice;
        let named = chosen.map(|id| {
            let set = profile.map(|state| state.permissions).unwrap_or_default();
            (ProfileName { id, name: String::new() }, set)
        });
        Assignment::new(role, named, only_assigned).permissions
    }
}

/// What is known about one permission that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub permission: Permission,
    /// The day from which on it was held without a break.
    pub held_since: NaiveDate,
    /// As long as uses are kept.
    pub last_used: Option<NaiveDate>,
}

/// A permission that is held and was not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unused {
    pub permission: Permission,
    /// For at least so many days: one of [`UNUSED_DAYS`].
    pub days: u32,
    pub last_used: Option<NaiveDate>,
}

/// What of `held` was not used. `known` is about what Steward sees used ([`PermissionSet::SEEN_BY_STEWARD`]), `recorded_since` the day
/// from which on it has looked. A master switch counts only when everything that needs it is unused as well: taking it away would
/// take that, too.
#[must_use]
pub fn unused(
    today: NaiveDate,
    recorded_since: NaiveDate,
    held: PermissionSet,
    known: &[Known],
) -> Vec<Unused> {
    let judged = |known: &Known| {
        let idle_since = known.held_since.max(recorded_since).max(known.last_used.unwrap_or(NaiveDate::MIN));
        let idle = (today - idle_since).num_days();
        let days = UNUSED_DAYS.into_iter().find(|days| idle >= i64::from(*days))?;
        Some(Unused { permission: known.permission, days, last_used: known.last_used })
    };
    let found: Vec<_> = known.iter().filter_map(judged).collect();
    let idle: PermissionSet = found.iter().map(|unused| unused.permission).collect();
    let removable = idle.removable_from(held);
    found.into_iter().filter(|unused| removable.contains(unused.permission)).collect()
}

/// Whose permission is kept although nobody used it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeptBy {
    Profile(ProfileId),
    Member(MemberId),
}

/// Why something is kept, trimmed.
///
/// # Errors
/// [`Refusal::Invalid`] for `note`.
pub fn check_kept_note(note: &str) -> Result<String, Refusal> {
    super::profile::words(note, KEPT_NOTE_MAX_CHARS, true)
        .map_err(|problem: Problem| Refusal::field("note", problem))
}

#[cfg(test)]
mod tests {
    use super::{Permission as P, *};
    use crate::Role;

    fn day(day: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(day)
    }
    fn at(number: u64) -> DateTime<Utc> {
        day(number).and_hms_opt(12, 0, 0).unwrap().and_utc()
    }
    fn id(number: u128) -> ProfileId {
        uuid::Uuid::from_u128(number).into()
    }
    fn given(since: u64, profile: Option<ProfileId>) -> Given {
        let choice = AssignmentChoice::new(Role::User, profile, false);
        Given { since: at(since), choice, is_active: true }
    }
    fn state(since: u64, permissions: &[P]) -> ProfileState {
        ProfileState { since: at(since), permissions: PermissionSet::of(permissions) }
    }

    #[test]
    fn held_is_what_stayed_through_every_change() {
        let profiles = HashMap::from([
            (
                id(1),
                vec![
                    state(0, &[P::SettingsViewStaff]),
                    state(20, &[P::SettingsViewStaff, P::SettingsEditStaff]),
                ],
            ),
            (
                id(2),
                vec![state(0, &[P::SettingsEditStaff]), state(35, &[]), state(40, &[P::SettingsEditStaff])],
            ),
        ]);
        let held = Held::by_person(&[given(5, Some(id(1))), given(30, Some(id(2)))], &profiles);
        assert_eq!(held.since(P::SettingsViewStaff), None, "the second profile lacks it");
        assert_eq!(held.since(P::SettingsEditStaff), Some(at(40)), "it was off for five days");
        let first = Held::by_person(&[given(5, Some(id(1)))], &profiles);
        assert_eq!(first.since(P::SettingsViewStaff), Some(at(5)));
        assert_eq!(first.since(P::SettingsEditStaff), Some(at(20)));
        let away = [
            given(5, Some(id(1))),
            Given { is_active: false, ..given(25, Some(id(1))) },
            given(28, Some(id(1))),
        ];
        assert_eq!(Held::by_person(&away, &profiles).since(P::SettingsViewStaff), Some(at(28)));
        assert_eq!(Held::by_person(&[given(3, None)], &profiles).now(), Role::User.permissions());
    }

    #[test]
    fn unused_is_told_only_of_what_was_held_and_looked_at_all_that_time() {
        let held = PermissionSet::of(&[P::SettingsView, P::SettingsEditStaff]);
        // Held since, last used, looked at since, today; what is told.
        let cases = [
            (0, None, 0, 29, None),
            (0, None, 0, 30, Some(30)),
            (0, None, 0, 60, Some(60)),
            (0, None, 0, 200, Some(90)),
            (0, Some(171), 0, 200, None),
            (0, Some(170), 0, 200, Some(30)),
            (171, None, 0, 200, None),
            (0, None, 171, 200, None),
        ];
        for (since, last, looked, today, told) in cases {
            let known =
                Known { permission: P::SettingsEditStaff, held_since: day(since), last_used: last.map(day) };
            let found = unused(day(today), day(looked), held, &[known]);
            assert_eq!(found.first().map(|unused| unused.days), told, "{since} {last:?} {looked} {today}");
        }
    }

    #[test]
    fn a_master_switch_stays_with_whatever_needs_it() {
        let known = |permission| Known { permission, held_since: day(0), last_used: None };
        let view = [known(P::DashboardView)];
        let alone = PermissionSet::of(&[P::DashboardView]);
        assert_eq!(unused(day(90), day(0), alone, &view).len(), 1);
        assert_eq!(unused(day(90), day(0), alone.with(P::DashboardMoney), &view), []);
    }

    #[test]
    fn what_goes_from_a_set_takes_nothing_else_along() {
        let held =
            PermissionSet::of(&[P::ContactsView, P::ContactsEdit, P::ContactsExport, P::DashboardView]);
        let going = |permissions: &[P]| PermissionSet::of(permissions).removable_from(held);
        assert_eq!(going(&[P::ContactsView, P::ContactsEdit]), PermissionSet::of(&[P::ContactsEdit]));
        let all = [P::ContactsView, P::ContactsEdit, P::ContactsExport, P::DashboardView];
        assert_eq!(going(&all), held);
    }

    #[test]
    fn a_reason_is_needed() {
        assert_eq!(check_kept_note("  For the auditors "), Ok("For the auditors".into()));
        assert_eq!(check_kept_note(" ").unwrap_err().problem("note"), Some(&Problem::Required));
    }
}
