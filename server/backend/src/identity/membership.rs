//! A person inside an account: what the session middleware and the mailed links make an [`Access`] from.

use domain::{
    AccountId, LoginId, PersonName,
    activity::Event,
    billing::Subscription,
    identity::{AccountChoice, BillingNotice},
    permissions::Assignment,
};

use super::queries::member::{self, MembershipRow};
use crate::{
    Access, Actor, Backend, Error, Result, activity, billing,
    db::Tx,
    permissions::{ProfileColumns, assignment},
};

/// One account that a person may work in, with what they are there.
pub(super) struct Membership {
    pub row: MembershipRow,
    pub assignment: Assignment,
    pub billing: Option<BillingNotice>,
}

impl TryFrom<MembershipRow> for Membership {
    type Error = Error;
    fn try_from(mut row: MembershipRow) -> Result<Self> {
        let profile = ProfileColumns {
            id: row.profile_id,
            name: row.profile_name.take(),
            permissions: row.profile_permissions.take(),
        };
        let assignment = assignment(&row.role, row.only_assigned, profile, &row.elevated)?;
        let subscription: Option<Subscription> =
            row.subscription.take().map(serde_json::from_value).transpose()?;
        let billing = subscription.as_ref().and_then(billing::billing_notice);
        Ok(Self { assignment, billing, row })
    }
}

impl Membership {
    pub(super) fn account(&self) -> AccountId {
        self.row.account_id
    }

    pub(super) fn name(&self) -> PersonName {
        PersonName { first: self.row.first_name.clone(), last: self.row.last_name.clone() }
    }

    pub(super) fn choice(&self) -> AccountChoice {
        AccountChoice { id: self.account(), name: self.row.account_name.clone(), role: self.assignment.role }
    }

    pub(super) fn access(&self, login: LoginId, freshly_proved: bool) -> Access {
        let actor = Actor::Member { id: self.row.member_id, login_id: login, name: self.name().full() };
        Access::assigned(self.account(), actor, &self.assignment, freshly_proved)
    }
}

/// Every account this person may work in, by name.
pub(super) async fn memberships(backend: &Backend, login: LoginId) -> Result<Vec<Membership>> {
    let mut tx = backend.db.own(login).await?;
    let rows = member::memberships(&mut tx, login, backend.clock.now()).await?;
    tx.commit().await?;
    rows.into_iter().map(Membership::try_from).collect()
}

/// The account that somebody who just proved who they are begins with: where they worked last.
pub(super) async fn latest(backend: &Backend, login: LoginId) -> Result<Option<Membership>> {
    let all = memberships(backend, login).await?;
    Ok(all.into_iter().rev().max_by_key(|membership| membership.row.last_active_at))
}

/// A transaction for a change of a login: inside the account that its event is recorded in, if there is one.
pub(super) async fn begin(backend: &Backend, access: Option<&Access>) -> Result<Tx> {
    match access {
        Some(access) => backend.db.tenant(access.account()).await,
        None => backend.db.begin().await,
    }
}

/// Records what a person did with their login in the account they work in; a login without an account has no log.
pub(super) async fn record(
    tx: &mut Tx,
    backend: &Backend,
    access: Option<&Access>,
    event: &Event,
) -> Result<()> {
    match access {
        Some(access) => activity::record(tx, access, backend.clock.now(), event).await,
        None => Ok(()),
    }
}
