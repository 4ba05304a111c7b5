//! A link in a mail with which whoever has it pays what an account owes, and can do nothing else. It is signed and not stored: it works
//! as long as something is owed, and only ever with the account's own card.

use domain::{AccountId, Refusal, account::Currency};
use uuid::Uuid;

use super::{orders, orders::Paid, queries, queries::card::CardRole, stored::Stored};
use crate::{Access, Backend, Result, keys};

const PURPOSE: &str = "pay what an account owes";

/// The secret part of the link: the account and its tag.
#[must_use]
pub(crate) fn pay_link(backend: &Backend, account: AccountId) -> String {
    let tag = backend.keys.tag(PURPOSE, &[account.0.as_bytes()]);
    keys::encode(&[account.0.as_bytes().as_slice(), &tag].concat())
}

fn account_of(backend: &Backend, link: &str) -> Result<AccountId> {
    let bytes = keys::decode(link).ok_or(Refusal::LinkNotValid)?;
    let (account, tag) = bytes.split_at_checked(16).ok_or(Refusal::LinkNotValid)?;
    if !backend.keys.verify(PURPOSE, &[account], tag) {
        return Err(Refusal::LinkNotValid.into());
    }
    Ok(Uuid::from_slice(account).map_err(|_| Refusal::LinkNotValid)?.into())
}

/// What the holder of a link sees: no more than they need to pay.
#[derive(Debug)]
pub struct Debt {
    pub account_name: String,
    pub currency: Currency,
    /// In the smallest unit; 0 when everything is paid.
    pub owed_minor: i64,
    /// The issuer's numbers of what is open.
    pub invoices: Vec<String>,
    /// "Visa ending in 4242"; none when there is no card.
    pub card: Option<String>,
    /// A payment whose outcome is not known yet.
    pub is_awaited: bool,
}

/// # Errors
/// [`Refusal::LinkNotValid`].
pub async fn debt(backend: &Backend, link: &str) -> Result<Debt> {
    let account = account_of(backend, link)?;
    let mut tx = backend.db.tenant(account).await?;
    let stored = Stored::read(&mut tx, backend, account).await.map_err(gone)?;
    let open = stored.book.invoices.iter().filter(|invoice| invoice.is_open());
    let numbers = open.map(|one| queries::invoice::count(one.number)).collect::<Result<Vec<_>>>()?;
    let invoices = queries::invoice::serials(&mut tx, account, &numbers).await?;
    let cards = queries::card::all(&mut tx, account).await?;
    tx.commit().await?;
    Ok(Debt {
        owed_minor: stored.book.owed_minor(),
        is_awaited: stored.book.attempt.is_some(),
        account_name: stored.account.name,
        currency: stored.currency,
        invoices: invoices.into_iter().map(|(_, serial)| serial).collect(),
        card: cards.iter().find(|card| card.role == Some(CardRole::Default)).map(|card| card.words()),
    })
}

/// Pays what is owed with the account's card.
///
/// # Errors
/// [`Refusal::LinkNotValid`], [`Refusal::NothingOwed`], [`Refusal::PaymentUnderWay`], [`Refusal::CardNeeded`].
pub async fn pay_debt(backend: &Backend, link: &str) -> Result<Paid> {
    let account = account_of(backend, link)?;
    orders::pay(backend, &Access::steward(account)).await.map_err(gone)
}

/// An account that is not there any more.
fn gone(error: crate::Error) -> crate::Error {
    match error.refusal() {
        Some(Refusal::NotFound) => Refusal::LinkNotValid.into(),
        _ => error,
    }
}
