//! The way to the money. Steward never sees the number of a card: people enter it at the gateway, and Steward knows it by the
//! gateway's name for it. Whatever moves money carries a key, so that sending it again moves nothing again, and an answer that does
//! not come is [`Answer::Unknown`], never a decline.

mod stripe;
mod test;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, Refusal,
    billing::{Answer, CardExpiry, Decline},
};
pub use stripe::{Stripe, StripeKeys};
pub use test::{TestCard, TestGateway, test_visit, test_visit_done};

use crate::{Backend, Result};

/// Which gateway this installation uses.
#[derive(Clone, Debug)]
pub enum Gateway {
    /// Built in, for trying things; no money moves.
    Test(TestGateway),
    Stripe(Stripe),
}

/// A page of the gateway on which a card is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What the gateway calls the visit.
    pub reference: String,
    /// Where to send the person.
    pub url: String,
    /// What the gateway calls the customer.
    pub customer: String,
}

/// A card as the gateway tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardDetails {
    /// What the gateway calls it.
    pub reference: String,
    /// "Visa".
    pub brand: String,
    /// The last four digits.
    pub last_four: String,
    pub expires: Option<CardExpiry>,
}

/// A charge of a card while its owner is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// The same key is the same charge, however often it is sent.
    pub key: String,
    /// What the gateway calls the customer.
    pub customer: String,
    /// What the gateway calls the card.
    pub card: String,
    /// In the smallest unit of the currency.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// What stands on the statement: the invoice's number.
    pub description: String,
}

/// What the gateway says of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    pub answer: Answer,
    /// What the gateway calls it, when it said so.
    pub reference: Option<String>,
    /// The gateway's word for a decline, "insufficient_funds".
    pub decline_code: Option<String>,
    /// Some gateways say it twice; only for the test gateway.
    pub said_twice: bool,
}

impl Charged {
    #[must_use]
    pub fn paid(reference: String) -> Self {
        Self { answer: Answer::Paid, reference: Some(reference), decline_code: None, said_twice: false }
    }

    #[must_use]
    pub fn declined(decline: Decline, code: impl Into<String>, reference: Option<String>) -> Self {
        let decline_code = Some(code.into());
        Self { answer: Answer::Declined(decline), reference, decline_code, said_twice: false }
    }

    /// The money may have moved.
    #[must_use]
    pub fn unknown() -> Self {
        Self { answer: Answer::Unknown, reference: None, decline_code: None, said_twice: false }
    }

    #[must_use]
    pub fn never_arrived() -> Self {
        Self { answer: Answer::NeverArrived, ..Self::unknown() }
    }
}

/// What a gateway tells by itself. Only what it is about is believed, not what it says has happened: that is asked for, as notices come
/// in any order, and more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The same id is the same notice.
    pub id: String,
    pub about: NoticeAbout,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeAbout {
    /// The outcome of the charge with this key is known.
    Charge { key: String },
    /// Somebody of this account entered a card during the visit that the gateway calls so.
    Visit { account: AccountId, reference: String },
    /// Nothing that is waited for.
    Other,
}

impl Gateway {
    /// Makes a page on which somebody enters a card; afterwards they are sent to `return_url`. The customer is made at the first visit.
    ///
    /// # Errors
    /// [`domain::Refusal::GatewayAway`] when it cannot be reached.
    pub async fn visit(
        &self,
        backend: &Backend,
        account: AccountId,
        customer: Option<&str>,
        return_url: &str,
    ) -> Result<Visit> {
        match self {
            Self::Test(gateway) => gateway.visit(backend, account, customer, return_url).await,
            Self::Stripe(stripe) => stripe.visit(account, customer, return_url).await,
        }
    }

    /// The card that was entered during a visit; none when none was.
    ///
    /// # Errors
    /// [`domain::Refusal::GatewayAway`].
    pub async fn entered(&self, backend: &Backend, visit: &str) -> Result<Option<CardDetails>> {
        match self {
            Self::Test(gateway) => gateway.entered(backend, visit).await,
            Self::Stripe(stripe) => stripe.entered(visit).await,
        }
    }

    /// Charges a card. Whatever goes wrong on the way is [`Answer::Unknown`].
    pub async fn charge(&self, backend: &Backend, charge: &Charge) -> Charged {
        match self {
            Self::Test(gateway) => gateway.charge(backend, charge).await,
            Self::Stripe(stripe) => stripe.charge(charge).await,
        }
    }

    /// What became of a charge, without charging. `reference` is what the gateway calls it, when it once said so.
    pub async fn look_up(&self, backend: &Backend, charge: &Charge, reference: Option<&str>) -> Charged {
        match self {
            Self::Test(gateway) => gateway.look_up(backend, charge).await,
            Self::Stripe(stripe) => stripe.look_up(charge, reference).await,
        }
    }

    /// Gives money back to the card that paid; the same key gives it back once.
    ///
    /// # Errors
    /// [`domain::Refusal::GatewayAway`], also when the gateway refuses.
    pub async fn refund(&self, backend: &Backend, key: &str, charge: &str, amount_minor: i64) -> Result<()> {
        match self {
            Self::Test(gateway) => gateway.refund(backend, key, charge, amount_minor).await,
            Self::Stripe(stripe) => stripe.refund(key, charge, amount_minor).await,
        }
    }

    /// Forgets a card for good.
    ///
    /// # Errors
    /// [`domain::Refusal::GatewayAway`].
    pub async fn forget(&self, backend: &Backend, card: &str) -> Result<()> {
        match self {
            Self::Test(gateway) => gateway.forget(backend, card).await,
            Self::Stripe(stripe) => stripe.forget(card).await,
        }
    }

    /// Reads what the gateway sent by itself; none when it is signed and cannot be read.
    ///
    /// # Errors
    /// [`Refusal::LinkNotValid`] when the gateway did not sign it, or long ago. The test gateway sends nothing.
    pub fn notice(&self, signature: &str, body: &[u8], now: DateTime<Utc>) -> Result<Option<Notice>> {
        match self {
            Self::Test(_) => Err(Refusal::LinkNotValid.into()),
            Self::Stripe(stripe) => stripe.notice(signature, body, now),
        }
    }

    /// The origin of the pages on which cards are entered, when it is not our own.
    #[must_use]
    pub fn pages(&self) -> Option<&'static str> {
        match self {
            Self::Test(_) => None,
            Self::Stripe(_) => Some(Stripe::PAGES),
        }
    }

    #[must_use]
    pub fn is_test(&self) -> bool {
        matches!(self, Self::Test(_))
    }
}
