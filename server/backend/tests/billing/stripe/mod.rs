//! The adapter for Stripe: what it asks, byte for byte, and what it makes of every answer. The answers are those of Stripe's reference;
//! `local` asks localstripe, which somebody else has written.

mod charges;
mod local;
mod look_ups;
mod notices;
mod refunds;
mod secrets;
mod visits;
mod whole;

use std::time::Duration;

use backend::billing::gateway::{Charge, Stripe, StripeKeys};
use serde_json::{Value, json};
use url::form_urlencoded;
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

const SECRET: &str = "sk_test_a1B2c3D4e5F6";
const ACCOUNT: &str = "0197a0c2-1111-7000-8000-000000000001";
const WEBHOOK_SECRET: &str = "whsec_of_steward";
/// Long enough for a busy machine; what is late is later than that.
const PATIENCE: Duration = Duration::from_secs(5);

fn keys() -> StripeKeys {
    StripeKeys { secret: SECRET.into(), webhook_secret: Some(WEBHOOK_SECRET.into()) }
}

/// The adapter, speaking to whatever listens there.
fn stripe_at(address: &str, time_out: Duration) -> Stripe {
    Stripe::at(keys(), address.parse().unwrap(), time_out).unwrap()
}

fn charge() -> Charge {
    Charge {
        key: "0197a0c2-1111-7000-8000-000000000001-7".into(),
        customer: "cus_Olive".into(),
        card: "pm_Visa".into(),
        amount_minor: 30_484,
        currency: "USD".into(),
        description: "ST-000042 & more".into(),
    }
}

/// A PaymentIntent for [`charge`], as Stripe writes one.
fn intent(status: &str) -> Value {
    json!({
        "id": "pi_3Q0001", "object": "payment_intent", "amount": 30_484, "amount_received": 0,
        "automatic_payment_methods": null, "canceled_at": null, "capture_method": "automatic_async",
        "client_secret": "pi_3Q0001_secret_x", "created": 1_717_000_000, "currency": "usd",
        "customer": "cus_Olive", "description": "ST-000042 & more", "last_payment_error": null,
        "latest_charge": "ch_3Q0001", "livemode": false, "metadata": { "key": charge().key },
        "payment_method": "pm_Visa", "payment_method_types": ["card"], "status": status,
    })
}

fn with(mut object: Value, key: &str, value: impl Into<Value>) -> Value {
    object[key] = value.into();
    object
}

fn error(kind: &str, code: &str) -> Value {
    json!({ "error": {
        "type": kind, "code": code, "doc_url": "https://docs.stripe.com/error-codes", "message": "Words for people.",
        "request_log_url": "https://dashboard.stripe.com/test/logs/req_1",
    } })
}

/// Answers as it is told to, and remembers what it was asked.
struct Double {
    server: MockServer,
    stripe: Stripe,
}

/// A request, without what is the same in all of them.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    what: String,
    key: Option<String>,
    form: Vec<(String, String)>,
}

impl Double {
    async fn new() -> Self {
        let server = MockServer::start().await;
        let stripe = stripe_at(&server.uri(), PATIENCE);
        Self { server, stripe }
    }

    async fn answering(verb: &str, at: &str, status: u16, body: Value) -> Self {
        let double = Self::new().await;
        double.answers(verb, at, status, body).await;
        double
    }

    async fn answers(&self, verb: &str, at: &str, status: u16, body: Value) {
        self.gives(verb, at, ResponseTemplate::new(status).set_body_json(body)).await;
    }

    async fn gives(&self, verb: &str, at: &str, answer: ResponseTemplate) {
        Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(&self.server).await;
    }

    /// Whatever it was asked, in order. Each time it has to hear who asks, and in which version.
    async fn asked(&self) -> Vec<Asked> {
        self.server.received_requests().await.unwrap().iter().map(as_asked).collect()
    }
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.get(name).map(|value| value.to_str().unwrap())
}

fn as_asked(request: &Request) -> Asked {
    assert_eq!(header(request, "authorization"), Some(&*format!("Bearer {SECRET}")));
    assert_eq!(header(request, "stripe-version"), Some("2025-12-15.clover"));
    assert!(header(request, "user-agent").unwrap().starts_with("Steward/"));
    let is_post = request.method == "POST";
    if is_post && !request.body.is_empty() {
        assert_eq!(header(request, "content-type"), Some("application/x-www-form-urlencoded"));
    }
    let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Asked {
        what: format!("{} {}{query}", request.method, request.url.path()),
        key: header(request, "idempotency-key").map(str::to_owned),
        form: form_urlencoded::parse(&request.body).into_owned().collect(),
    }
}

fn asked(what: &str, key: Option<&str>, form: &[(&str, &str)]) -> Asked {
    let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Asked { what: what.into(), key: key.map(str::to_owned), form }
}
