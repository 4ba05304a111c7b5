//! Stripe, by its HTTP interface. Cards are entered on its Checkout pages and charged as PaymentIntents while nobody is there. Each
//! charge names its key twice: for Stripe, which answers the same to the same key for a day, and in its metadata, by which it is found
//! for ever.

mod amount;
mod charge;
mod client;
mod decline;
mod notice;
mod visit;

use std::{fmt, sync::Arc, time::Duration};

use client::Client;
use secrecy::SecretString;
use url::Url;

use crate::{Error, Result};

const API: &str = "https://api.stripe.com";
/// How long one question to Stripe may take.
const TIME_OUT: Duration = Duration::from_secs(20);

/// What this installation proves itself to Stripe with, and Stripe to it.
#[derive(Clone, Debug)]
pub struct StripeKeys {
    /// "sk_live_…".
    pub secret: SecretString,
    /// "whsec_…"; without it no notice is believed.
    pub webhook_secret: Option<SecretString>,
}

/// See [`super::Gateway::Stripe`]; cheap to clone.
#[derive(Clone)]
pub struct Stripe(Arc<Inner>);

struct Inner {
    client: Client,
    webhook_secret: Option<SecretString>,
}

impl Stripe {
    /// Where people enter cards.
    pub const PAGES: &str = "https://checkout.stripe.com";

    /// # Errors
    /// [`Error::Internal`] for a key that cannot be one.
    pub fn new(keys: StripeKeys) -> Result<Self> {
        Self::at(keys, Url::parse(API).map_err(Error::internal)?, TIME_OUT)
    }

    /// Elsewhere and less patient, for a test.
    ///
    /// # Errors
    /// [`Error::Internal`] also for an address to which a secret must not be sent.
    pub fn at(keys: StripeKeys, api_base: Url, time_out: Duration) -> Result<Self> {
        let client = Client::new(&keys.secret, api_base, time_out)?;
        Ok(Self(Arc::new(Inner { client, webhook_secret: keys.webhook_secret })))
    }
}

impl fmt::Debug for Stripe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stripe").finish_non_exhaustive()
    }
}
