use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{Answered, LastDay, NamedPlace, PhoneNumber};
use crate::{
    Email, InvitationId, MemberId, Permission, PermissionSet, PersonName, Refusal,
    permissions::{Assignment, may_give},
};

/// Days for which a mailed invitation can be accepted.
pub const INVITATION_DAYS: i64 = 7;

/// What became of an invitation. One row per account and address, refreshed in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    Open,
    Accepted,
    Revoked,
}

/// Where the mail with the link is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    Queued,
    Sent {
        #[serde(with = "chrono::serde::ts_microseconds")]
        at: DateTime<Utc>,
    },
    Failed {
        reason: String,
    },
}

/// Everything My Staff shows of one invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationDetails {
    pub id: InvitationId,
    pub name: PersonName,
    pub email: Email,
    pub phone: Option<PhoneNumber>,
    /// What joining will give them.
    pub assignment: Assignment,
    pub state: InvitationState,
    pub delivery: Delivery,
    pub invited_by: MemberId,
    pub invited_by_name: String,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub invited_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub expires_at: DateTime<Utc>,
    /// How often the link was made anew; an older link is "replaced".
    pub version: i32,
    /// When the invited person last asked for a new link from a dead one.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub asked_again_at: Option<DateTime<Utc>>,
    /// Until when joining will give a guest access.
    pub last_day: Option<LastDay>,
    /// Where joining will put them.
    pub places: Vec<NamedPlace>,
    pub answered: Answered,
}

/// What a mailed link is worth now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkVerdict {
    Good,
    Expired,
    Revoked,
    /// A newer link was sent.
    Replaced,
    /// Somebody joined with it.
    Used,
    /// Who invited may not give this access any more.
    NotBacked,
}

/// Judges a genuine link of version `link_version`. The reason that helps the reader most comes first.
#[must_use]
pub fn link_verdict(
    state: InvitationState,
    version: i32,
    expires_at: DateTime<Utc>,
    link_version: i32,
    now: DateTime<Utc>,
) -> LinkVerdict {
    match state {
        InvitationState::Accepted => LinkVerdict::Used,
        InvitationState::Revoked => LinkVerdict::Revoked,
        InvitationState::Open if link_version != version => LinkVerdict::Replaced,
        InvitationState::Open if now >= expires_at => LinkVerdict::Expired,
        InvitationState::Open => LinkVerdict::Good,
    }
}

impl InvitationDetails {
    /// Whole days until the link dies, at least 1 while it lives; none when it is dead.
    #[must_use]
    pub fn days_left(&self, now: DateTime<Utc>) -> Option<i64> {
        days_left(self.expires_at, now)
    }
}

/// Whether somebody who may do `may`, and give on `own` of it, may stand behind an invitation to this assignment: asked when it is
/// made, changed or sent, and once more when it is accepted. Who is not active any more has no rights.
///
/// # Errors
/// [`Refusal::PermissionMissing`] naming what they lack.
pub fn may_invite_as(may: PermissionSet, own: PermissionSet, offered: &Assignment) -> Result<(), Refusal> {
    if !may.contains(Permission::SettingsInviteStaff) {
        return Err(Refusal::PermissionMissing(Permission::SettingsInviteStaff));
    }
    may_give(own, offered)
}

pub(super) fn days_left(expires_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<i64> {
    let left = expires_at - now;
    (left > Duration::zero()).then(|| (left.num_seconds() + 86_399) / 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    const T: fn(i64) -> DateTime<Utc> = |hours| DateTime::UNIX_EPOCH + Duration::hours(hours);

    #[test]
    fn each_kind_of_dead_link_is_told_apart() {
        use {InvitationState as S, LinkVerdict as V};
        let cases = [
            (S::Open, 1, 1, 23, V::Good),
            (S::Open, 1, 1, 24, V::Expired),
            (S::Open, 2, 1, 23, V::Replaced),
            (S::Open, 2, 1, 99, V::Replaced),
            (S::Revoked, 2, 1, 99, V::Revoked),
            (S::Accepted, 1, 1, 1, V::Used),
        ];
        for (state, version, link_version, hour, verdict) in cases {
            assert_eq!(
                link_verdict(state, version, T(24), link_version, T(hour)),
                verdict,
                "{state:?} {hour}"
            );
        }
    }

    #[test]
    fn nobody_invites_above_their_own_rights() {
        let inviting_user = Role::User.permissions().switched_on(Permission::SettingsInviteStaff);
        let as_role = |own, role| may_invite_as(own, own, &Assignment::of_role(role));
        assert!(as_role(Role::Admin.permissions(), Role::Admin).is_ok());
        assert!(as_role(inviting_user, Role::User).is_ok());
        let cases = [
            (inviting_user, Role::Admin, Permission::GrantAdmin),
            (Role::User.permissions(), Role::User, Permission::SettingsInviteStaff),
            (PermissionSet::EMPTY, Role::User, Permission::SettingsInviteStaff),
        ];
        for (own, role, lacking) in cases {
            assert_eq!(as_role(own, role), Err(Refusal::PermissionMissing(lacking)));
        }
    }

    #[test]
    fn a_started_day_counts_as_a_day_left() {
        assert_eq!(days_left(T(168), T(0)), Some(7));
        assert_eq!(days_left(T(168), T(1)), Some(7));
        assert_eq!(days_left(T(168), T(167)), Some(1));
        assert_eq!(days_left(T(168), T(168)), None);
    }
}
