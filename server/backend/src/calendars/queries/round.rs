use std::collections::HashMap;

use chrono_tz::Tz;
use domain::{
    AccountId, CalendarId, MemberId,
    calendars::{Candidate, Host, HostTerms, Turns, WorkingHours},
};
use uuid::Uuid;

use super::terms;
use crate::{Result, db::Tx};

/// Whose turn it can be in these calendars, but `without`.
pub(in crate::calendars) async fn candidates(
    tx: &mut Tx,
    account: AccountId,
    calendars: &[Uuid],
    without: MemberId,
) -> Result<HashMap<CalendarId, Vec<Candidate>>> {
    let rows = sqlx::query!(
        r#"select p.calendar_id as "calendar_id!", p.member_id as "member_id!", p.weight as "weight!", p.priority as "priority!",
                  p.ramp_up_weeks as "ramp_up_weeks!", p.joined_at as "joined_at!", t.credit as "credit?",
                  t.last_booked_at as "last_booked_at?"
           from calendar_person p
           left join calendar_turn t
             on t.account_id = p.account_id and t.calendar_id = p.calendar_id and t.member_id = p.member_id
           where p.account_id = $1 and p.calendar_id = any ($2) and p.member_id <> $3 and p.is_in
           order by p.member_id"#,
        account.0,
        calendars,
        without.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut rounds: HashMap<CalendarId, Vec<Candidate>> = HashMap::new();
    for row in rows {
        let HostTerms { weight, priority, ramp_up_weeks } =
            terms(row.weight, &row.priority, row.ramp_up_weeks)?;
        let (member, joined_at) = (row.member_id.into(), row.joined_at);
        let host = Host { member, weight, priority, joined_at, ramp_up_weeks };
        let turns = Turns { credit: row.credit.unwrap_or_default(), last_booked_at: row.last_booked_at };
        rounds.entry(row.calendar_id.into()).or_default().push(Candidate { host, turns });
    }
    Ok(rounds)
}

/// When people work, each in the zone of where they are.
pub(in crate::calendars) async fn hours(
    tx: &mut Tx,
    account: AccountId,
    members: &[Uuid],
) -> Result<HashMap<MemberId, (WorkingHours, Tz)>> {
    let rows = sqlx::query!(
        r#"select w.member_id, w.hours, coalesce(w.time_zone, a.time_zone) as "time_zone!"
           from working_hours w join account a on a.id = w.account_id
           where w.account_id = $1 and w.member_id = any ($2)"#,
        account.0,
        members,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let zone = row.time_zone.parse().unwrap_or(Tz::UTC);
            Ok((row.member_id.into(), (serde_json::from_value(row.hours)?, zone)))
        })
        .collect()
}
