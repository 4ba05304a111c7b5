use chrono::{DateTime, Utc};
use domain::{
    AccountId, CalendarId, LoginId, MemberId, PersonName,
    calendars::{CalendarPerson, Host, HostTerms},
    listing::{ROWS_PER_PAGE, offset},
    permissions::ProfileName,
    pipelines::{Membership, PeopleFilter},
    staff::MemberState,
};
use uuid::Uuid;

use super::{number, stored, terms};
use crate::{Error, Result, db::Tx, search::pattern};

/// A member's name and state.
pub(in crate::calendars) async fn find(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Option<(String, MemberState)>> {
    let row = sqlx::query!(
        "select first_name, last_name, state from member where account_id = $1 and id = $2",
        account.0,
        member.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let unknown = |_| Error::internal(format!("a member has the state {:?}", row.state));
        let state = row.state.parse().map_err(unknown)?;
        Ok((PersonName { first: row.first_name, last: row.last_name }.full(), state))
    })
    .transpose()
}

/// Whether somebody is a host, by hand or by a rule.
pub(in crate::calendars) async fn is_in(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    member: MemberId,
) -> Result<bool> {
    let is_in = sqlx::query_scalar!(
        r#"select exists (select from calendar_person p
           where p.account_id = $1 and p.calendar_id = $2 and p.member_id = $3 and p.is_in) as "is_in!""#,
        account.0,
        calendar.0,
        member.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(is_in)
}

/// Makes somebody a host by hand, or keeps them out (no terms); answers whether that changed anything. Who was in already, by hand
/// or by a rule, has been since then.
pub(in crate::calendars) async fn put(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    member: MemberId,
    terms: Option<HostTerms>,
    now: DateTime<Utc>,
) -> Result<bool> {
    // Somebody who is kept out has the terms they had; nobody reads them.
    let kept = terms.is_none();
    let HostTerms { weight, priority, ramp_up_weeks } = terms.unwrap_or_else(HostTerms::usual);
    let done = sqlx::query!(
        "insert into calendar_member as c
           (account_id, calendar_id, member_id, is_excluded, weight, priority, ramp_up_weeks, joined_at)
         values ($1, $2, $3, $4, $5, $6, $7, coalesce(
           (select p.joined_at from calendar_person p
            where p.account_id = $1 and p.calendar_id = $2 and p.member_id = $3 and p.is_in), $8))
         on conflict (account_id, calendar_id, member_id) do update
           set is_excluded = excluded.is_excluded, weight = excluded.weight, priority = excluded.priority,
               ramp_up_weeks = excluded.ramp_up_weeks,
               joined_at = case when c.is_excluded then excluded.joined_at else c.joined_at end
         where (c.is_excluded, c.weight, c.priority, c.ramp_up_weeks)
               is distinct from (excluded.is_excluded, excluded.weight, excluded.priority, excluded.ramp_up_weeks)",
        account.0,
        calendar.0,
        member.0,
        kept,
        stored(weight)?,
        priority.key(),
        stored(ramp_up_weeks)?,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Leaves somebody to the rules; answers whether that changed anything.
pub(in crate::calendars) async fn forget(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    member: MemberId,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from calendar_member where account_id = $1 and calendar_id = $2 and member_id = $3",
        account.0,
        calendar.0,
        member.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::calendars) async fn forget_others(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    kept: MemberId,
) -> Result<()> {
    sqlx::query!(
        "delete from calendar_member where account_id = $1 and calendar_id = $2 and member_id <> $3",
        account.0,
        calendar.0,
        kept.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::calendars) struct Counts {
    /// Who is in.
    pub people: u64,
    /// On all pages of the list together.
    pub listed: u64,
}

pub(in crate::calendars) async fn count(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    filter: &PeopleFilter,
) -> Result<Counts> {
    let row = sqlx::query!(
        r#"select (select count(*) from calendar_person p
                   where p.account_id = $1 and p.calendar_id = $2 and p.is_in) as "people!",
                  (select count(*) from member m
                   left join calendar_person p
                     on p.account_id = m.account_id and p.calendar_id = $2 and p.member_id = m.id
                   where m.account_id = $1 and m.state = 'active'
                     and ($3 = '' or lower(m.first_name || ' ' || m.last_name) like lower($4))
                     and (not $5::boolean or p.member_id is not null)) as "listed!""#,
        account.0,
        calendar.0,
        filter.search,
        pattern(&filter.search),
        filter.only_concerned,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Counts { people: number(row.people)?, listed: number(row.listed)? })
}

/// One page of active people by name, and why each is a host of the calendar or is not.
pub(in crate::calendars) async fn rows(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    filter: &PeopleFilter,
    now: DateTime<Utc>,
) -> Result<Vec<CalendarPerson>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, m.login_id, m.first_name, m.last_name, ph.version as "photo_version?",
                  p.is_in as "is_in?", pp.id as "profile_id?", pp.name as "profile_name?", p.weight as "weight?",
                  p.priority as "priority?", p.ramp_up_weeks as "ramp_up_weeks?", p.joined_at as "joined_at?",
                  coalesce(jsonb_path_exists(w.hours, '$.days[*][*]'), false) as "has_hours!",
                  (select count(*) from appointment_host h
                   join appointment a on a.account_id = h.account_id and a.id = h.appointment_id and a.calendar_id = $2
                   where h.account_id = m.account_id and h.member_id = m.id and h.is_active and a.ends_at > $6) as "upcoming!"
           from member m
           left join calendar_person p
             on p.account_id = m.account_id and p.calendar_id = $2 and p.member_id = m.id
           left join permission_profile pp on pp.account_id = p.account_id and pp.id = p.profile_id
           left join working_hours w on w.account_id = m.account_id and w.member_id = m.id
           left join login_photo ph on ph.login_id = m.login_id
           where m.account_id = $1 and m.state = 'active'
             and ($3 = '' or lower(m.first_name || ' ' || m.last_name) like lower($4))
             and (not $5::boolean or p.member_id is not null)
           order by lower(m.first_name || ' ' || m.last_name), m.id
           limit $7 offset $8"#,
        account.0,
        calendar.0,
        filter.search,
        pattern(&filter.search),
        filter.only_concerned,
        now,
        i64::from(ROWS_PER_PAGE),
        offset(filter.page),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| row.person(now)).collect()
}

