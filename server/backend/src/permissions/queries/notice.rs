use chrono::{DateTime, Utc};
use domain::{
    AccountId, Email, MemberId,
    permissions::{Assignment, ProfileName},
};

use super::given::NamedGiven;
use crate::{Error, Result, db::Tx};

/// The first of a member's changes that are told together.
pub(in crate::permissions) struct Begun<'a> {
    pub member: MemberId,
    pub before: &'a Assignment,
    pub now: DateTime<Utc>,
}

/// Begins to collect a member's changes; false when that was begun after `still_open_since`, so that this one joins the others.
pub(in crate::permissions) async fn begin(
    tx: &mut Tx,
    account: AccountId,
    begun: &Begun<'_>,
    still_open_since: DateTime<Utc>,
) -> Result<bool> {
    let Begun { member, before, now } = begun;
    let begun = sqlx::query!(
        "insert into assignment_notice (account_id, member_id, since, role, profile_name, only_assigned)
         select $1, $2, $3, $4, $5, $6
         where not exists (select from assignment_notice where account_id = $1 and member_id = $2 and since > $7)",
        account.0,
        member.0,
        now,
        before.role.key(),
        before.profile.as_ref().map(|profile| &profile.name),
        before.only_assigned,
        still_open_since,
    )
    .execute(&mut **tx)
    .await?;
    Ok(begun.rows_affected() == 1)
}

/// [`begin`] for all the active holders of a profile, which still has this name; answers those of whom it began.
pub(in crate::permissions) async fn begin_for_holders(
    tx: &mut Tx,
    account: AccountId,
    profile: &ProfileName,
    now: DateTime<Utc>,
    still_open_since: DateTime<Utc>,
) -> Result<Vec<MemberId>> {
    let begun = sqlx::query_scalar!(
        "insert into assignment_notice (account_id, member_id, since, role, profile_name, only_assigned)
         select m.account_id, m.id, $4, m.role, $3, m.only_assigned from member m
         where m.account_id = $1 and m.profile_id = $2 and m.state = 'active'
           and not exists (select from assignment_notice n
                           where n.account_id = m.account_id and n.member_id = m.id and n.since > $5)
         returning member_id",
        account.0,
        profile.id.0,
        profile.name,
        now,
        still_open_since,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(begun.into_iter().map(MemberId::from).collect())
}

/// What the member had before the changes that are collected since then; none when nothing is.
pub(in crate::permissions) async fn before(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    since: DateTime<Utc>,
) -> Result<Option<NamedGiven>> {
    let row = sqlx::query!(
        "select role, profile_name, only_assigned from assignment_notice
         where account_id = $1 and member_id = $2 and since = $3",
        account.0,
        member.0,
        since,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let role = row.role.parse().map_err(Error::internal)?;
        Ok(NamedGiven { role, profile_name: row.profile_name, only_assigned: row.only_assigned })
    })
    .transpose()
}

/// Who a mail about an assignment goes to.
pub(in crate::permissions) struct Receiver {
    pub email: Email,
    pub first_name: String,
    pub account_name: String,
}

/// None when they are not active any more.
pub(in crate::permissions) async fn receiver(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Option<Receiver>> {
    let row = sqlx::query!(
        "select l.email, m.first_name, a.name as account_name
         from member m join login l on l.id = m.login_id join account a on a.id = m.account_id
         where m.account_id = $1 and m.id = $2 and m.state = 'active'",
        account.0,
        member.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let email = Email::parse(&row.email).map_err(Error::internal)?;
        Ok(Receiver { email, first_name: row.first_name, account_name: row.account_name })
    })
    .transpose()
}
