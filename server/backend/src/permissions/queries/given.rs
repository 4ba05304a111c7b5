use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, ProfileId, Role,
    permissions::{AssignmentChoice, Given},
};
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
        "insert into member_assignment (account_id, member_id, since, role, profile_id, only_assigned, active, given_by)
         select account_id, id, $3, role, profile_id, only_assigned, state = 'active', $4
         from member where account_id = $1 and id = $2
         on conflict (account_id, member_id, since) do update set role = excluded.role, profile_id = excluded.profile_id,
             only_assigned = excluded.only_assigned, active = excluded.active, given_by = excluded.given_by",
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
        "insert into member_assignment (account_id, member_id, since, role, profile_id, only_assigned, active, given_by)
         select account_id, id, $3, role, $5, only_assigned, state = 'active', $4
         from member where account_id = $1 and profile_id = $2
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
) -> Result<Option<Given>> {
    let row = sqlx::query!(
        "select since, role, profile_id, only_assigned, active from member_assignment
         where account_id = $1 and member_id = $2 and since < $3 order by since desc limit 1",
        account.0,
        member.0,
        before,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let role = row.role.parse().map_err(Error::internal)?;
        let choice = AssignmentChoice::new(role, row.profile_id.map(ProfileId::from), row.only_assigned);
        Ok(Given { since: row.since, choice, is_active: row.active })
    })
    .transpose()
}

/// What members were given since an instant, and what each had then; oldest first. Whoever has no history has what they have now
/// since they joined: everything that changes it is kept.
pub(in crate::permissions) async fn since(
    tx: &mut Tx,
    account: AccountId,
    members: &[Uuid],
    from: DateTime<Utc>,
) -> Result<Vec<(MemberId, Given)>> {
    let rows = sqlx::query!(
        r#"select m.id, g.since as "since!", g.role as "role!", g.profile_id, g.only_assigned as "only_assigned!",
                  g.active as "active!"
           from member m
           cross join lateral (
               (select since, role, profile_id, only_assigned, active from member_assignment
                where account_id = m.account_id and member_id = m.id and since <= $3 order by since desc limit 1)
               union all
               (select since, role, profile_id, only_assigned, active from member_assignment
                where account_id = m.account_id and member_id = m.id and since > $3)
               union all
               (select m.joined_at, m.role, m.profile_id, m.only_assigned, m.state = 'active'
                where not exists (select from member_assignment where account_id = m.account_id and member_id = m.id))
           ) g
           where m.account_id = $1 and m.id = any($2)
           order by m.id, g.since"#,
        account.0,
        members,
        from,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let role = row.role.parse().map_err(Error::internal)?;
            let choice = AssignmentChoice::new(role, row.profile_id.map(ProfileId::from), row.only_assigned);
            Ok((row.id.into(), Given { since: row.since, choice, is_active: row.active }))
        })
        .collect()
}

/// Since when whoever of its active holders has had a profile longest; none when nobody holds it.
pub(in crate::permissions) async fn longest_holding(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
) -> Result<Option<DateTime<Utc>>> {
    let since = sqlx::query_scalar!(
        "select min(coalesce(
             (select max(g.since) from member_assignment g where g.account_id = m.account_id and g.member_id = m.id),
             m.joined_at))
         from member m where m.account_id = $1 and m.profile_id = $2 and m.state = 'active'",
        account.0,
        profile.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(since)
}
/// What somebody was given, with the profile as it was called last.
pub(in crate::permissions) struct NamedGiven {
    pub role: Role,
    /// None for the built-in set.
    pub profile_name: Option<String>,
    pub only_assigned: bool,
}

/// What a member was given last before an instant, in words.
pub(in crate::permissions) async fn last_named_before(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    before: DateTime<Utc>,
) -> Result<Option<NamedGiven>> {
    // The history of profiles outlives them.
    let row = sqlx::query!(
        r#"select g.role, g.only_assigned,
                  (select v.name from permission_profile_version v
                   where v.account_id = g.account_id and v.profile_id = g.profile_id
                   order by v.version desc limit 1) as profile_name
           from member_assignment g
           where g.account_id = $1 and g.member_id = $2 and g.since < $3 order by g.since desc limit 1"#,
        account.0,
        member.0,
        before,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        Ok(NamedGiven {
            role: row.role.parse().map_err(Error::internal)?,
            profile_name: row.profile_name,
            only_assigned: row.only_assigned,
        })
    })
    .transpose()
}

/// Somebody who gave something.
pub(in crate::permissions) struct Giver {
    /// None for Steward itself.
    pub id: Option<MemberId>,
    pub name: String,
}

/// Everybody who gave this member something from `from` on and before `to`, by name.
pub(in crate::permissions) async fn givers(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Giver>> {
    let rows = sqlx::query!(
        r#"select distinct g.given_by, coalesce(trim(by.first_name || ' ' || by.last_name), 'Steward') as "name!"
           from member_assignment g
           left join member by on by.account_id = g.account_id and by.id = g.given_by
           where g.account_id = $1 and g.member_id = $2 and g.since >= $3 and g.since < $4
           order by 2"#,
        account.0,
        member.0,
        from,
        to,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| Giver { id: row.given_by.map(MemberId::from), name: row.name }).collect())
}
