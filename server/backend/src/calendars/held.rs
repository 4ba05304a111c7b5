//! An appointment in the hands of somebody who is about to change it.

use domain::{AccountId, AppointmentId, MemberId, Permission, Refusal};

use super::{
    booking::VisitorLink,
    queries::{self, appointment::Stored},
    sight::Sight,
};
use crate::{Access, Backend, Result, db::Tx};

/// Who changes an appointment.
pub(super) enum Changer<'a> {
    /// Whoever holds the link of the visitor's mails.
    Visitor(&'a VisitorLink),
    /// With the version that they saw.
    Staff(&'a Access, i32),
}

impl Changer<'_> {
    pub fn by_visitor(&self) -> bool {
        matches!(self, Self::Visitor(_))
    }

    /// In whose name it is done.
    pub fn access(&self, account: AccountId) -> Access {
        match self {
            Self::Visitor(_) => Access::steward(account),
            Self::Staff(access, _) => (*access).clone(),
        }
    }

    /// Whom alone it may go to: whoever sees only their own would lose sight of it otherwise. None for whoever it comes to.
    pub fn only(&self) -> Option<MemberId> {
        match self {
            Self::Visitor(_) => None,
            Self::Staff(access, _) => Sight::of(access).owner,
        }
    }

    fn may(&self, backend: &Backend, stored: &Stored) -> Result<()> {
        match self {
            Self::Visitor(link) => Ok(link.require_genuine(backend, stored)?),
            Self::Staff(access, _) => require_change(access, stored),
        }
    }

    /// # Errors
    /// [`Refusal::ChangedMeanwhile`].
    pub fn require_seen(&self, stored: &Stored) -> Result<(), Refusal> {
        match self {
            Self::Staff(_, seen_version) if *seen_version != stored.version => Err(Refusal::ChangedMeanwhile),
            _ => Ok(()),
        }
    }
}

/// Whether the actor sees it at all.
pub(super) fn is_seen(access: &Access, stored: &Stored) -> bool {
    Sight::of(access).owner.is_none_or(|own| stored.has_host(own))
}

/// What it takes to change this appointment: another permission for one's own than for those of others.
pub(super) fn change_permission(own: Option<MemberId>, stored: &Stored) -> Permission {
    match own.is_some_and(|own| stored.has_host(own)) {
        true => Permission::CalendarsBook,
        false => Permission::CalendarsEditAny,
    }
}

/// # Errors
/// [`Refusal::NotFound`] for what the actor does not see; [`Refusal::PermissionMissing`].
fn require_change(access: &Access, stored: &Stored) -> Result<()> {
    if !is_seen(access, stored) {
        return Err(Refusal::NotFound.into());
    }
    match change_permission(access.member_id(), stored) {
        Permission::CalendarsBook => access.require(Permission::CalendarsBook),
        _ => access.require(Permission::CalendarsEditAny),
    }
}

/// The appointment, held until the transaction ends together with its calendar, so that whose turn it is stays known.
///
/// # Errors
/// [`Refusal::NotFound`], also for what one may not see; [`Refusal::PermissionMissing`]; [`Refusal::LinkNotValid`].
pub(super) async fn held(
    tx: &mut Tx,
    backend: &Backend,
    account: AccountId,
    id: AppointmentId,
    changer: &Changer<'_>,
) -> Result<Stored> {
    // Only who may change it gets to lock anything.
    let stored = found(tx, account, id, changer).await?;
    changer.may(backend, &stored)?;
    queries::calendar::hold(tx, account, stored.calendar.id).await?;
    queries::appointment::lock(tx, account, id).await?;
    let stored = found(tx, account, id, changer).await?;
    changer.may(backend, &stored)?;
    Ok(stored)
}

async fn found(tx: &mut Tx, account: AccountId, id: AppointmentId, changer: &Changer<'_>) -> Result<Stored> {
    let absent = if changer.by_visitor() { Refusal::LinkNotValid } else { Refusal::NotFound };
    Ok(queries::appointment::find(tx, account, id).await?.ok_or(absent)?)
}
