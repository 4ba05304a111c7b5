use domain::{AccountId, Email, billing::Usage};

use crate::{Error, Result, db::Tx};

/// What an account has of what plans limit. A seat is a member who can sign in, or an open invitation: it becomes one.
pub(in crate::billing) async fn usage(tx: &mut Tx, account: AccountId) -> Result<Usage> {
    let row = sqlx::query!(
        r#"select
             (select count(*) from member where account_id = $1 and state = 'active')
               + (select count(*) from invitation where account_id = $1 and state = 'open')
               as "seats!",
             (select count(*) from permission_profile where account_id = $1) as "profiles!",
             (select count(*) from calendar where account_id = $1) as "calendars!""#,
        account.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    let count = |count: i64| u32::try_from(count).map_err(Error::internal);
    Ok(Usage {
        seats: count(row.seats)?,
        profiles: count(row.profiles)?,
        calendars: count(row.calendars)?,
        api_keys: 0,
    })
}

/// Who hears about billing when nobody else is named: the active Admins.
pub(in crate::billing) async fn admins(tx: &mut Tx, account: AccountId) -> Result<Vec<Email>> {
    let rows = sqlx::query_scalar!(
        "select l.email from member m join login l on l.id = m.login_id
         where m.account_id = $1 and m.state = 'active' and m.role = 'admin' order by l.email",
        account.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|email| Email::parse(email).map_err(|problem| Error::internal(problem.to_string())))
        .collect()
}
