use chrono::{DateTime, Utc};
use domain::{
    AccountId, Email, Refusal,
    billing::{Book, Customer, Limits},
};
use serde_json::{Value, json};

use crate::{Result, db::Tx};

pub(in crate::billing) struct Row {
    pub currency: String,
    pub book: Value,
    pub version: i64,
    pub parked: Option<String>,
    pub customer: Value,
    pub emails: Vec<String>,
    pub gateway_customer: Option<String>,
}

impl Row {
    /// Of an account that has nothing yet.
    pub fn new(currency: String) -> Self {
        Self {
            currency,
            book: json!(Book::default()),
            version: 0,
            parked: None,
            customer: json!(Customer::default()),
            emails: Vec::new(),
            gateway_customer: None,
        }
    }
}

pub(in crate::billing) async fn find(tx: &mut Tx, account: AccountId) -> Result<Option<Row>> {
    let row = sqlx::query_as!(
        Row,
        "select currency, book, version, parked, customer, emails, gateway_customer from billing where account_id = $1",
        account.0,
    );
    Ok(row.fetch_optional(&mut **tx).await?)
}

/// Of the plan that the account has; none without a subscription.
pub(in crate::billing) async fn limits(tx: &mut Tx, account: AccountId) -> Result<Option<Limits>> {
    let limits = sqlx::query_scalar!(
        "select book #> '{subscription,terms,plan,limits}' from billing where account_id = $1",
        account.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(limits.flatten().map(serde_json::from_value).transpose()?)
}

pub(in crate::billing) struct Change<'a> {
    pub currency: &'a str,
    pub book: Value,
    pub state: Option<&'static str>,
    pub due_at: Option<DateTime<Utc>>,
    pub parked: Option<&'a str>,
    /// Of what was read.
    pub version: i64,
}

/// # Errors
/// [`Refusal::ChangedMeanwhile`] when something else was stored since it was read.
pub(in crate::billing) async fn put(tx: &mut Tx, account: AccountId, change: &Change<'_>) -> Result<()> {
    let done = sqlx::query!(
        "insert into billing (account_id, currency, book, version, state, due_at, parked)
         values ($1, $2, $3, $4::bigint + 1, $5, $6, $7)
         on conflict (account_id) do update set book = excluded.book, version = excluded.version,
           state = excluded.state, due_at = excluded.due_at, parked = excluded.parked, currency = excluded.currency
         where billing.version = $4",
        account.0,
        change.currency,
        change.book,
        change.version,
        change.state,
        change.due_at,
        change.parked,
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Refusal::ChangedMeanwhile.into()) }
}

/// To whom invoices and mails go.
pub(in crate::billing) async fn put_customer(
    tx: &mut Tx,
    account: AccountId,
    customer: &Customer,
    emails: &[Email],
) -> Result<()> {
    let emails: Vec<_> = emails.iter().map(|email| email.as_str().to_owned()).collect();
    sqlx::query!(
        "update billing set customer = $2, emails = $3 where account_id = $1",
        account.0,
        json!(customer),
        &emails,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::billing) async fn put_gateway_customer(
    tx: &mut Tx,
    account: AccountId,
    customer: &str,
) -> Result<()> {
    sqlx::query!("update billing set gateway_customer = $2 where account_id = $1", account.0, customer)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Nothing is due before `until`.
pub(in crate::billing) async fn postpone(
    tx: &mut Tx,
    account: AccountId,
    until: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update billing set due_at = greatest(due_at, $2) where account_id = $1 and due_at is not null",
        account.0,
        until,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Accounts in which something is due, those that wait longest first, behind one that was there already.
pub(in crate::billing) async fn due(
    tx: &mut Tx,
    now: DateTime<Utc>,
    after: Option<(DateTime<Utc>, AccountId)>,
    most: i64,
) -> Result<Vec<(DateTime<Utc>, AccountId)>> {
    let (at, account) = after.unzip();
    let rows = sqlx::query!(
        r#"select due_at as "due_at!", account_id from billing
           where due_at <= $1 and ($2::timestamptz is null or (due_at, account_id) > ($2, $3::uuid))
           order by due_at, account_id limit $4"#,
        now,
        at,
        account.map(|account| account.0),
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.due_at, row.account_id.into())).collect())
}
