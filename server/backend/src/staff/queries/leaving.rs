use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, LeavingId, LoginId, MemberId, PersonName, Role,
    staff::{
        LastDay, MemberState,
        leaving::{LeavingLine, LeavingWay, Receiver},
    },
};
use uuid::Uuid;

use crate::{
    Result,
    db::Tx,
    permissions::{ProfileColumns, assignment},
    staff::guest::end_of,
    stored::key,
};

/// Everybody active but one, with what they hold for good.
pub(in crate::staff) async fn receivers(
    tx: &mut Tx,
    account: AccountId,
    without: MemberId,
    now: DateTime<Utc>,
) -> Result<HashMap<MemberId, Receiver>> {
    let rows = sqlx::query!(
        r#"select m.id, m.first_name, m.last_name, m.role, m.only_assigned, m.last_day, a.time_zone,
                  p.id as "profile_id?", p.name as "profile_name?", p.permissions as "profile_permissions?"
           from member m
           join account a on a.id = m.account_id
           left join permission_profile p on p.account_id = m.account_id and p.id = m.profile_id
           where m.account_id = $1 and m.id <> $2 and m.state = 'active'
             and not access_has_ended(m.last_day, a.time_zone, $3)"#,
        account.0,
        without.0,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let profile = ProfileColumns {
                id: row.profile_id,
                name: row.profile_name,
                permissions: row.profile_permissions,
            };
            let assignment = assignment(&row.role, row.only_assigned, profile, &[])?;
            let receiver = Receiver {
                name: PersonName { first: row.first_name, last: row.last_name }.full(),
                is_admin: assignment.role == Role::Admin,
                permissions: assignment.permissions,
                until: row.last_day.map(|day: NaiveDate| end_of(LastDay(day), &row.time_zone)),
            };
            Ok((row.id.into(), receiver))
        })
        .collect()
}

pub(in crate::staff) struct NewLeaving<'a> {
    pub id: LeavingId,
    pub member: MemberId,
    pub way: LeavingWay,
    pub state_before: MemberState,
    pub left_at: DateTime<Utc>,
    pub left_by: Option<MemberId>,
    pub seen: &'a [u8],
}

pub(in crate::staff) async fn insert(tx: &mut Tx, account: AccountId, new: &NewLeaving<'_>) -> Result<()> {
    sqlx::query!(
        "insert into leaving (account_id, id, member_id, way, state_before, left_at, left_by, seen)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        account.0,
        new.id.0,
        new.member.0,
        new.way.key(),
        new.state_before.key(),
        new.left_at,
        new.left_by.map(Uuid::from),
        new.seen,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The newest leaving of somebody, if it came of the same form.
pub(in crate::staff) async fn repeated(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    seen: &[u8],
) -> Result<Option<LeavingId>> {
    let id = sqlx::query_scalar!(
        "select id from (
           select id, seen from leaving where account_id = $1 and member_id = $2 and undone_at is null
           order by left_at desc, id desc limit 1) newest
         where seen = $3",
        account.0,
        member.0,
        seen,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id.map(LeavingId))
}

/// A leaving without what was handed over.
pub(in crate::staff) struct Stored {
    pub member: MemberId,
    pub login: LoginId,
    pub name: PersonName,
    pub way: LeavingWay,
    pub state_before: MemberState,
    pub left_at: DateTime<Utc>,
    pub left_by: Option<String>,
    pub undone_at: Option<DateTime<Utc>>,
    pub undone_by: Option<String>,
    /// Whether nothing that was not undone came after it.
    pub is_newest: bool,
    /// Whether nothing has made them anything else since then.
    pub stands: bool,
}

pub(in crate::staff) async fn find(tx: &mut Tx, account: AccountId, id: LeavingId) -> Result<Option<Stored>> {
    let row = sqlx::query!(
        r#"select l.member_id, l.way, l.state_before, l.left_at, l.undone_at, m.login_id, m.first_name, m.last_name,
                  trim(b.first_name || ' ' || b.last_name) as "left_by?",
                  trim(u.first_name || ' ' || u.last_name) as "undone_by?",
                  not exists (select from leaving n
                              where n.account_id = l.account_id and n.member_id = l.member_id and n.undone_at is null
                                and (n.left_at, n.id) > (l.left_at, l.id)) as "is_newest!",
                  coalesce(m.state_since = l.left_at, false) as "stands!"
           from leaving l
           join member m on m.account_id = l.account_id and m.id = l.member_id
           left join member b on b.account_id = l.account_id and b.id = l.left_by
           left join member u on u.account_id = l.account_id and u.id = l.undone_by
           where l.account_id = $1 and l.id = $2"#,
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        Ok(Stored {
            member: row.member_id.into(),
            login: row.login_id.into(),
            name: PersonName { first: row.first_name, last: row.last_name },
            way: key(&row.way)?,
            state_before: key(&row.state_before)?,
            left_at: row.left_at,
            left_by: row.left_by,
            undone_at: row.undone_at,
            undone_by: row.undone_by,
            is_newest: row.is_newest,
            stands: row.stands,
        })
    })
    .transpose()
}

/// The newest `most` of somebody, the newest first.
pub(in crate::staff) async fn lines(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    most: i64,
) -> Result<Vec<LeavingLine>> {
    let rows = sqlx::query!(
        r#"select id, way, left_at, undone_at is not null as "is_undone!" from leaving
           where account_id = $1 and member_id = $2 order by left_at desc, id desc limit $3"#,
        account.0,
        member.0,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    let line = |id: Uuid, way: &str, left_at, is_undone| {
        Ok(LeavingLine { id: id.into(), way: key(way)?, left_at, is_undone })
    };
    rows.into_iter().map(|row| line(row.id, &row.way, row.left_at, row.is_undone)).collect()
}

pub(in crate::staff) async fn mark_undone(
    tx: &mut Tx,
    account: AccountId,
    id: LeavingId,
    by: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update leaving set undone_at = $3, undone_by = $4 where account_id = $1 and id = $2",
        account.0,
        id.0,
        now,
        by.map(Uuid::from),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether somebody who was removed belongs to the account again, as a new member.
pub(in crate::staff) async fn is_back(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    login: LoginId,
) -> Result<bool> {
    let is_back = sqlx::query_scalar!(
        r#"select exists (select from member
                          where account_id = $1 and login_id = $3 and id <> $2 and state <> 'removed') as "is_back!""#,
        account.0,
        member.0,
        login.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(is_back)
}
