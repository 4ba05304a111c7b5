use chrono::{DateTime, Utc};
use domain::{AccountId, Refusal, billing::Method};

use super::invoice::count;
use crate::{Error, Result, billing::gateway::Charged, db::Tx};

/// A charge that is about to be sent.
pub(in crate::billing) struct Sent<'a> {
    pub number: u32,
    pub invoice: u32,
    pub amount_minor: i64,
    pub currency: &'a str,
    pub method: Method,
}

/// The intent, before the money moves. The same attempt sent again is the same charge.
///
/// # Errors
/// [`Error::Internal`] when there is no such card: the book would not charge one.
pub(in crate::billing) async fn send(
    tx: &mut Tx,
    account: AccountId,
    sent: &Sent<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let role = match sent.method {
        Method::Default => "default",
        Method::Backup => "backup",
    };
    let done = sqlx::query!(
        "insert into payment_attempt (account_id, number, invoice_number, payment_method_id, amount_minor, currency,
                                      begun_at, sent_at)
         select $1, $2, $3, m.id, $4, $5, $6, $6 from payment_method m where m.account_id = $1 and m.role = $7
         on conflict (account_id, number) do update set sent_at = excluded.sent_at, answer = null",
        account.0,
        count(sent.number)?,
        count(sent.invoice)?,
        sent.amount_minor,
        sent.currency,
        now,
        role,
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::internal("the card that is charged is not there"))
    }
}

/// It is asked about now.
pub(in crate::billing) async fn touch(
    tx: &mut Tx,
    account: AccountId,
    number: u32,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update payment_attempt set sent_at = $3 where account_id = $1 and number = $2",
        account.0,
        count(number)?,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes up what nobody has heard of since `waited`; false when somebody may still wait for the answer.
pub(in crate::billing) async fn take_up(
    tx: &mut Tx,
    account: AccountId,
    number: u32,
    waited: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update payment_attempt set sent_at = $4 where account_id = $1 and number = $2 and sent_at <= $3",
        account.0,
        count(number)?,
        waited,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::billing) struct Found {
    pub invoice: i32,
    pub serial: i64,
    pub amount_minor: i64,
    pub currency: String,
    /// What the gateway calls the card.
    pub card: String,
    /// What the gateway calls the customer.
    pub customer: String,
    /// What the gateway calls the charge, once it has said so.
    pub reference: Option<String>,
    pub is_paid: bool,
}

/// # Errors
/// [`Refusal::NotFound`].
pub(in crate::billing) async fn find(tx: &mut Tx, account: AccountId, number: u32) -> Result<Found> {
    let found = sqlx::query_as!(
        Found,
        r#"select a.invoice_number as invoice, i.serial, a.amount_minor, a.currency, m.reference as card,
                  coalesce(b.gateway_customer, '') as "customer!", a.reference,
                  coalesce(a.answer = 'paid', false) as "is_paid!"
           from payment_attempt a
           join invoice i on i.account_id = a.account_id and i.number = a.invoice_number
           join payment_method m on m.account_id = a.account_id and m.id = a.payment_method_id
           join billing b on b.account_id = a.account_id
           where a.account_id = $1 and a.number = $2"#,
        account.0,
        count(number)?,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

pub(in crate::billing) async fn answer(
    tx: &mut Tx,
    account: AccountId,
    number: u32,
    charged: &Charged,
    answer: &str,
) -> Result<()> {
    sqlx::query!(
        "update payment_attempt set answer = $3, reference = coalesce($4, reference), decline_code = $5
         where account_id = $1 and number = $2",
        account.0,
        count(number)?,
        answer,
        charged.reference,
        charged.decline_code,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How an invoice was paid, or why not: the last attempt's card, answer and the gateway's word.
pub(in crate::billing) struct Last {
    pub brand: String,
    pub last_four: String,
    pub answer: Option<String>,
    pub decline_code: Option<String>,
}

pub(in crate::billing) async fn last_for(
    tx: &mut Tx,
    account: AccountId,
    invoice: i32,
) -> Result<Option<Last>> {
    let last = sqlx::query_as!(
        Last,
        "select m.brand, m.last_four, a.answer, a.decline_code from payment_attempt a
         join payment_method m on m.account_id = a.account_id and m.id = a.payment_method_id
         where a.account_id = $1 and a.invoice_number = $2 order by a.number desc limit 1",
        account.0,
        invoice,
    );
    Ok(last.fetch_optional(&mut **tx).await?)
}
