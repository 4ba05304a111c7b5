use chrono::{DateTime, Utc};
use domain::{
    AccountId, ElevationId, MemberId, Permission, PersonName,
    permissions::{Elevation, GivenElevation},
};
use uuid::Uuid;

use crate::{Error, Result, db::Tx};

/// One elevation with everything that became of it.
pub(in crate::permissions) struct Stored {
    pub elevation: Elevation,
    pub verdict: Option<Verdict>,
    /// It is written down that it is over.
    pub is_ended: bool,
    /// Whose it is may still use it.
    pub is_member_active: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::permissions) enum Verdict {
    Granted,
    Refused,
}

impl Verdict {
    const fn key(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }
}

impl Stored {
    /// Whether it counts at this instant.
    pub(in crate::permissions) fn is_running(&self, now: DateTime<Utc>) -> bool {
        let ends_at = self.elevation.given.as_ref().and_then(|given| given.ends_at);
        self.verdict == Some(Verdict::Granted) && !self.is_ended && ends_at.is_none_or(|end| now < end)
    }
}

struct Row {
    id: Uuid,
    member_id: Uuid,
    first_name: String,
    last_name: String,
    is_member_active: bool,
    permission: String,
    note: String,
    asked_at: DateTime<Utc>,
    verdict: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    by_first: Option<String>,
    by_last: Option<String>,
    ends_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
}

impl Row {
    fn stored(self) -> Result<Stored> {
        let name = |first: Option<String>, last: Option<String>| {
            first.zip(last).map(|(first, last)| PersonName { first, last }.full()).unwrap_or_default()
        };
        let verdict = self.verdict.as_deref().map(|verdict| match verdict {
            "granted" => Verdict::Granted,
            _ => Verdict::Refused,
        });
        let given = self.decided_at.filter(|_| verdict == Some(Verdict::Granted)).map(|at| GivenElevation {
            at,
            by: name(self.by_first, self.by_last),
            ends_at: self.ends_at,
        });
        let elevation = Elevation {
            id: self.id.into(),
            member: self.member_id.into(),
            name: name(Some(self.first_name), Some(self.last_name)),
            permission: self.permission.parse().map_err(Error::internal)?,
            note: self.note,
            asked_at: self.asked_at,
            given,
        };
        let (is_ended, is_member_active) = (self.ended_at.is_some(), self.is_member_active);
        Ok(Stored { elevation, verdict, is_ended, is_member_active })
    }
}

pub(in crate::permissions) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: ElevationId,
    now: DateTime<Utc>,
) -> Result<Option<Stored>> {
    let row = sqlx::query_as!(
        Row,
        r#"select e.id, e.member_id, m.first_name, m.last_name, m.state = 'active' and not access_has_ended(m.last_day, a.time_zone, $3) as "is_member_active!",
                  e.permission, e.note, e.asked_at, e.verdict, e.decided_at, by.first_name as "by_first?",
                  by.last_name as "by_last?", e.ends_at, e.ended_at
           from elevation e
           join member m on m.account_id = e.account_id and m.id = e.member_id
           join account a on a.id = e.account_id
           left join member by on by.account_id = e.account_id and by.id = e.decided_by
           where e.account_id = $1 and e.id = $2"#,
        account.0,
        id.0,
        now,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Row::stored).transpose()
}

