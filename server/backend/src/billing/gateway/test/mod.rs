//! The built-in gateway: a bank of its own, with tables of its own, in which nothing is ever moved. Its cards do whatever a card can
//! do to somebody.

mod card;
mod queries;
mod visit;

pub use card::TestCard;
use chrono::Duration;
use domain::{AccountId, Refusal, billing::Decline};
pub use visit::{test_visit, test_visit_done};

use super::{CardDetails, Charge, Charged, Visit};
use crate::{Backend, Result, keys};

/// See [`super::Gateway::Test`].
#[derive(Clone, Copy, Debug)]
pub struct TestGateway;

/// How long a slow card takes, really.
const SLOW: std::time::Duration = std::time::Duration::from_secs(2);
/// After how many minutes of the installation's clock a late outcome is there.
const LATE_MINUTES: i64 = 10;

impl TestGateway {
    pub(super) async fn visit(
        self,
        backend: &Backend,
        account: AccountId,
        customer: Option<&str>,
        return_url: &str,
    ) -> Result<Visit> {
        let reference = format!("visit_{}", keys::encode(&keys::random_bytes()));
        let customer = customer.map_or_else(|| format!("customer_{account}"), str::to_owned);
        let mut tx = backend.db.begin().await?;
        queries::insert_visit(&mut tx, &reference, &customer, return_url, backend.clock.now()).await?;
        tx.commit().await?;
        let url = backend.link(&format!("/test-gateway/{reference}"));
        Ok(Visit { reference, url, customer })
    }

    pub(super) async fn entered(self, backend: &Backend, visit: &str) -> Result<Option<CardDetails>> {
        let mut tx = backend.db.begin().await?;
        let card = queries::entered(&mut tx, visit).await?;
        tx.commit().await?;
        Ok(card)
    }

    /// Like a real one it may be sent the same thing at the same time twice; the second waits and hears the same.
    pub(super) async fn charge(self, backend: &Backend, charge: &Charge) -> Charged {
        match self.try_charge(backend, charge).await {
            Ok((charged, card)) => {
                if card == TestCard::Slow {
                    tokio::time::sleep(SLOW).await;
                }
                match card {
                    TestCard::AnswerLost | TestCard::Late => Charged::unknown(),
                    TestCard::AnswerTwice => Charged { said_twice: true, ..charged },
                    _ => charged,
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the test gateway could not be reached");
                Charged::unknown()
            }
        }
    }

    async fn try_charge(self, backend: &Backend, charge: &Charge) -> Result<(Charged, TestCard)> {
        let now = backend.clock.now();
        let mut tx = backend.db.begin().await?;
        let card = queries::lock_card(&mut tx, &charge.card).await?.ok_or(Refusal::NotFound)?;
        if let Some(found) = queries::charge(&mut tx, &charge.key, now).await? {
            tx.commit().await?;
            return Ok((found, card.behaviour));
        }
        let settles_at = (card.behaviour == TestCard::Late).then(|| now + Duration::minutes(LATE_MINUTES));
        let declined = card.behaviour.declines(card.charged, card.is_removed);
        let made = queries::Made {
            charge,
            reference: format!("charge_{}", keys::encode(&keys::random_bytes())),
            outcome: match declined {
                None => "paid",
                Some((Decline::Soft, _)) => "soft",
                Some((Decline::Hard, _)) => "hard",
            },
            decline_code: declined.map(|(_, code)| code),
            settles_at,
        };
        queries::insert_charge(&mut tx, &made, now).await?;
        tx.commit().await?;
        let charged = match declined {
            None => Charged::paid(made.reference),
            Some((decline, code)) => Charged::declined(decline, code, Some(made.reference)),
        };
        Ok((charged, card.behaviour))
    }

    pub(super) async fn look_up(self, backend: &Backend, charge: &Charge) -> Charged {
        match self.find(backend, charge).await {
            Ok(found) => found.unwrap_or_else(Charged::never_arrived),
            Err(error) => {
                tracing::warn!(%error, "the test gateway could not be reached");
                Charged::unknown()
            }
        }
    }

    async fn find(self, backend: &Backend, charge: &Charge) -> Result<Option<Charged>> {
        let mut tx = backend.db.begin().await?;
        let found = queries::charge(&mut tx, &charge.key, backend.clock.now()).await?;
        tx.commit().await?;
        Ok(found)
    }

    pub(super) async fn refund(
        self,
        backend: &Backend,
        key: &str,
        charge: &str,
        amount_minor: i64,
    ) -> Result<()> {
        let mut tx = backend.db.begin().await?;
        let done = queries::refund(&mut tx, key, charge, amount_minor, backend.clock.now()).await?;
        tx.commit().await?;
        if done { Ok(()) } else { Err(Refusal::GatewayAway.into()) }
    }

    pub(super) async fn forget(self, backend: &Backend, card: &str) -> Result<()> {
        let mut tx = backend.db.begin().await?;
        queries::remove_card(&mut tx, card, backend.clock.now()).await?;
        tx.commit().await?;
        Ok(())
    }
}
