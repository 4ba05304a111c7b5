use domain::{AccountId, MemberId, PersonName, calendars::WorkingHours};

use crate::{Result, db::Tx};

/// Somebody's hours with what the form shows beside them.
pub(in crate::calendars) struct Stored {
    pub name: String,
    pub is_removed: bool,
    pub time_zone: Option<String>,
    pub account_time_zone: String,
    pub hours: WorkingHours,
    /// 0 before any were set.
    pub version: i32,
}

pub(in crate::calendars) async fn find(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Option<Stored>> {
    let row = sqlx::query!(
        r#"select m.first_name, m.last_name, m.state, a.time_zone as account_time_zone, w.time_zone as "time_zone?",
                  w.hours as "hours?", w.version as "version?"
           from member m
           join account a on a.id = m.account_id
           left join working_hours w on w.account_id = m.account_id and w.member_id = m.id
           where m.account_id = $1 and m.id = $2"#,
        account.0,
        member.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        Ok(Stored {
            name: PersonName { first: row.first_name, last: row.last_name }.full(),
            is_removed: row.state == "removed",
            time_zone: row.time_zone,
            account_time_zone: row.account_time_zone,
            hours: row.hours.map(serde_json::from_value).transpose()?.unwrap_or_default(),
            version: row.version.unwrap_or_default(),
        })
    })
    .transpose()
}

pub(in crate::calendars) async fn put(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    time_zone: Option<&str>,
    hours: &WorkingHours,
    version: i32,
) -> Result<()> {
    sqlx::query!(
        "insert into working_hours (account_id, member_id, time_zone, hours, version) values ($1, $2, $3, $4, $5)
         on conflict (account_id, member_id) do update
           set time_zone = excluded.time_zone, hours = excluded.hours, version = excluded.version",
        account.0,
        member.0,
        time_zone,
        serde_json::to_value(hours)?,
        version,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
