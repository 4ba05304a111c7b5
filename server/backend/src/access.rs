//! Who acts. Built only by the session middleware, or by the worker as Steward itself; every use case takes it.

use std::net::IpAddr;

use domain::{
    AccountId, Email, LoginId, MemberId, Permission, PermissionSet, Refusal, Role, SessionId,
    permissions::Assignment,
};

use crate::{Result, permissions::Noting};

/// Somebody (or Steward itself) acting inside one account.
#[derive(Clone, Debug)]
pub struct Access {
    account: AccountId,
    actor: Actor,
    permissions: PermissionSet,
    /// What of it they may give on: an elevation is for use alone.
    grantable: PermissionSet,
    freshly_proved: bool,
    /// Where uses of permissions are noted; none where nobody clicks: jobs, links, Steward itself.
    noting: Option<Noting>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Member {
        id: MemberId,
        login_id: LoginId,
        name: String,
    },
    /// Jobs and timers; also what a visitor causes who is nobody yet (a mailed link).
    Steward,
}

impl Access {
    pub(crate) fn member(
        account: AccountId,
        actor: Actor,
        permissions: PermissionSet,
        freshly_proved: bool,
    ) -> Self {
        Self { account, actor, permissions, grantable: permissions, freshly_proved, noting: None }
    }

    /// Somebody with what they were given.
    pub(crate) fn assigned(
        account: AccountId,
        actor: Actor,
        assignment: &Assignment,
        freshly_proved: bool,
    ) -> Self {
        let access = Self::member(account, actor, assignment.permissions, freshly_proved);
        Self { grantable: assignment.grantable(), ..access }
    }

    /// The same somebody, who proved who they are as long ago as `other` did.
    pub(crate) fn proved_as(self, other: &Self) -> Self {
        Self { freshly_proved: other.freshly_proved, ..self }
    }

    /// The same somebody, whose uses of permissions are noted from now on.
    pub(crate) fn noting(self, noting: Noting) -> Self {
        Self { noting: Some(noting), ..self }
    }

    /// The same somebody with no more than `permissions`, looking only: that is no use of them.
    pub(crate) fn narrowed(self, permissions: PermissionSet) -> Self {
        Self {
            permissions: self.permissions.intersection(permissions),
            grantable: self.grantable.intersection(permissions),
            noting: None,
            ..self
        }
    }

    /// Steward acting by itself: it may do everything, and the log says that it was no person.
    #[must_use]
    pub fn steward(account: AccountId) -> Self {
        Self {
            account,
            actor: Actor::Steward,
            permissions: Role::Admin.permissions(),
            grantable: Role::Admin.permissions(),
            freshly_proved: true,
            noting: None,
        }
    }

    #[must_use]
    pub fn account(&self) -> AccountId {
        self.account
    }

    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    #[must_use]
    pub fn permissions(&self) -> PermissionSet {
        self.permissions
    }

    /// What of it they may give on to others.
    #[must_use]
    pub fn grantable(&self) -> PermissionSet {
        self.grantable
    }

    /// The member who acts; none when it is Steward itself.
    #[must_use]
    pub fn member_id(&self) -> Option<MemberId> {
        match &self.actor {
            Actor::Member { id, .. } => Some(*id),
            Actor::Steward => None,
        }
    }

    /// The first line of every use case. To get through is to use the permission, and is noted: in memory, without a statement.
    ///
    /// # Errors
    /// [`Refusal::PermissionMissing`].
    pub fn require(&self, permission: Permission) -> Result<()> {
        self.require_unnoted(permission)?;
        if let (Some(noting), Actor::Member { id, .. }) = (&self.noting, &self.actor) {
            noting.note(self.account, *id, permission);
        }
        Ok(())
    }

    /// As [`Self::require`], where asking is no use of the permission: what a page shows beside the thing it was opened for.
    ///
    /// # Errors
    /// [`Refusal::PermissionMissing`].
    pub fn require_unnoted(&self, permission: Permission) -> Result<()> {
        if self.permissions.contains(permission) {
            Ok(())
        } else {
            Err(Refusal::PermissionMissing(permission).into())
        }
    }

    /// For sensitive acts, after [`Self::require`].
    ///
    /// # Errors
    /// [`Refusal::FreshProofNeeded`] when the last proof is older than [`domain::identity::FRESH_PROOF_MINUTES`].
    pub fn require_fresh_proof(&self) -> Result<()> {
        if self.freshly_proved { Ok(()) } else { Err(Refusal::FreshProofNeeded.into()) }
    }
}

/// A signed-in person, whatever account they work in. For use cases about the login itself.
#[derive(Clone, Debug)]
pub struct Signed {
    pub login_id: LoginId,
    pub email: Email,
    pub session_id: SessionId,
    pub freshly_proved: bool,
}

impl Signed {
    /// # Errors
    /// [`Refusal::FreshProofNeeded`].
    pub fn require_fresh_proof(&self) -> Result<()> {
        if self.freshly_proved { Ok(()) } else { Err(Refusal::FreshProofNeeded.into()) }
    }
}

/// The browser at the other end, as far as it can be known.
#[derive(Clone, Debug)]
pub struct Client {
    pub ip_address: String,
    pub user_agent: String,
    /// The value of the cookie that marks a browser somebody has signed in with before.
    pub known_device: Option<String>,
}

impl Client {
    /// What counts as one network when attempts are counted.
    #[must_use]
    pub fn network(&self) -> String {
        network_of(&self.ip_address)
    }
}

/// The network that stands behind an address: whoever has one IPv6 address has the 2^64 of its network. What is no address counts
/// as it is.
#[must_use]
pub fn network_of(ip_address: &str) -> String {
    match ip_address.parse() {
        Ok(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => address.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
        },
        _ => ip_address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::network_of;

    #[test]
    fn an_ipv6_network_counts_as_one() {
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2::1"));
        assert_ne!(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
        assert_eq!(network_of("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network_of("203.0.113.7"), "203.0.113.7");
        assert_eq!(network_of("unknown"), "unknown");
    }
}
