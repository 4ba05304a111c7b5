//! The answers to "what can this person do?" and "why can't I?".

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Assignment, Changed, MemberElevation, Permission, PermissionSet, Reason, decide};
use crate::{
    AccountId, MemberId, Refusal,
    staff::{LastDay, MemberState},
};

/// The explanation of one permission of one person, as people pass it on: `contacts.edit-0242ac120002`. It says who asked for what
/// and never changes; who opens it sees what is true then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplanationId {
    pub permission: Permission,
    /// The last 48 bits of the member's id, all of them random: enough to tell apart the people of one account.
    pub member_tail: u64,
}

/// Hexadecimal digits of [`ExplanationId::member_tail`].
const TAIL_DIGITS: usize = 12;

impl ExplanationId {
    #[must_use]
    pub fn new(member: MemberId, permission: Permission) -> Self {
        let [.., a, b, c, d, e, f] = *member.0.as_bytes();
        Self { permission, member_tail: u64::from_be_bytes([0, 0, a, b, c, d, e, f]) }
    }

    #[must_use]
    pub fn is_about(self, member: MemberId) -> bool {
        Self::new(member, self.permission) == self
    }

    /// As the member's id ends.
    #[must_use]
    pub fn tail(self) -> String {
        format!("{:0TAIL_DIGITS$x}", self.member_tail)
    }
}

impl fmt::Display for ExplanationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.permission, self.tail())
    }
}

impl FromStr for ExplanationId {
    type Err = Refusal;
    /// Takes also what was copied with space around it or in capitals.
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text = text.trim().to_ascii_lowercase();
        let (permission, tail) = text.rsplit_once('-').ok_or(Refusal::NotFound)?;
        let is_tail = tail.len() == TAIL_DIGITS && tail.bytes().all(|byte| byte.is_ascii_hexdigit());
        let member_tail = u64::from_str_radix(tail, 16).ok().filter(|_| is_tail).ok_or(Refusal::NotFound)?;
        Ok(Self { permission: permission.parse().map_err(|_unknown| Refusal::NotFound)?, member_tail })
    }
}

/// Somebody, and everything that decides what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAccess {
    pub member: MemberId,
    pub account: AccountId,
    pub account_name: String,
    pub name: String,
    /// Whoever is not active may do nothing, whatever they were given.
    pub state: MemberState,
    /// A guest's; once it is over they are not active.
    pub last_day: Option<LastDay>,
    pub assignment: Assignment,
    /// What their profile has switched on; none without one.
    pub profile_set: Option<PermissionSet>,
    /// What they asked for beside it and wait for or have at this instant, the newest first.
    pub elevations: Vec<MemberElevation>,
}

impl MemberAccess {
    #[must_use]
    pub fn reason(&self, permission: Permission) -> Reason {
        let Assignment { role, only_assigned, elevated, .. } = &self.assignment;
        decide(*role, self.profile_set, *only_assigned, *elevated, permission)
    }

    /// The elevation that gives them this; where it comes along with several, the one that lasts longest.
    #[must_use]
    pub fn elevation(&self, permission: Permission) -> Option<&MemberElevation> {
        let gives = |elevation: &&MemberElevation| {
            let along = permission.is_view() && elevation.permission.section() == permission.section();
            elevation.given.is_some() && (elevation.permission == permission || along)
        };
        // For good is longer than any end.
        let lasts = |elevation: &&MemberElevation| {
            let ends_at = elevation.given.as_ref().and_then(|given| given.ends_at);
            (ends_at.is_none(), ends_at)
        };
        self.elevations.iter().filter(gives).max_by_key(lasts)
    }

    /// The request for this that nobody has answered yet.
    #[must_use]
    pub fn request(&self, permission: Permission) -> Option<&MemberElevation> {
        self.elevations.iter().find(|asked| asked.permission == permission && asked.given.is_none())
    }

    /// Whether they may do it now.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.state == MemberState::Active && self.reason(permission).allows()
    }
}

/// The chain behind one permission of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    pub about: MemberAccess,
    pub permission: Permission,
    /// Since when they have their role; none when that was never written down.
    pub role_given: Option<Changed>,
    /// Since when they have their profile (or none) and their scope; as [`Self::role_given`].
    pub profile_given: Option<Changed>,
    pub scope_given: Option<Changed>,
    /// When their profile switched this permission last; none without a profile.
    pub switched: Option<Switched>,
    /// The first people who can change it, Admins first, then by name.
    pub changers: Vec<Changer>,
    /// All of them.
    pub changers_total: u64,
}

/// The version of a profile that switched a permission as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switched {
    /// 1 when the profile was made like that.
    pub version: i32,
    pub changed: Changed,
}

/// Somebody who can change what another person may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changer {
    pub member: MemberId,
    pub name: String,
    pub is_admin: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_itself_and_nothing_else_is_one() {
        let member = MemberId("0190a8f0-0000-7000-8000-0242ac120002".parse().unwrap_or_default());
        for permission in Permission::ALL {
            let id = ExplanationId::new(member, *permission);
            assert_eq!(id.to_string().parse(), Ok(id));
            assert!(id.is_about(member) && !id.is_about(MemberId::default()));
        }
        let id = ExplanationId::new(member, Permission::ContactsEdit);
        assert_eq!(id.to_string(), "contacts.edit-0242ac120002");
        assert_eq!(" Contacts.Edit-0242AC120002\n".parse(), Ok(id));
        for text in
            ["", "contacts.edit", "contacts.edit-", "contacts.fly-0242ac120002", "contacts.edit-+242ac120002"]
        {
            assert_eq!(text.parse::<ExplanationId>(), Err(Refusal::NotFound), "{text}");
        }
    }
}
