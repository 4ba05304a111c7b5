use chrono::{DateTime, Utc};
use domain::{
    AccountId, CardSetupId, MemberId, PaymentMethodId,
    billing::{Card, CardExpiry},
};

use crate::{Error, Result, billing::gateway::CardDetails, db::Tx};

/// A card of the account that was not removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    pub id: PaymentMethodId,
    /// What the gateway calls it.
    pub reference: String,
    pub brand: String,
    pub last_four: String,
    pub expires: Option<CardExpiry>,
    pub role: Option<CardRole>,
    pub added_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardRole {
    Default,
    Backup,
}

impl CardRole {
    const fn key(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Backup => "backup",
        }
    }
}

impl PaymentMethod {
    /// "Visa ending in 4242".
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} ending in {}", self.brand, self.last_four)
    }

    /// As the engine knows it.
    pub(in crate::billing) fn card(&self, today: chrono::NaiveDate) -> Card {
        Card::new(self.expires, today)
    }
}

/// Those that are used first, then the newest.
pub(in crate::billing) async fn all(tx: &mut Tx, account: AccountId) -> Result<Vec<PaymentMethod>> {
    let rows = sqlx::query!(
        "select id, reference, brand, last_four, expires_year, expires_month, role, added_at from payment_method
         where account_id = $1 and removed_at is null
         order by role = 'default' desc nulls last, role = 'backup' desc nulls last, added_at desc, id",
        account.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let month = row.expires_month.map(u32::try_from).transpose().map_err(Error::internal)?;
            Ok(PaymentMethod {
                id: row.id.into(),
                reference: row.reference,
                brand: row.brand,
                last_four: row.last_four,
                expires: row.expires_year.zip(month).map(|(year, month)| CardExpiry { year, month }),
                role: match row.role.as_deref() {
                    Some("default") => Some(CardRole::Default),
                    Some("backup") => Some(CardRole::Backup),
                    _ => None,
                },
                added_at: row.added_at,
            })
        })
        .collect()
}

/// Whether it is new: the gateway tells of a card as often as it is asked.
pub(in crate::billing) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    id: PaymentMethodId,
    card: &CardDetails,
    added_by: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let month =
        card.expires.map(|expires| i32::try_from(expires.month)).transpose().map_err(Error::internal)?;
    let done = sqlx::query!(
        "insert into payment_method (account_id, id, reference, brand, last_four, expires_year, expires_month,
                                     added_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict on constraint payment_method_once do nothing",
        account.0,
        id.0,
        card.reference,
        card.brand,
        card.last_four,
        card.expires.map(|expires| expires.year),
        month,
        now,
        added_by.map(|id| id.0),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Nobody has that role any more.
pub(in crate::billing) async fn vacate(tx: &mut Tx, account: AccountId, role: CardRole) -> Result<()> {
    sqlx::query!(
        "update payment_method set role = null where account_id = $1 and role = $2",
        account.0,
        role.key(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::billing) async fn set_role(
    tx: &mut Tx,
    account: AccountId,
    id: PaymentMethodId,
    role: Option<CardRole>,
) -> Result<()> {
    sqlx::query!(
        "update payment_method set role = $3 where account_id = $1 and id = $2",
        account.0,
        id.0,
        role.map(CardRole::key),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::billing) async fn remove(
    tx: &mut Tx,
    account: AccountId,
    id: PaymentMethodId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update payment_method set role = null, removed_at = $3 where account_id = $1 and id = $2",
        account.0,
        id.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::billing) async fn begin_setup(
    tx: &mut Tx,
    account: AccountId,
    id: CardSetupId,
    reference: &str,
    started_by: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into card_setup (account_id, id, reference, started_by, started_at) values ($1, $2, $3, $4, $5)",
        account.0,
        id.0,
        reference,
        started_by.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The gateway's name of a visit, and the card that came of it, if one has.
pub(in crate::billing) async fn setup(
    tx: &mut Tx,
    account: AccountId,
    id: CardSetupId,
) -> Result<Option<(String, Option<PaymentMethodId>)>> {
    let row = sqlx::query!(
        "select reference, payment_method_id from card_setup where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.reference, row.payment_method_id.map(PaymentMethodId))))
}

/// The visit that the gateway calls so.
pub(in crate::billing) async fn setup_called(
    tx: &mut Tx,
    account: AccountId,
    reference: &str,
) -> Result<Option<CardSetupId>> {
    let id = sqlx::query_scalar!(
        "select id from card_setup where account_id = $1 and reference = $2",
        account.0,
        reference,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id.map(CardSetupId))
}

/// That card came of it.
pub(in crate::billing) async fn end_setup(
    tx: &mut Tx,
    account: AccountId,
    id: CardSetupId,
    reference: &str,
) -> Result<()> {
    sqlx::query!(
        "update card_setup s set payment_method_id = m.id from payment_method m
         where s.account_id = $1 and s.id = $2 and m.account_id = $1 and m.reference = $3",
        account.0,
        id.0,
        reference,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
