use domain::{AccountId, Refusal, billing::CardExpiry};
use reqwest::StatusCode;
use serde::{Deserialize, de::IgnoredAny};
use url::Url;

use super::{
    Stripe,
    client::{Failure, Name, Named},
};
use crate::{
    Error, Result,
    billing::gateway::{CardDetails, Visit},
};

#[derive(Deserialize)]
struct NewSession {
    id: Name,
    url: String,
}

#[derive(Deserialize)]
struct Session {
    status: String,
    setup_intent: Option<SetupIntent>,
}

#[derive(Deserialize)]
struct SetupIntent {
    status: String,
    payment_method: Option<PaymentMethod>,
}

#[derive(Deserialize)]
struct PaymentMethod {
    id: Name,
    card: Option<Card>,
}

#[derive(Deserialize)]
struct Card {
    brand: String,
    last4: String,
    exp_month: u32,
    exp_year: i32,
}

#[derive(Deserialize)]
struct Owned {
    /// It has to be there: nothing said is not "nobody's".
    #[serde(deserialize_with = "Option::deserialize")]
    customer: Option<IgnoredAny>,
}

impl Stripe {
    /// # Errors
    /// [`Refusal::GatewayAway`].
    pub async fn visit(&self, account: AccountId, customer: Option<&str>, return_url: &str) -> Result<Visit> {
        let (client, account) = (&self.0.client, account.to_string());
        let customer = match customer {
            Some(customer) => customer.to_owned(),
            None => {
                // A customer twice would be no harm, and once is tidier.
                let key = format!("customer-{account}");
                let form = [("metadata[account]", account.as_str())];
                client.post::<Named>(&["customers"], Some(&key), &form).await?.id.into_string()
            }
        };
        let form = [
            ("mode", "setup"),
            ("customer", customer.as_str()),
            ("payment_method_types[]", "card"),
            ("success_url", return_url),
            ("cancel_url", return_url),
            ("metadata[account]", account.as_str()),
        ];
        let session: NewSession = client.post(&["checkout", "sessions"], None, &form).await?;
        let url = Url::parse(&session.url).ok().filter(|url| url.scheme() == "https");
        let Some(url) = url else {
            tracing::error!("Stripe sends people to an address that is not safe");
            return Err(Refusal::GatewayAway.into());
        };
        Ok(Visit { reference: session.id.into_string(), url: url.into(), customer })
    }

    /// # Errors
    /// [`Refusal::GatewayAway`].
    pub async fn entered(&self, visit: &str) -> Result<Option<CardDetails>> {
        let expand = [("expand[]", "setup_intent.payment_method")];
        let session: Session = self.0.client.get(&["checkout", "sessions", visit], &expand).await?;
        let intent = session.setup_intent.filter(|intent| intent.status == "succeeded");
        if session.status != "complete" {
            return Ok(None);
        }
        let Some(PaymentMethod { id, card: Some(card) }) = intent.and_then(|intent| intent.payment_method)
        else {
            return Ok(None);
        };
        if card.last4.len() != 4 || !card.last4.bytes().all(|b| b.is_ascii_digit()) {
            tracing::error!("Stripe tells of a card that has no last four digits");
            return Err(Refusal::GatewayAway.into());
        }
        let expires = CardExpiry { year: card.exp_year, month: card.exp_month };
        let is_date = (1..=12).contains(&expires.month) && (2000..=9999).contains(&expires.year);
        Ok(Some(CardDetails {
            reference: id.into_string(),
            brand: brand(&card.brand).into(),
            last_four: card.last4,
            expires: is_date.then_some(expires),
        }))
    }

    /// A card that is forgotten already is forgotten.
    ///
    /// # Errors
    /// [`Refusal::GatewayAway`].
    pub async fn forget(&self, card: &str) -> Result<()> {
        let client = &self.0.client;
        match client.post::<Named>(&["payment_methods", card, "detach"], None, &[]).await {
            Ok(_) | Err(Failure::Refused(StatusCode::NOT_FOUND, _)) => Ok(()),
            // Also what Stripe says of a card that is nobody's any more.
            Err(failure @ Failure::Refused(StatusCode::BAD_REQUEST, _)) => {
                let owned: Owned = client.get(&["payment_methods", card], &[]).await?;
                if owned.customer.is_none() { Ok(()) } else { Err(failure.into()) }
            }
            Err(failure) => Err(failure.into()),
        }
    }
}

/// As people write it. <https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-brand>
fn brand(key: &str) -> &'static str {
    match key {
        "amex" => "American Express",
        "cartes_bancaires" => "Cartes Bancaires",
        "diners" => "Diners Club",
        "discover" => "Discover",
        "eftpos_au" => "eftpos",
        "jcb" => "JCB",
        "mastercard" => "Mastercard",
        "unionpay" => "UnionPay",
        "visa" => "Visa",
        _ => "Card",
    }
}

/// What was asked for was not done, as far as we know; asking again is harmless.
impl From<Failure> for Error {
    fn from(_: Failure) -> Self {
        Refusal::GatewayAway.into()
    }
}
