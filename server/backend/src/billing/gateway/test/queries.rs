use chrono::{DateTime, Utc};
use domain::billing::{CardExpiry, Decline};

use super::{CardDetails, Charge, Charged, TestCard};
use crate::{Error, Result, db::Tx, stored};

pub(super) async fn insert_visit(
    tx: &mut Tx,
    reference: &str,
    customer: &str,
    return_url: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into test_gateway_visit (reference, customer, return_url, created_at) values ($1, $2, $3, $4)",
        reference,
        customer,
        return_url,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The customer of a visit that has no card yet, and where they go afterwards.
pub(super) async fn visit(tx: &mut Tx, reference: &str) -> Result<Option<(String, String)>> {
    let row = sqlx::query!(
        "select customer, return_url from test_gateway_visit where reference = $1 and card is null",
        reference,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.customer, row.return_url)))
}

pub(super) struct NewCard<'a> {
    pub reference: &'a str,
    pub customer: &'a str,
    pub card: TestCard,
    pub expires: CardExpiry,
}

/// False when the visit has a card already.
pub(super) async fn enter(tx: &mut Tx, visit: &str, new: &NewCard<'_>) -> Result<bool> {
    let done = sqlx::query!(
        "update test_gateway_visit set card = $2 where reference = $1 and card is null",
        visit,
        new.reference,
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let number = new.card.number();
    sqlx::query!(
        "insert into test_gateway_card (reference, customer, behaviour, brand, last_four, expires_year, expires_month)
         values ($1, $2, $3, 'Visa', $4, $5, $6)",
        new.reference,
        new.customer,
        new.card.key(),
        number.get(12..).unwrap_or(number),
        new.expires.year,
        i32::try_from(new.expires.month).map_err(Error::internal)?,
    )
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

pub(super) async fn entered(tx: &mut Tx, visit: &str) -> Result<Option<CardDetails>> {
    let row = sqlx::query!(
        "select c.reference, c.brand, c.last_four, c.expires_year, c.expires_month
         from test_gateway_visit v join test_gateway_card c on c.reference = v.card where v.reference = $1",
        visit,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let month = u32::try_from(row.expires_month).map_err(Error::internal)?;
        Ok(CardDetails {
            reference: row.reference,
            brand: row.brand,
            last_four: row.last_four,
            expires: Some(CardExpiry { year: row.expires_year, month }),
        })
    })
    .transpose()
}

pub(super) struct Known {
    pub behaviour: TestCard,
    pub charged: i32,
    pub is_removed: bool,
}

pub(super) async fn lock_card(tx: &mut Tx, reference: &str) -> Result<Option<Known>> {
    let row = sqlx::query!(
        "select behaviour, charged, removed_at from test_gateway_card where reference = $1 for update",
        reference,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        Ok(Known {
            behaviour: stored::key(&row.behaviour)?,
            charged: row.charged,
            is_removed: row.removed_at.is_some(),
        })
    })
    .transpose()
}

/// What became of a charge, as far as it is known by now.
pub(super) async fn charge(tx: &mut Tx, key: &str, now: DateTime<Utc>) -> Result<Option<Charged>> {
    let row = sqlx::query!(
        "select reference, outcome, decline_code, settles_at from test_gateway_charge where key = $1",
        key,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        if row.settles_at.is_some_and(|at| now < at) {
            return Ok(Charged { reference: Some(row.reference), ..Charged::unknown() });
        }
        let code = row.decline_code.unwrap_or_default();
        match row.outcome.as_str() {
            "paid" => Ok(Charged::paid(row.reference)),
            "soft" => Ok(Charged::declined(Decline::Soft, code, Some(row.reference))),
            "hard" => Ok(Charged::declined(Decline::Hard, code, Some(row.reference))),
            other => Err(Error::internal(format!("a charge is {other:?}"))),
        }
    })
    .transpose()
}

pub(super) struct Made<'a> {
    pub charge: &'a Charge,
    pub reference: String,
    pub outcome: &'static str,
    pub decline_code: Option<&'static str>,
    pub settles_at: Option<DateTime<Utc>>,
}

pub(super) async fn insert_charge(tx: &mut Tx, made: &Made<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "with counted as (update test_gateway_card set charged = charged + 1 where reference = $3)
         insert into test_gateway_charge (key, reference, card, amount_minor, currency, created_at, outcome, decline_code,
                                          settles_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        made.charge.key,
        made.reference,
        made.charge.card,
        made.charge.amount_minor,
        made.charge.currency,
        now,
        made.outcome,
        made.decline_code,
        made.settles_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives back up to what was paid; the same key is the same refund. False when there is no such payment, or too little is left of it.
pub(super) async fn refund(
    tx: &mut Tx,
    key: &str,
    charge: &str,
    amount_minor: i64,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "with done as (
           insert into test_gateway_refund (key, charge, amount_minor, created_at)
           select $1, reference, $3, $4 from test_gateway_charge
           where reference = $2 and outcome = 'paid' and amount_minor - refunded_minor >= $3 and $3 > 0
           on conflict (key) do nothing returning charge)
         update test_gateway_charge set refunded_minor = refunded_minor + $3
         where reference in (select charge from done)",
        key,
        charge,
        amount_minor,
        now,
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(true);
    }
    let known = sqlx::query_scalar!("select true from test_gateway_refund where key = $1", key);
    Ok(known.fetch_optional(&mut **tx).await?.is_some())
}

/// Charges of it fail from now on.
pub(super) async fn remove_card(tx: &mut Tx, reference: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update test_gateway_card set removed_at = coalesce(removed_at, $2) where reference = $1",
        reference,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
