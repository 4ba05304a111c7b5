use chrono::{DateTime, Utc};
use domain::{
    AccountId, CalendarId, ProfileId,
    calendars::{CalendarRule, HostTerms},
    permissions::ProfileName,
};

use super::{number, stored, terms};
use crate::{Result, db::Tx};

/// Every profile of the account by name, and on which terms everyone with it is a host.
pub(in crate::calendars) async fn all(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
) -> Result<Vec<CalendarRule>> {
    let rows = sqlx::query!(
        r#"select p.id, p.name, r.weight as "weight?", r.priority as "priority?", r.ramp_up_weeks as "ramp_up_weeks?",
                  (select count(*) from member m
                   where m.account_id = p.account_id and m.profile_id = p.id and m.state = 'active') as "people!"
           from permission_profile p
           left join calendar_rule r
             on r.account_id = p.account_id and r.calendar_id = $2 and r.profile_id = p.id
           where p.account_id = $1
           order by lower(p.name)"#,
        account.0,
        calendar.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let terms = match (row.weight, row.priority, row.ramp_up_weeks) {
                (Some(weight), Some(priority), Some(weeks)) => Some(terms(weight, &priority, weeks)?),
                _ => None,
            };
            let profile = ProfileName { id: row.id.into(), name: row.name };
            Ok(CalendarRule { profile, terms, people: number(row.people)? })
        })
        .collect()
}

pub(in crate::calendars) async fn profile_name(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
) -> Result<Option<String>> {
    let name = sqlx::query_scalar!(
        "select name from permission_profile where account_id = $1 and id = $2",
        account.0,
        profile.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(name)
}

/// Sets a rule, which began when it was first set; answers whether that changed anything.
pub(in crate::calendars) async fn put(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    profile: ProfileId,
    terms: HostTerms,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into calendar_rule as r (account_id, calendar_id, profile_id, weight, priority, ramp_up_weeks, since)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (account_id, calendar_id, profile_id) do update
           set weight = excluded.weight, priority = excluded.priority, ramp_up_weeks = excluded.ramp_up_weeks
         where (r.weight, r.priority, r.ramp_up_weeks)
               is distinct from (excluded.weight, excluded.priority, excluded.ramp_up_weeks)",
        account.0,
        calendar.0,
        profile.0,
        stored(terms.weight)?,
        terms.priority.key(),
        stored(terms.ramp_up_weeks)?,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Answers whether there was such a rule.
pub(in crate::calendars) async fn end(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    profile: ProfileId,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from calendar_rule where account_id = $1 and calendar_id = $2 and profile_id = $3",
        account.0,
        calendar.0,
        profile.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
