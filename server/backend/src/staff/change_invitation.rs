use domain::{
    InvitationId, Permission, Refusal,
    activity::{Change, Event, changes},
    permissions::Assignment,
    staff::{Employee, EmployeeForm, InvitationDetails, InvitationState, may_invite_as},
};

use super::{
    check_employee,
    invitation::load,
    invite::{inviter, require_may_give},
    queries::invitation as queries,
    reassigned::reassigned,
};
use crate::{Access, Backend, Result, account, activity, permissions};

/// Changes name, phone and role of an open invitation; its link stays good. The address stays too: who is invited is what an
/// invitation is about, so `form.email` is not read.
///
/// # Errors
/// [`Refusal::PermissionMissing`], also when the old or the new role is above the own rights; [`Refusal::FreshProofNeeded`] to
/// make it Admin; [`Refusal::NotFound`]; [`Refusal::ChangedMeanwhile`] when it is not open any more; [`Refusal::Invalid`].
pub async fn change_invitation(
    backend: &Backend,
    access: &Access,
    id: InvitationId,
    form: &EmployeeForm,
) -> Result<()> {
    access.require(Permission::SettingsInviteStaff)?;
    let country = account::account(backend, access).await?.country;
    let mut tx = backend.db.tenant(access.account()).await?;
    account::lock(&mut tx, access.account()).await?;
    let before = load(&mut tx, access.account(), id).await?.details;
    if before.state != InvitationState::Open {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    may_invite_as(access.permissions(), access.grantable(), &before.assignment)?;
    let form = EmployeeForm { email: before.email.to_string(), ..form.clone() };
    let after = check_employee(&form, &country)?;
    let mut backed_by = before.invited_by;
    let offered = permissions::resolve(&mut tx, access.account(), after.choice).await?;
    if offered.choice() != before.assignment.choice() {
        require_may_give(access, &offered)?;
        // Who gives it stands behind it.
        backed_by = inviter(access)?;
    }
    let changes = differences(&before, &after, &offered);
    if !changes.is_empty() {
        queries::change(&mut tx, access.account(), id, &after, backed_by).await?;
        let event = Event::InvitationChanged { invitation: id, name: after.name.full(), changes };
        activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn differences(before: &InvitationDetails, after: &Employee, offered: &Assignment) -> Vec<Change> {
    let phone = |number: &Option<domain::staff::PhoneNumber>| {
        number.as_ref().map(ToString::to_string).unwrap_or_default()
    };
    let mut all = changes(&[
        ("first name", before.name.first.clone(), after.name.first.clone()),
        ("last name", before.name.last.clone(), after.name.last.clone()),
        ("phone", phone(&before.phone), phone(&after.phone)),
    ]);
    all.extend(reassigned(&before.assignment, offered));
    all
}
