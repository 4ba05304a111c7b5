use chrono::{DateTime, Utc};
use domain::{
    AccountId, CalendarId, MemberId,
    calendars::HostTerms,
    permissions::ProfileName,
    pipelines::Membership,
    staff::{NamedPlace, Place, PlaceChoice},
};
use uuid::Uuid;

use super::stored;
use crate::{Result, db::Tx, stored::group};

pub(in crate::calendars) async fn named(
    tx: &mut Tx,
    account: AccountId,
    kinds: &[String],
) -> Result<Vec<NamedPlace>> {
    let rows = sqlx::query!(
        "select id, name from calendar where account_id = $1 and kind = any($2) order by lower(name), id",
        account.0,
        kinds,
    )
    .fetch_all(&mut **tx)
    .await?;
    let named =
        rows.into_iter().map(|row| NamedPlace { place: Place::Calendar(row.id.into()), name: row.name });
    Ok(named.collect())
}

/// A row for each calendar and each group of people of whom somebody beside `member` is in it; one without a group where nobody is.
pub(in crate::calendars) async fn choices(
    tx: &mut Tx,
    account: AccountId,
    kinds: &[String],
    member: Option<MemberId>,
) -> Result<Vec<PlaceChoice>> {
    let rows = sqlx::query!(
        r#"with colleagues as materialized (
             select role, profile_id, count(*) as counted from member
             where account_id = $1 and state = 'active' and id is distinct from $2 group by role, profile_id),
           inside as materialized (
             select i.calendar_id, m.role, m.profile_id, count(*) as counted
             from calendar_person i join member m on m.account_id = i.account_id and m.id = i.member_id
             where i.account_id = $1 and i.is_in and m.id is distinct from $2
             group by i.calendar_id, m.role, m.profile_id)
           select p.id, p.name, p.is_active, c.role as "role?", pp.name as "profile?", i.counted as "joined?", c.counted as "all?",
             array(select rp.name from calendar_rule r
                   join permission_profile rp on rp.account_id = r.account_id and rp.id = r.profile_id
                   where r.account_id = p.account_id and r.calendar_id = p.id order by rp.name) as "rules!",
             h.is_excluded as "is_excluded?", own.id as "rule_id?", own.name as "rule_name?"
           from calendar p
           left join inside i on i.calendar_id = p.id
           left join colleagues c on c.role = i.role and c.profile_id is not distinct from i.profile_id
           left join permission_profile pp on pp.account_id = p.account_id and pp.id = c.profile_id
           left join member m on m.account_id = p.account_id and m.id = $2
           left join calendar_member h on h.account_id = p.account_id and h.calendar_id = p.id and h.member_id = m.id
           left join calendar_rule r
             on r.account_id = p.account_id and r.calendar_id = p.id and r.profile_id = m.profile_id
           left join permission_profile own on own.account_id = r.account_id and own.id = r.profile_id
           where p.account_id = $1 and p.kind = any($3)
           order by lower(p.name), p.id, i.counted::float8 / c.counted desc, i.counted desc, pp.name"#,
        account.0,
        member.map(Uuid::from),
        kinds,
    )
    .fetch_all(&mut **tx)
    .await?;
    let choices = rows.into_iter().map(|row| {
        let group = group(row.role.as_deref(), row.profile.as_deref(), row.joined, row.all)?;
        let rule = row.rule_id.zip(row.rule_name).map(|(id, name)| ProfileName { id: id.into(), name });
        Ok(PlaceChoice {
            place: Place::Calendar(row.id.into()),
            name: row.name,
            is_closed: !row.is_active,
            groups: group.into_iter().collect(),
            rules: row.rules,
            membership: Membership::of(row.is_excluded, rule),
        })
    });
    Ok(PlaceChoice::merged(choices.collect::<Result<_>>()?))
}

pub(in crate::calendars) async fn by_hand(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Vec<CalendarId>> {
    let ids = sqlx::query_scalar!(
        "select calendar_id from calendar_member where account_id = $1 and member_id = $2 and not is_excluded",
        account.0,
        member.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(CalendarId::from).collect())
}

pub(in crate::calendars) async fn let_in(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    calendars: &[CalendarId],
    now: DateTime<Utc>,
) -> Result<Vec<String>> {
    let calendars: Vec<Uuid> = calendars.iter().map(|id| id.0).collect();
    let HostTerms { weight, priority, .. } = HostTerms::usual();
    // A rule takes in only those about whom nothing is said by hand.
    let names = sqlx::query_scalar!(
        "with wanted as (
           select c.id, c.name, c.ramp_up_weeks from calendar c where c.account_id = $1 and c.id = any($3)),
         ruled as (
           select r.calendar_id from calendar_rule r
           join member m on m.account_id = r.account_id and m.profile_id = r.profile_id
           left join calendar_member h
             on h.account_id = r.account_id and h.calendar_id = r.calendar_id and h.member_id = m.id
           where r.account_id = $1 and m.id = $2 and h.member_id is null),
         entered as (
           insert into calendar_member as h
             (account_id, calendar_id, member_id, is_excluded, weight, priority, ramp_up_weeks, joined_at)
           select $1, w.id, $2, false, $4, $5, w.ramp_up_weeks, $6 from wanted w
           where w.id not in (select calendar_id from ruled)
           on conflict (account_id, calendar_id, member_id) do update
             set is_excluded = false, weight = excluded.weight, priority = excluded.priority,
                 ramp_up_weeks = excluded.ramp_up_weeks, joined_at = excluded.joined_at
           where h.is_excluded)
         select name from wanted order by lower(name), id",
        account.0,
        member.0,
        &calendars,
        stored(weight)?,
        priority.key(),
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(names)
}

pub(in crate::calendars) async fn let_go(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    calendars: &[CalendarId],
) -> Result<()> {
    let calendars: Vec<Uuid> = calendars.iter().map(|id| id.0).collect();
    sqlx::query!(
        "delete from calendar_member
         where account_id = $1 and member_id = $2 and calendar_id = any($3) and not is_excluded",
        account.0,
        member.0,
        &calendars,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
