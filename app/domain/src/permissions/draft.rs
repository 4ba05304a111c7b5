//! Changes of a profile that are collected first and applied in one step.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{PermissionSet, Profile};
use crate::{LoginId, MemberId, Page};

/// What a draft comes to, laid over the profile as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rebased {
    pub permissions: PermissionSet,
    /// What the draft switches on in a section that somebody has switched off since: it stays off.
    pub left_out: PermissionSet,
    /// What somebody has switched on since, in a section that the draft switches off: it goes off as well.
    pub taken_along: PermissionSet,
}

/// Makes the changes from `base` to `wanted` in `now` instead; what others changed in between stays. The two exceptions come from
/// the master switches, and are told.
#[must_use]
pub fn rebased(base: PermissionSet, wanted: PermissionSet, now: PermissionSet) -> Rebased {
    let (on, off) = (wanted.without(base), base.without(wanted));
    let permissions = now.without(off).union(on).consistent();
    Rebased {
        permissions,
        left_out: on.without(permissions),
        taken_along: now.without(base).without(permissions),
    }
}

/// A draft beside the profile that it would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileDraft {
    /// The profile as it is now.
    pub profile: Profile,
    pub rebased: Rebased,
    /// What the profile held when the draft was begun, if it was changed since.
    pub begun_from: Option<PermissionSet>,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub changed_at: DateTime<Utc>,
}

impl ProfileDraft {
    #[must_use]
    pub fn gained(&self) -> PermissionSet {
        self.rebased.permissions.without(self.profile.permissions)
    }

    #[must_use]
    pub fn lost(&self) -> PermissionSet {
        self.profile.permissions.without(self.rebased.permissions)
    }
}

/// Somebody whom a change of the profile touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    pub member: MemberId,
    pub name: String,
    /// With the login's id, the address of the photo; none for people without one.
    pub photo: Option<(LoginId, i32)>,
    pub only_assigned: bool,
}

impl Touched {
    /// How much of `change` reaches them: whoever sees only what is assigned to them never had the others' records.
    #[must_use]
    pub fn part_of(&self, change: PermissionSet) -> PermissionSet {
        if self.only_assigned { change.without(PermissionSet::ALL_RECORDS) } else { change }
    }
}

/// Everything the page shows on which a draft is read before it is applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftReview {
    pub draft: ProfileDraft,
    /// Who changed the profile last; none for Steward itself.
    pub changed_by: Option<String>,
    /// Members who hold the profile, by name.
    pub people: Page<Touched>,
    /// Open invitations to it.
    pub invited: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Permission as P, Section};

    const VIEW: PermissionSet = PermissionSet::of(&[P::ContactsView]);

    #[test]
    fn what_others_changed_since_stays() {
        let now = VIEW.with(P::ContactsDelete).with(P::PaymentsView);
        let wanted = VIEW.with(P::ContactsEdit);
        let Rebased { permissions, left_out, taken_along } = rebased(VIEW, wanted, now);
        assert_eq!(permissions, now.with(P::ContactsEdit));
        assert!(left_out.is_empty() && taken_along.is_empty());
    }

    #[test]
    fn the_same_change_by_both_is_no_conflict() {
        let edit = VIEW.with(P::ContactsEdit);
        let both = rebased(VIEW, edit, edit);
        assert_eq!(both.permissions, edit);
        assert!(both.left_out.is_empty() && both.taken_along.is_empty());
    }

    #[test]
    fn a_section_that_somebody_closed_stays_closed_and_one_that_the_draft_closes_takes_all_along() {
        let edit = VIEW.with(P::ContactsEdit);
        let closed = rebased(VIEW, edit, PermissionSet::EMPTY);
        assert_eq!(
            (closed.permissions, closed.left_out),
            (PermissionSet::EMPTY, PermissionSet::of(&[P::ContactsEdit]))
        );
        let closing = rebased(VIEW, PermissionSet::EMPTY, PermissionSet::section(Section::Contacts));
        assert_eq!(closing.permissions, PermissionSet::EMPTY);
        assert_eq!(closing.taken_along, PermissionSet::section(Section::Contacts).without(VIEW));
    }
}