struct Row {
    id: Uuid,
    login_id: Uuid,
    first_name: String,
    last_name: String,
    photo_version: Option<i32>,
    is_in: Option<bool>,
    profile_id: Option<Uuid>,
    profile_name: Option<String>,
    weight: Option<i32>,
    priority: Option<String>,
    ramp_up_weeks: Option<i32>,
    joined_at: Option<DateTime<Utc>>,
    has_hours: bool,
    upcoming: i64,
}

impl Row {
    fn person(self, now: DateTime<Utc>) -> Result<CalendarPerson> {
        let member = self.id.into();
        let (mut host_terms, mut rising_weight) = (None, None);
        let said = self.weight.zip(self.priority).zip(self.ramp_up_weeks.zip(self.joined_at));
        if let Some(((weight, priority), (weeks, joined_at))) = said.filter(|_| self.is_in == Some(true)) {
            let terms = terms(weight, &priority, weeks)?;
            let HostTerms { weight, priority, ramp_up_weeks } = terms;
            let host = Host { member, weight, priority, joined_at, ramp_up_weeks };
            let full = Host { ramp_up_weeks: 0, ..host }.weight_at(now);
            rising_weight = Some(host.weight_at(now)).filter(|weight| *weight < full);
            host_terms = Some(terms);
        }
        Ok(CalendarPerson {
            member,
            name: PersonName { first: self.first_name, last: self.last_name }.full(),
            photo: self.photo_version.map(|version| (LoginId(self.login_id), version)),
            membership: membership(self.is_in, self.profile_id.zip(self.profile_name)),
            terms: host_terms,
            rising_weight,
            has_hours: self.has_hours,
            upcoming: number(self.upcoming)?,
        })
    }
}

/// From whether somebody is said to be in, and the profile whose rule says so.
fn membership(is_in: Option<bool>, rule: Option<(Uuid, String)>) -> Membership {
    match (is_in, rule) {
        (None, _) => Membership::NotIn,
        (Some(false), _) => Membership::Excluded,
        (Some(true), None) => Membership::ByHand,
        (Some(true), Some((id, name))) => Membership::ByRule(ProfileName { id: id.into(), name }),
    }
}
