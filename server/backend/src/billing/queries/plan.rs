use chrono::{DateTime, Utc};
use domain::{
    AccountId,
    billing::{Limits, Plan},
};

use crate::{Error, Result, db::Tx};

/// A plan as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedPlan {
    pub plan: Plan,
    pub name: String,
    pub description: String,
    pub currency: String,
    /// Made for this account.
    pub is_custom: bool,
}

struct Row {
    code: String,
    currency: String,
    version: i32,
    name: String,
    description: String,
    tier: i32,
    month_minor: Option<i64>,
    year_minor: Option<i64>,
    seats: Option<i32>,
    profiles: Option<i32>,
    calendars: Option<i32>,
    api_keys: Option<i32>,
    is_custom: bool,
}

fn count(number: i32) -> Result<u32> {
    u32::try_from(number).map_err(Error::internal)
}

impl TryFrom<Row> for OfferedPlan {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let limit = |limit: Option<i32>| limit.map(count).transpose();
        let plan = Plan {
            code: row.code,
            version: count(row.version)?,
            tier: count(row.tier)?,
            month_minor: row.month_minor,
            year_minor: row.year_minor,
            limits: Limits {
                seats: limit(row.seats)?,
                profiles: limit(row.profiles)?,
                calendars: limit(row.calendars)?,
                api_keys: limit(row.api_keys)?,
            },
        };
        Ok(Self {
            plan,
            name: row.name,
            description: row.description,
            currency: row.currency,
            is_custom: row.is_custom,
        })
    }
}

/// The currency in which an account buys: its own where plans are sold in it, else the first that any is sold in.
pub(in crate::billing) async fn currency(tx: &mut Tx, own: &str) -> Result<String> {
    let found = sqlx::query_scalar!(
        "select currency from plan where retired_at is null order by currency <> $1, created_at, currency limit 1",
        own,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.unwrap_or_else(|| own.to_owned()))
}

/// What can be chosen, the lowest first: of each plan its newest version.
pub(in crate::billing) async fn offered(tx: &mut Tx, currency: &str) -> Result<Vec<OfferedPlan>> {
    let rows = sqlx::query_as!(
        Row,
        "select code, currency, version, name, description, tier, month_minor, year_minor, seats, profiles, calendars,
                api_keys, is_custom
         from plan p where currency = $1 and retired_at is null
           and not exists (select from plan n where n.code = p.code and n.currency = p.currency and n.version > p.version)
         order by tier, coalesce(month_minor, year_minor), code",
        currency,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(OfferedPlan::try_from).collect()
}

/// The names of some plans by their codes, as they are called now.
pub(in crate::billing) async fn names(
    tx: &mut Tx,
    currency: &str,
    codes: &[String],
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select distinct on (code) code, name from plan where currency = $1 and code = any($2)
         order by code, version desc",
        currency,
        codes,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.name)).collect())
}

/// Every plan and version there is; for the operator.
pub(in crate::billing) async fn all(tx: &mut Tx) -> Result<Vec<(OfferedPlan, Option<DateTime<Utc>>)>> {
    let rows = sqlx::query!(
        "select code, currency, version, name, description, tier, month_minor, year_minor, seats, profiles, calendars,
                api_keys, is_custom, retired_at
         from plan order by currency, tier, code, version",
    )
    .fetch_all(&mut **tx)
    .await?;
    let plan = |row: Row, retired_at| Ok((OfferedPlan::try_from(row)?, retired_at));
    rows.into_iter()
        .map(|row| {
            let retired_at = row.retired_at;
            let row = Row {
                code: row.code,
                currency: row.currency,
                version: row.version,
                name: row.name,
                description: row.description,
                tier: row.tier,
                month_minor: row.month_minor,
                year_minor: row.year_minor,
                seats: row.seats,
                profiles: row.profiles,
                calendars: row.calendars,
                api_keys: row.api_keys,
                is_custom: row.is_custom,
            };
            plan(row, retired_at)
        })
        .collect()
}

/// A plan, or its next version; answers the version. Earlier ones cannot be chosen any more.
pub(in crate::billing) async fn insert(tx: &mut Tx, plan: &OfferedPlan, now: DateTime<Utc>) -> Result<u32> {
    let limit = |limit: Option<u32>| limit.map(super::invoice::count).transpose();
    let limits = plan.plan.limits;
    let version = sqlx::query_scalar!(
        "insert into plan (code, currency, version, name, description, tier, month_minor, year_minor, seats, profiles,
                           calendars, api_keys, is_custom, created_at)
         select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
         from plan where code = $1 and currency = $2
         returning version",
        plan.plan.code,
        plan.currency,
        plan.name,
        plan.description,
        super::invoice::count(plan.plan.tier)?,
        plan.plan.month_minor,
        plan.plan.year_minor,
        limit(limits.seats)?,
        limit(limits.profiles)?,
        limit(limits.calendars)?,
        limit(limits.api_keys)?,
        plan.is_custom,
        now,
    )
    .fetch_one(&mut **tx)
    .await?;
    count(version)
}

/// Offers a custom plan to an account; the transaction is inside it.
pub(in crate::billing) async fn offer(
    tx: &mut Tx,
    account: AccountId,
    plan: &OfferedPlan,
    version: u32,
) -> Result<()> {
    sqlx::query!(
        "insert into plan_offer (account_id, code, currency, version) values ($1, $2, $3, $4)",
        account.0,
        plan.plan.code,
        plan.currency,
        super::invoice::count(version)?,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How many versions can be chosen no longer.
pub(in crate::billing) async fn retire(
    tx: &mut Tx,
    code: &str,
    currency: &str,
    now: DateTime<Utc>,
) -> Result<u64> {
    let done = sqlx::query!(
        "update plan set retired_at = $3 where code = $1 and currency = $2 and retired_at is null",
        code,
        currency,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
