use std::collections::HashMap;

use domain::{Refusal, billing::Decline};
use reqwest::StatusCode;
use serde::Deserialize;

use super::{
    Stripe,
    amount::in_its_unit,
    client::{Complaint, Failure, Listed, Name},
};
use crate::{
    Result,
    billing::gateway::{Charge, Charged},
};

/// As far as it matters to us.
#[derive(Debug, Deserialize)]
struct PaymentIntent {
    id: Name,
    status: String,
    amount: i64,
    currency: String,
    metadata: HashMap<String, String>,
    last_payment_error: Option<Complaint>,
}

#[derive(Debug, Deserialize)]
struct Refund {
    id: Name,
    status: Option<String>,
    metadata: Option<HashMap<String, String>>,
}

impl Listed for PaymentIntent {
    fn name(&self) -> &Name {
        &self.id
    }
}

impl Listed for Refund {
    fn name(&self) -> &Name {
        &self.id
    }
}

impl Stripe {
    /// Only Stripe's own word that the card was declined is a decline; whatever else goes wrong is unknown.
    pub async fn charge(&self, charge: &Charge) -> Charged {
        let Some(amount) = in_its_unit(charge.amount_minor, &charge.currency) else {
            tracing::error!(charge.amount_minor, charge.currency, "Stripe charges no such amount");
            return Charged::unknown();
        };
        let (amount, currency) = (amount.to_string(), charge.currency.to_ascii_lowercase());
        let form = [
            ("amount", amount.as_str()),
            ("currency", currency.as_str()),
            ("customer", charge.customer.as_str()),
            ("payment_method", charge.card.as_str()),
            ("payment_method_types[]", "card"),
            ("confirm", "true"),
            ("off_session", "true"),
            ("error_on_requires_action", "true"),
            ("description", charge.description.as_str()),
            ("metadata[key]", charge.key.as_str()),
        ];
        match self.0.client.post::<PaymentIntent>(&["payment_intents"], Some(&charge.key), &form).await {
            Ok(intent) => intent.charged(charge),
            Err(Failure::Refused(StatusCode::PAYMENT_REQUIRED, complaint))
                if complaint.is_about_the_card() =>
            {
                let reference = complaint.payment_intent.as_ref().map(|intent| intent.id.as_str().to_owned());
                complaint.declined(reference)
            }
            Err(_) => Charged::unknown(),
        }
    }

    /// Without a reference the customer's charges are gone through: Stripe's search is minutes behind and would say that it knows
    /// nothing of a charge that was just made.
    pub async fn look_up(&self, charge: &Charge, reference: Option<&str>) -> Charged {
        let found = match reference {
            Some(reference) => self.0.client.get(&["payment_intents", reference], &[]).await.map(Some),
            None => self.find(charge).await,
        };
        match found {
            Ok(Some(intent)) => intent.charged(charge),
            Ok(None) => Charged::never_arrived(),
            Err(_) => Charged { reference: reference.map(str::to_owned), ..Charged::unknown() },
        }
    }

    async fn find(&self, charge: &Charge) -> Result<Option<PaymentIntent>, Failure> {
        // Without a customer these would be everybody's.
        if charge.customer.is_empty() {
            return Err(Failure::Silence);
        }
        let of = ("customer", charge.customer.as_str());
        let is_it = |intent: &PaymentIntent| intent.metadata.get("key") == Some(&charge.key);
        self.0.client.find("payment_intents", of, is_it).await
    }

    /// `charge` is what Stripe calls the charge. Keys are looked for among its refunds, as Stripe forgets them after a day.
    ///
    /// # Errors
    /// [`Refusal::GatewayAway`], also when Stripe refuses.
    pub async fn refund(&self, key: &str, charge: &str, amount_minor: i64) -> Result<()> {
        let client = &self.0.client;
        let intent: PaymentIntent = client.get(&["payment_intents", charge], &[]).await?;
        let amount = in_its_unit(amount_minor, &intent.currency).ok_or(Refusal::GatewayAway)?.to_string();
        let is_it = |refund: &Refund| refund.is_of(key) && refund.is_good();
        if client.find("refunds", ("payment_intent", charge), is_it).await?.is_some() {
            return Ok(());
        }
        let form = [("payment_intent", charge), ("amount", amount.as_str()), ("metadata[key]", key)];
        let refund: Refund = client.post(&["refunds"], Some(key), &form).await?;
        if refund.is_good() {
            return Ok(());
        }
        tracing::error!(refund = refund.id.as_str(), "Stripe could not give money back");
        Err(Refusal::GatewayAway.into())
    }
}

impl PaymentIntent {
    /// What has become of it. <https://docs.stripe.com/payments/paymentintents/lifecycle>
    fn charged(self, charge: &Charge) -> Charged {
        let amount = in_its_unit(charge.amount_minor, &charge.currency);
        let reference = Some(self.id.into_string());
        let is_it = self.metadata.get("key") == Some(&charge.key)
            && Some(self.amount) == amount
            && self.currency.eq_ignore_ascii_case(&charge.currency);
        if !is_it {
            tracing::error!(charge.key, "Stripe tells of another charge than it was asked about");
            return Charged::unknown();
        }
        match (self.status.as_str(), self.last_payment_error) {
            ("succeeded", _) => Charged { reference, ..Charged::paid(String::new()) },
            // It rests there, and nobody will try it with another card.
            ("requires_payment_method", Some(complaint)) => complaint.declined(reference),
            // Nobody is there who could confirm it. Off session Stripe calls that a decline by itself.
            ("requires_action", _) => Charged::declined(Decline::Soft, "authentication_required", reference),
            // By hand, at Stripe: the way out when one is stuck.
            ("canceled", Some(complaint)) => complaint.declined(reference),
            ("canceled", None) => Charged::declined(Decline::Soft, "canceled", reference),
            // "processing", and what it passes through on the way.
            _ => Charged { reference, ..Charged::unknown() },
        }
    }
}

impl Refund {
    fn is_of(&self, key: &str) -> bool {
        self.metadata.as_ref().and_then(|known| known.get("key")).is_some_and(|known| known == key)
    }

    fn is_good(&self) -> bool {
        matches!(self.status.as_deref(), Some("succeeded" | "pending"))
    }
}
