use domain::{
    MemberId, PermissionSet, Refusal, Role,
    staff::{MemberDetails, Standing, leaving::LeavingWay, may_act_on},
};

use crate::{
    Access, Backend, Result, account,
    db::Tx,
    permissions::access_now,
    staff::acted_on::{ActedOn, act_on, load, not_yourself},
};

/// Somebody whose place ends, or who is out and still holds something.
pub(super) struct Leaver {
    pub member: MemberDetails,
    pub before: Standing,
    pub after: Standing,
    /// What the one who acts may do at this instant.
    pub permissions: PermissionSet,
}

/// What can be said without a look at the leaver.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotToYourself`], and to others where they would have to go themselves.
pub(super) fn require(access: &Access, id: MemberId, way: LeavingWay) -> Result<()> {
    if way == LeavingWay::Leave {
        return if access.member_id() == Some(id) { Ok(()) } else { Err(Refusal::NotFound.into()) };
    }
    access.require(way.permission())?;
    not_yourself(access, id)
}

/// The same, and what takes a fresh proof whoever it is.
///
/// # Errors
/// As [`require`]; [`Refusal::FreshProofNeeded`].
pub(super) fn require_acting(access: &Access, id: MemberId, way: LeavingWay) -> Result<()> {
    require(access, id, way)?;
    match way {
        LeavingWay::Remove | LeavingWay::Leave => access.require_fresh_proof(),
        LeavingWay::Deactivate | LeavingWay::HandOver => Ok(()),
    }
}

impl Leaver {
    /// As of now, for a page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::PermissionMissing`] for a member with more rights than one's own, and as [`LeavingWay::after`].
    pub async fn seen(
        tx: &mut Tx,
        backend: &Backend,
        access: &Access,
        id: MemberId,
        way: LeavingWay,
    ) -> Result<Self> {
        let (member, before) = load(tx, backend, access, id).await?;
        if way != LeavingWay::Leave {
            may_act_on(access.grantable(), &member.assignment)?;
        }
        Ok(Self { after: way.after(before)?, member, before, permissions: access.permissions() })
    }

    /// Under the account's lock, with the rights that the one who acts has at this instant.
    ///
    /// # Errors
    /// As [`Self::seen`]; [`Refusal::SignInNeeded`] for an actor who is gone.
    pub async fn held(
        tx: &mut Tx,
        backend: &Backend,
        access: &Access,
        id: MemberId,
        way: LeavingWay,
    ) -> Result<Self> {
        if way == LeavingWay::Leave {
            account::lock(tx, access.account()).await?;
            let (member, before) = load(tx, backend, access, id).await?;
            let actor = access_now(tx, access.account(), id, backend.clock.now()).await?;
            // Whoever is out already does nothing more.
            let permissions = actor.map(|actor| actor.permissions()).unwrap_or_default();
            return Ok(Self { after: way.after(before)?, member, before, permissions });
        }
        let ActedOn { member, standing, permissions, .. } =
            act_on(tx, backend, access, way.permission(), id).await?;
        Ok(Self { after: way.after(standing)?, member, before: standing, permissions })
    }

    /// Whether this has been done already, by whomever.
    pub fn is_done(&self, way: LeavingWay) -> bool {
        way != LeavingWay::HandOver && self.before == self.after
    }

    /// # Errors
    /// [`Refusal::FreshProofNeeded`] for an Admin.
    pub fn require_proof(&self, access: &Access) -> Result<()> {
        if self.member.assignment.role == Role::Admin { access.require_fresh_proof() } else { Ok(()) }
    }
}
