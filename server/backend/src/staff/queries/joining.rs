use chrono::{DateTime, Utc};
use domain::{
    AccountId, InvitationId, LoginId, MemberId, PersonName, Refusal,
    staff::{InvitationDetails, MemberState, PhoneNumber},
};

use uuid::Uuid;

use crate::{Error, Result, db::Tx, error::OnConstraint};

/// What this login is in the account; none when it is no member, or was removed.
pub(in crate::staff) async fn membership(
    tx: &mut Tx,
    account: AccountId,
    login: LoginId,
) -> Result<Option<MemberState>> {
    let state = sqlx::query_scalar!(
        "select state from member where account_id = $1 and login_id = $2 and state <> 'removed'",
        account.0,
        login.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    match state.as_deref() {
        None => Ok(None),
        Some("active") => Ok(Some(MemberState::Active)),
        Some("deactivated") => Ok(Some(MemberState::Deactivated)),
        Some(other) => Err(Error::internal(format!("a member's state is {other:?}"))),
    }
}

pub(in crate::staff) struct NewMember<'a> {
    pub id: MemberId,
    pub login: LoginId,
    pub name: &'a PersonName,
    /// Where phone, assignment and last day come from.
    pub details: &'a InvitationDetails,
    pub now: DateTime<Utc>,
}

/// # Errors
/// [`Refusal::AlreadyMember`].
pub(in crate::staff) async fn insert_member(
    tx: &mut Tx,
    account: AccountId,
    member: &NewMember<'_>,
) -> Result<()> {
    let choice = member.details.assignment.choice();
    sqlx::query!(
        "insert into member (account_id, id, login_id, first_name, last_name, phone, role, profile_id, only_assigned,
                             joined_at, last_day)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        account.0,
        member.id.0,
        member.login.0,
        member.name.first,
        member.name.last,
        member.details.phone.as_ref().map(PhoneNumber::as_str),
        choice.role.key(),
        choice.profile.map(Uuid::from),
        choice.only_assigned,
        member.now,
        member.details.last_day.map(|day| day.0),
    )
    .execute(&mut **tx)
    .await
    .on_constraint("member_login_unique", Refusal::AlreadyMember)?;
    Ok(())
}

/// Uses an invitation up.
pub(in crate::staff) async fn mark_accepted(
    tx: &mut Tx,
    account: AccountId,
    invitation: InvitationId,
    member: MemberId,
) -> Result<()> {
    sqlx::query!(
        "update invitation set state = 'accepted', accepted_by = $3, asked_again_at = null
         where account_id = $1 and id = $2",
        account.0,
        invitation.0,
        member.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
