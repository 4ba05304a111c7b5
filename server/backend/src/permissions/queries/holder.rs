use chrono::{DateTime, Utc};
use domain::{
    AccountId, LoginId, MemberId, PersonName, ProfileId,
    permissions::{Assignment, ProfileHolder},
};
use uuid::Uuid;

use super::super::assignment::{ProfileColumns, assignment};
use crate::{Result, db::Tx, stored::number};

/// A member with what they have at this instant.
pub(in crate::permissions) struct Holder {
    pub login_id: LoginId,
    pub name: String,
    pub is_active: bool,
    pub assignment: Assignment,
}

pub(in crate::permissions) async fn find(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<Option<Holder>> {
    let row = sqlx::query!(
        r#"select m.login_id, m.first_name, m.last_name, m.state = 'active' and not access_has_ended(m.last_day, a.time_zone, $3) as "is_active!", m.role, m.only_assigned,
                  p.id as "profile_id?", p.name as "profile_name?", p.permissions as "profile_permissions?",
                  array(select e.permission from elevation e
                        where e.account_id = m.account_id and e.member_id = m.id
                          and elevation_runs(e.verdict, e.ended_at, e.ends_at, $3)) as "elevated!"
           from member m
           join account a on a.id = m.account_id
           left join permission_profile p on p.account_id = m.account_id and p.id = m.profile_id
           where m.account_id = $1 and m.id = $2"#,
        account.0,
        member.0,
        now,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let profile = ProfileColumns {
            id: row.profile_id,
            name: row.profile_name,
            permissions: row.profile_permissions,
        };
        Ok(Holder {
            login_id: row.login_id.into(),
            name: PersonName { first: row.first_name, last: row.last_name }.full(),
            is_active: row.is_active,
            assignment: assignment(&row.role, row.only_assigned, profile, &row.elevated)?,
        })
    })
    .transpose()
}

struct Row {
    profile_id: Uuid,
    id: Uuid,
    login_id: Uuid,
    first_name: String,
    last_name: String,
    photo_version: Option<i32>,
}

impl Row {
    fn holder(self) -> (ProfileId, ProfileHolder) {
        let name = PersonName { first: self.first_name, last: self.last_name }.full();
        let photo = self.photo_version.map(|version| (LoginId(self.login_id), version));
        (self.profile_id.into(), ProfileHolder { member: self.id.into(), name, photo })
    }
}

/// The first `most` holders, by name, of each profile of the account; of one profile if one is given.
pub(in crate::permissions) async fn first_of_each(
    tx: &mut Tx,
    account: AccountId,
    profile: Option<ProfileId>,
    most: i64,
) -> Result<Vec<(ProfileId, ProfileHolder)>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select p.id as profile_id, h.id, h.login_id, h.first_name, h.last_name, ph.version as "photo_version?"
           from permission_profile p
           cross join lateral (
               select m.id, m.login_id, m.first_name, m.last_name from member m
               where m.account_id = p.account_id and m.profile_id = p.id and m.state <> 'removed'
               order by lower(m.first_name || ' ' || m.last_name), m.id limit $3) h
           left join login_photo ph on ph.login_id = h.login_id
           where p.account_id = $1 and ($2::uuid is null or p.id = $2)
           order by lower(h.first_name || ' ' || h.last_name), h.id"#,
        account.0,
        profile.map(Uuid::from),
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(Row::holder).collect())
}

pub(in crate::permissions) struct Counts {
    pub members: u64,
    /// Open invitations to this profile.
    pub invited: u64,
}

/// How many hold a profile, and how many will when they join.
pub(in crate::permissions) async fn count(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
) -> Result<Counts> {
    let row = sqlx::query!(
        r#"select
             (select count(*) from member where account_id = $1 and profile_id = $2 and state <> 'removed') as "members!",
             (select count(*) from invitation
              where account_id = $1 and profile_id = $2 and state = 'open') as "invited!""#,
        account.0,
        profile.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Counts { members: number(row.members)?, invited: number(row.invited)? })
}

/// Gives everybody who holds `from`, and everybody invited to it, `to` instead; answers how many members that were.
pub(in crate::permissions) async fn move_all(
    tx: &mut Tx,
    account: AccountId,
    from: ProfileId,
    to: Option<ProfileId>,
) -> Result<u64> {
    let to = to.map(Uuid::from);
    let moved = sqlx::query_scalar!(
        r#"with invited as (
               update invitation set profile_id = $3 where account_id = $1 and profile_id = $2),
           moved as (
               update member set profile_id = $3, version = version + 1
               where account_id = $1 and profile_id = $2 returning state)
           select count(*) filter (where state <> 'removed') as "count!" from moved"#,
        account.0,
        from.0,
        to,
    )
    .fetch_one(&mut **tx)
    .await?;
    number(moved)
}

/// Gives one member a profile, or the built-in set.
pub(in crate::permissions) async fn assign(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    profile: Option<ProfileId>,
) -> Result<()> {
    sqlx::query!(
        "update member set profile_id = $3, version = version + 1 where account_id = $1 and id = $2",
        account.0,
        member.0,
        profile.map(Uuid::from),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
