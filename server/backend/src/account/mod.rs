//! The account itself: its name, its place in the world, and the lock behind everything that counts before it writes.

mod applications;
mod change_account;
mod connect_applications;
mod create;
mod overview;
mod places;
mod queries;
mod read_account;
pub mod zone;

pub use applications::{applications, section_application};
pub use change_account::change_account;
pub use connect_applications::connect_applications;
pub(crate) use create::{Founder, create};
pub use overview::overview;
pub(crate) use places::{Business, check_business, currency, known_currency};
pub use places::{country_name, place_choices, time_zone_names};
pub use read_account::account;
pub use zone::local;

use domain::{AccountId, Refusal, Slug, account::Account};

use crate::{Backend, Error, Result, db::Tx};

/// Puts everything that counts before it writes into one order: the others wait until this transaction ends.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such account any more.
pub(crate) async fn lock(tx: &mut Tx, account: AccountId) -> Result<()> {
    if queries::lock(tx, account).await? { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// The account, in a transaction that goes on.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such account any more.
pub(crate) async fn load(tx: &mut Tx, account: AccountId) -> Result<Account> {
    Ok(queries::account(tx, account).await?.ok_or(Refusal::NotFound)?)
}

/// What a visitor's use case needs to know about an account.
#[derive(Clone, Debug)]
pub(crate) struct PublicAccount {
    pub id: AccountId,
    pub name: String,
    pub time_zone: String,
}

/// A transaction inside the account with this public address; none when there is none.
///
/// # Errors
/// [`Error::Internal`].
pub(crate) async fn enter_public(backend: &Backend, slug: &Slug) -> Result<Option<(Tx, PublicAccount)>> {
    let mut tx = backend.db.public(slug).await?;
    Ok(queries::enter(&mut tx, slug).await?.map(|account| (tx, account)))
}

/// The account's part of public addresses.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such account any more.
pub(crate) async fn slug(tx: &mut Tx, account: AccountId) -> Result<Slug> {
    let slug = queries::slug(tx, account).await?.ok_or(Refusal::NotFound)?;
    Slug::parse(&slug).map_err(Error::internal)
}

/// The account's zone (IANA name), for days and times that people read.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such account any more.
pub(crate) async fn time_zone(tx: &mut Tx, account: AccountId) -> Result<String> {
    Ok(queries::time_zone(tx, account).await?.ok_or(Refusal::NotFound)?)
}
