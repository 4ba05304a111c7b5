use chrono::{DateTime, Utc};
use domain::{AccountId, MemberId, ProfileId, permissions::AssignmentChoice};
use uuid::Uuid;

use crate::{Error, Result, db::Tx};

/// Keeps what one member has as given now.
pub(in crate::permissions) async fn note(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    by: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into member_assignment (account_id, member_id, since, role, profile_id, only_assigned, given_by)
         select account_id, id, $3, role, profile_id, only_assigned, $4 from member where account_id = $1 and id = $2
         on conflict (account_id, member_id, since) do update set role = excluded.role, profile_id = excluded.profile_id,
             only_assigned = excluded.only_assigned, given_by = excluded.given_by",
        account.0,
        member.0,
        now,
        by.map(Uuid::from),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps that everybody who holds `from` is about to get `to`.
pub(in crate::permissions) async fn note_all(
    tx: &mut Tx,
    account: AccountId,
    from: ProfileId,
    to: Option<ProfileId>,
    by: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into member_assignment (account_id, member_id, since, role, profile_id, only_assigned, given_by)
         select account_id, id, $3, role, $5, only_assigned, $4 from member where account_id = $1 and profile_id = $2
         on conflict (account_id, member_id, since) do update set profile_id = excluded.profile_id,
             given_by = excluded.given_by",
        account.0,
        from.0,
        now,
        by.map(Uuid::from),
        to.map(Uuid::from),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a member was given last before an instant.
pub(in crate::permissions) async fn last_before(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    before: DateTime<Utc>,
) -> Result<Option<AssignmentChoice>> {
    let row = sqlx::query!(
        "select role, profile_id, only_assigned from member_assignment
         where account_id = $1 and member_id = $2 and since < $3 order by since desc limit 1",
        account.0,
        member.0,
        before,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let role = row.role.parse().map_err(Error::internal)?;
        Ok(AssignmentChoice::new(role, row.profile_id.map(ProfileId::from), row.only_assigned))
    })
    .transpose()
}