/// What active Users wait for and what they have at this instant: of each at most `most`, in the order in which they are shown.
/// Permissions that a newer version wrote are left out.
pub(in crate::permissions) async fn current(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
    most: usize,
) -> Result<Vec<Elevation>> {
    let most = i64::try_from(most).map_err(Error::internal)?;
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id!", member_id as "member_id!", first_name as "first_name!", last_name as "last_name!",
                  true as "is_member_active!", permission as "permission!", note as "note!", asked_at as "asked_at!",
                  verdict, decided_at, by_first as "by_first?", by_last as "by_last?", ends_at, ended_at
           from (select e.*, m.first_name, m.last_name, by.first_name as by_first, by.last_name as by_last,
                        row_number() over (partition by e.verdict order by e.ends_at nulls first, e.asked_at, e.id) as place
                 from elevation e
                 join member m on m.account_id = e.account_id and m.id = e.member_id
                 left join member by on by.account_id = e.account_id and by.id = e.decided_by
                 where e.account_id = $1 and m.state = 'active' and m.role = 'user'
                   and (e.verdict is null or elevation_runs(e.verdict, e.ended_at, e.ends_at, $2))) numbered
           where place <= $3
           order by verdict nulls first, place"#,
        account.0,
        now,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().filter_map(|row| row.stored().ok()).map(|stored| stored.elevation).collect())
}

/// What a member had beside their profile shortly before `before`, as keys.
pub(in crate::permissions) async fn had(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    before: DateTime<Utc>,
) -> Result<Vec<String>> {
    let keys = sqlx::query_scalar!(
        "select permission from elevation
         where account_id = $1 and member_id = $2 and verdict = 'granted' and decided_at < $3
           and (ends_at is null or ends_at >= $3) and (ended_at is null or ended_at >= $3)",
        account.0,
        member.0,
        before,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(keys)
}

pub(in crate::permissions) struct Waiting {
    /// Whether they wait for this permission already.
    pub for_this: bool,
    /// How many they wait for.
    pub all: i64,
}

pub(in crate::permissions) async fn waiting(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    permission: Permission,
) -> Result<Waiting> {
    let waiting = sqlx::query_as!(
        Waiting,
        r#"select coalesce(bool_or(permission = $3), false) as "for_this!", count(*) as "all!"
           from elevation where account_id = $1 and member_id = $2 and verdict is null"#,
        account.0,
        member.0,
        permission.key(),
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(waiting)
}

pub(in crate::permissions) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    asked: (ElevationId, MemberId, Permission, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let (id, member, permission, note) = asked;
    sqlx::query!(
        "insert into elevation (account_id, id, member_id, permission, note, asked_at) values ($1, $2, $3, $4, $5, $6)",
        account.0,
        id.0,
        member.0,
        permission.key(),
        note,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::permissions) async fn decide(
    tx: &mut Tx,
    account: AccountId,
    id: ElevationId,
    verdict: Verdict,
    by: MemberId,
    now: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
) -> Result<()> {
    sqlx::query!(
        "update elevation set verdict = $3, decided_by = $4, decided_at = $5, ends_at = $6
         where account_id = $1 and id = $2",
        account.0,
        id.0,
        verdict.key(),
        by.0,
        now,
        ends_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down that it is over: taken back by somebody, or none for by itself.
pub(in crate::permissions) async fn end(
    tx: &mut Tx,
    account: AccountId,
    id: ElevationId,
    by: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update elevation set ended_at = $3, withdrawn_by = $4 where account_id = $1 and id = $2",
        account.0,
        id.0,
        now,
        by.map(Uuid::from),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The first `most` people, Admins before others, who could give this to that member: who edits staff and holds it themselves.
pub(in crate::permissions) async fn approvers(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    permission: Permission,
    most: i64,
    now: DateTime<Utc>,
) -> Result<Vec<MemberId>> {
    let needed = [Permission::SettingsEditStaff.key().to_owned(), permission.key().to_owned()];
    let ids = sqlx::query_scalar!(
        "select m.id from member m
         join account a on a.id = m.account_id
         left join permission_profile p on p.account_id = m.account_id and p.id = m.profile_id
         where m.account_id = $1 and m.id <> $2 and m.state = 'active'
           and not access_has_ended(m.last_day, a.time_zone, $5) and (m.role = 'admin' or p.permissions @> $3)
         order by m.role = 'admin' desc, lower(m.first_name || ' ' || m.last_name), m.id limit $4",
        account.0,
        member.0,
        &needed[..],
        most,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(MemberId::from).collect())
}
