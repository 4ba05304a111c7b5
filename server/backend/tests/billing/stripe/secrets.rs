//! Secrets go to Stripe, and nowhere else.

use std::{
    fmt::{Debug, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use backend::billing::gateway::{Gateway, Stripe, StripeKeys};
use chrono::DateTime;
use serde_json::{Value, json};
use tracing::{Event, Metadata, Subscriber, field, span};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use super::{PATIENCE, SECRET, WEBHOOK_SECRET, charge, intent, keys, stripe_at, with};

/// Keeps whatever is logged on this thread, at every level and by everybody.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl field::Visit for &Log {
    fn record_debug(&mut self, field: &field::Field, value: &dyn Debug) {
        writeln!(self.0.lock().unwrap(), "{field}={value:?}").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        attributes.record(&mut &*self);
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut &*self);
    }
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

fn assert_no_secret(text: &str) {
    for secret in [SECRET, WEBHOOK_SECRET] {
        assert!(!text.contains(secret), "a secret in: {text}");
    }
}

/// Does everything there is to do and says all that comes back.
async fn everything(stripe: &Stripe) -> String {
    let account = "0197a0c2-1111-7000-8000-000000000001".parse().unwrap();
    let said = (
        format!("{:?}", stripe.charge(&charge()).await),
        format!("{:?}", stripe.look_up(&charge(), None).await),
        format!("{:?}", stripe.look_up(&charge(), Some("pi_1")).await),
        format!("{:?}", stripe.refund("key", "pi_1", 100).await.map_err(|error| (error.to_string(), error))),
        format!("{:?}", stripe.visit(account, None, "https://steward.example/").await),
        format!("{:?}", stripe.entered("cs_1").await),
        format!("{:?}", stripe.forget("pm_1").await),
        format!("{:?}", stripe.notice(&format!("t=1,v1={WEBHOOK_SECRET}"), b"{}", DateTime::UNIX_EPOCH)),
    );
    format!("{said:?}")
}

/// A double that says back whatever it heard, wherever it can.
fn echoing(status: u16) -> impl Fn(&wiremock::Request) -> ResponseTemplate {
    let complaint = |text: &str| -> Value {
        json!({ "error": {
            "type": "card_error", "code": text, "decline_code": text, "advice_code": text, "message": text,
        } })
    };
    move |request| {
        let heard = request.headers.get("authorization").unwrap().to_str().unwrap();
        let body = match status {
            200 => with(intent("succeeded"), "id", heard),
            _ => complaint(heard),
        };
        ResponseTemplate::new(status).insert_header("request-id", heard).set_body_json(body)
    }
}

#[tokio::test]
async fn no_secret_is_logged_or_answered() {
    let log = Log::default();
    let _listening = tracing::subscriber::set_default(log.clone());
    for status in [200, 400, 401, 402, 404, 429, 500] {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(echoing(status)).mount(&server).await;
        assert_no_secret(&everything(&stripe_at(&server.uri(), PATIENCE)).await);
        assert!(server.received_requests().await.unwrap().len() >= 7, "it was spoken to");
    }
    // Nobody listens there, and nobody can prove to be there.
    for address in ["http://127.0.0.1:1", "https://127.0.0.1:1"] {
        assert_no_secret(&everything(&stripe_at(address, Duration::from_millis(500))).await);
    }
    let logged = log.0.lock().unwrap();
    for expected in
        ["Stripe refuses what it was asked", "Stripe has no answer", "Stripe could not be reached"]
    {
        assert!(logged.contains(expected), "the log is listened to: {logged}");
    }
    assert_no_secret(&logged);
}

#[test]
fn no_secret_is_shown() {
    let stripe = stripe_at("https://api.stripe.com", PATIENCE);
    assert_no_secret(&format!("{:?} {:#?} {stripe:?} {stripe:#?}", keys(), keys()));
    assert_no_secret(&format!("{:?}", Gateway::Stripe(stripe)));
}

#[test]
fn secrets_are_not_sent_in_the_clear() {
    for (address, is_accepted) in [
        ("https://api.stripe.com", true),
        ("https://stripe.example:8443/through/here/", true),
        ("http://localhost:8420", true),
        ("http://127.0.0.1:8420", true),
        ("http://[::1]:8420", true),
        ("http://api.stripe.com", false),
        ("http://localhost.example", false),
        ("http://10.0.0.1", false),
        ("ftp://localhost", false),
        ("data:text/plain,x", false),
    ] {
        assert_eq!(Stripe::at(keys(), address.parse().unwrap(), PATIENCE).is_ok(), is_accepted, "{address}");
    }
}

#[test]
fn a_key_that_cannot_be_one_is_refused_without_being_shown() {
    let keys = StripeKeys { secret: format!("{SECRET}\nx").into(), webhook_secret: None };
    let refused = Stripe::new(keys).unwrap_err();
    assert_no_secret(&format!("{refused} {refused:?}"));
    assert_eq!(refused.to_string(), "internal: the secret key of Stripe is not one");
}
