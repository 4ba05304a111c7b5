use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, Permission, Refusal,
    activity::Event,
    calendars::PlaceKind,
    staff::{InvitationDetails, MemberState},
};

use crate::{
    Access, Backend, Result, activity,
    db::Tx,
    staff::{
        acted_on::act_on,
        queries::{self, invitation::StoredInvitation},
    },
};

/// Says that somebody needs no calendar, or no pipeline: from then on nobody is reminded that they are in none. Saying it again says
/// nothing new; whoever is put into one later is in it all the same.
///
/// # Errors
/// [`Refusal::PermissionMissing`], also for what the member holds and the one who says it does not; [`Refusal::NotFound`];
/// [`Refusal::NotActive`] for somebody removed.
pub async fn need_no_place(
    backend: &Backend,
    access: &Access,
    member: MemberId,
    kind: PlaceKind,
) -> Result<()> {
    access.require(Permission::SettingsEditStaff)?;
    let by = access.member_id().ok_or(Refusal::NotFound)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let found = act_on(&mut tx, backend, access, Permission::SettingsEditStaff, member).await?.member;
    if found.state == MemberState::Removed {
        return Err(Refusal::NotActive.into());
    }
    if queries::readiness::need_none(&mut tx, account, member, kind, by, now).await? {
        let event = Event::NoPlaceNeeded { member, name: found.name.full(), place: kind };
        activity::record(&mut tx, access, now, &event).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Keeps of whoever joins that their invitation said they need no calendar, or no pipeline. The log told so when it was said.
pub(in crate::staff) async fn note_answer(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    invitation: &StoredInvitation,
    now: DateTime<Utc>,
) -> Result<()> {
    let InvitationDetails { places, answered, invited_by, .. } = &invitation.details;
    let kinds = [(PlaceKind::Calendar, answered.calendars), (PlaceKind::Pipeline, answered.pipelines)];
    for (kind, is_answered) in kinds {
        let is_nowhere = places.iter().all(|place| place.place.kind() != kind);
        if is_answered && is_nowhere {
            queries::readiness::need_none(tx, account, member, kind, *invited_by, now).await?;
        }
    }
    Ok(())
}
