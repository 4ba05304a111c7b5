//! The same adapter against localstripe, a double of Stripe that somebody else has written: customers, cards, charges, refunds and
//! signed notices. It knows neither Checkout nor idempotency keys, and in a few things it is not as Stripe's reference says; those are
//! left to the tests beside this one:
//! - it refuses `description` and `error_on_requires_action` of a PaymentIntent, and lists PaymentIntents of everybody at once
//!   ([`Between`] takes away what it does not know);
//! - its declines are of the type `invalid_request_error` instead of `card_error`;
//! - off session it leaves a PaymentIntent waiting for its owner instead of declining it.

use std::{
    env,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use backend::billing::gateway::{Charge, Charged, NoticeAbout, Stripe};
use chrono::DateTime;
use domain::{Refusal, billing::Decline};
use serde_json::Value;
use url::form_urlencoded;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::{PATIENCE, SECRET, WEBHOOK_SECRET, charge, header, stripe_at};
use crate::support::refusal;

const VISA: &str = "4242424242424242";
/// Can be attached, and every charge is declined.
const DECLINED: &str = "4000000000000341";
const NEEDS_CONFIRMATION: &str = "4000002500003155";

/// A process of its own, which ends with the test.
struct Process {
    child: Child,
    port: u16,
}

impl Process {
    fn start() -> Self {
        let program = env::var("STEWARD_LOCALSTRIPE").unwrap_or_else(|_| "localstripe".into());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let started = Command::new(&program)
            .args(["--port", &port.to_string(), "--from-scratch"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        let child = started.unwrap_or_else(|error| {
            panic!(
                "{program} cannot be started ({error}). Run `scripts/setup.sh test`, and put its tools on PATH as \
                 docs/development.md says, or name the program in STEWARD_LOCALSTRIPE."
            )
        });
        let mut process = Self { child, port };
        process.wait();
        process
    }

    fn wait(&mut self) {
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().unwrap();
            assert_eq!(ended, None, "localstripe ended before it listened");
            assert!(began.elapsed() < Duration::from_secs(60), "localstripe does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request without a client of ours in between, so that a test does not arrange with what it tests.
fn send(port: u16, verb: &str, target: &str, form: &str) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let length = form.len();
    write!(
        stream,
        "{verb} {target} HTTP/1.0\r\nhost: localhost\r\nauthorization: Bearer {SECRET}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
    (status, answer[end + 4..].to_vec())
}

/// Hands on what localstripe knows.
struct Between {
    port: u16,
}

impl Respond for Between {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let is_about_intents = request.url.path() == "/v1/payment_intents";
        let handed_on = |pairs: form_urlencoded::Parse<'_>, unknown: &[&str]| {
            let known = pairs.filter(|(name, _)| !is_about_intents || !unknown.contains(&name.as_ref()));
            form_urlencoded::Serializer::new(String::new()).extend_pairs(known).finish()
        };
        let query = handed_on(request.url.query_pairs(), &["customer"]);
        let form =
            handed_on(form_urlencoded::parse(&request.body), &["description", "error_on_requires_action"]);
        let target = format!("{}?{query}", request.url.path());
        let (status, body) = send(self.port, request.method.as_str(), &target, &form);
        ResponseTemplate::new(status).set_body_bytes(body)
    }
}

struct Local {
    process: Process,
    stripe: Stripe,
    /// Held on to, as it stops when it is dropped.
    _between: MockServer,
}

impl Local {
    async fn new() -> Self {
        let process = Process::start();
        let between = MockServer::start().await;
        Mock::given(any()).respond_with(Between { port: process.port }).mount(&between).await;
        Self { process, stripe: stripe_at(&between.uri(), PATIENCE), _between: between }
    }

    fn post(&self, target: &str, form: &[(&str, &str)]) -> Value {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let (status, body) = send(self.process.port, "POST", target, &form);
        assert_eq!(status, 200, "{target}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap()
    }

    fn get(&self, target: &str) -> Value {
        let (status, body) = send(self.process.port, "GET", target, "");
        assert_eq!(status, 200, "{target}");
        serde_json::from_slice(&body).unwrap()
    }

    /// A charge of such a card, which is attached to a customer.
    fn charge_of(&self, number: &str, key: &str) -> Charge {
        let customer = text(&self.post("/v1/customers", &[("name", "Olive")]), "id");
        let card = [
            ("type", "card"),
            ("card[number]", number),
            ("card[exp_month]", "12"),
            ("card[exp_year]", "2040"),
            ("card[cvc]", "123"),
        ];
        let card = text(&self.post("/v1/payment_methods", &card), "id");
        self.post(&format!("/v1/payment_methods/{card}/attach"), &[("customer", &customer)]);
        Charge { key: key.into(), customer, card, ..charge() }
    }
}

fn text(object: &Value, key: &str) -> String {
    object[key].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_customer_is_made() {
    let local = Local::new().await;
    let account = "0197a0c2-1111-7000-8000-000000000001";
    // There is no Checkout to send them to.
    let answer = local.stripe.visit(account.parse().unwrap(), None, "https://steward.example/").await;
    assert_eq!(refusal(answer), Refusal::GatewayAway);
    let customers = local.get("/v1/customers");
    assert_eq!(customers["data"].as_array().unwrap().len(), 1);
    assert_eq!(customers["data"][0]["metadata"]["account"], account);
}

#[tokio::test]
async fn a_card_is_charged_and_the_charge_is_found_again() {
    let local = Local::new().await;
    let first = local.charge_of(VISA, "account-1");
    let charged = local.stripe.charge(&first).await;
    let reference = charged.reference.clone().expect("a reference");
    assert_eq!(charged, Charged::paid(reference.clone()));
    let intent = local.get(&format!("/v1/payment_intents/{reference}"));
    assert_eq!((intent["amount"].as_i64(), intent["currency"].as_str()), (Some(30_484), Some("usd")));
    assert_eq!(
        (text(&intent, "status"), text(&intent, "customer")),
        ("succeeded".into(), first.customer.clone())
    );
    assert_eq!(local.stripe.look_up(&first, Some(&reference)).await, charged);
    assert_eq!(local.stripe.look_up(&first, None).await, charged);
    let never = Charge { key: "account-2".into(), ..first };
    assert_eq!(local.stripe.look_up(&never, None).await, Charged::never_arrived());
    assert_eq!(local.stripe.look_up(&never, Some("pi_none")).await.answer, Charged::unknown().answer);
}

#[tokio::test]
async fn a_charge_is_found_on_the_second_page() {
    let local = Local::new().await;
    let mut all = Vec::new();
    let first = local.charge_of(VISA, "account-0");
    for number in 0..102 {
        let next = Charge { key: format!("account-{number}"), ..first.clone() };
        all.push((local.stripe.charge(&next).await, next));
    }
    for (charged, charge) in [&all[0], &all[99], &all[100], &all[101]] {
        assert!(charged.reference.is_some());
        assert_eq!(local.stripe.look_up(charge, None).await, *charged);
    }
}

/// localstripe calls a decline an invalid request, which for Stripe it never is: so it counts as unknown, and asking brings it to light.
#[tokio::test]
async fn a_decline_is_found_by_asking() {
    let local = Local::new().await;
    let declined = local.charge_of(DECLINED, "account-1");
    assert_eq!(local.stripe.charge(&declined).await, Charged::unknown());
    let found = local.stripe.look_up(&declined, None).await;
    let reference = found.reference.clone().expect("a reference");
    assert_eq!(found, Charged::declined(Decline::Soft, "card_declined", Some(reference.clone())));
    assert_eq!(local.stripe.look_up(&declined, Some(&reference)).await, found);
}

#[tokio::test]
async fn a_card_whose_owner_has_to_confirm_is_declined_softly() {
    let local = Local::new().await;
    let waiting = local.charge_of(NEEDS_CONFIRMATION, "account-1");
    let charged = local.stripe.charge(&waiting).await;
    let reference = charged.reference.clone();
    assert!(reference.is_some());
    assert_eq!(charged, Charged::declined(Decline::Soft, "authentication_required", reference));
}

#[tokio::test]
async fn money_is_given_back_once_for_each_key() {
    let local = Local::new().await;
    let charge = local.charge_of(VISA, "account-1");
    let reference = local.stripe.charge(&charge).await.reference.unwrap();
    for key in ["refund-1", "refund-1", "refund-2", "refund-1"] {
        local.stripe.refund(key, &reference, 1_000).await.unwrap();
    }
    let refunds = local.get(&format!("/v1/refunds?payment_intent={reference}"));
    let mut keys: Vec<_> =
        refunds["data"].as_array().unwrap().iter().map(|one| text(&one["metadata"], "key")).collect();
    keys.sort();
    assert_eq!(keys, ["refund-1", "refund-2"]);
    let declined = local.charge_of(DECLINED, "account-2");
    local.stripe.charge(&declined).await;
    let reference = local.stripe.look_up(&declined, None).await.reference.unwrap();
    assert_eq!(refusal(local.stripe.refund("refund-3", &reference, 1).await), Refusal::GatewayAway);
}

#[tokio::test]
async fn a_card_is_forgotten() {
    let local = Local::new().await;
    let charge = local.charge_of(VISA, "account-1");
    let target = format!("/v1/payment_methods/{}", charge.card);
    assert_eq!(local.get(&target)["customer"], *charge.customer);
    for _ in 0..2 {
        local.stripe.forget(&charge.card).await.unwrap();
        assert_eq!(local.get(&target)["customer"], Value::Null);
    }
    local.stripe.forget("pm_none").await.unwrap();
}

/// The notice of such a kind that came first.
async fn notice(listener: &MockServer, kind: &str) -> Request {
    let began = Instant::now();
    loop {
        let all = listener.received_requests().await.unwrap();
        let is_it = |request: &Request| request.body_json::<Value>().unwrap()["type"] == kind;
        if let Some(found) = all.into_iter().find(is_it) {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "no notice of {kind}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Signed by localstripe, not by our own idea of a signature.
#[tokio::test]
async fn its_notices_are_believed() {
    let (local, listener) = (Local::new().await, MockServer::start().await);
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&listener).await;
    let (_, body) = send(
        local.process.port,
        "POST",
        "/_config/webhooks/steward",
        &format!("url={}&secret={WEBHOOK_SECRET}", listener.uri()),
    );
    assert_eq!(body, b"");
    for (number, kind) in [(VISA, "payment_intent.succeeded"), (DECLINED, "payment_intent.payment_failed")] {
        local.stripe.charge(&local.charge_of(number, number)).await;
        let request = notice(&listener, kind).await;
        let told: Value = request.body_json().unwrap();
        let now = DateTime::from_timestamp(told["created"].as_i64().unwrap(), 0).unwrap();
        let signature = header(&request, "stripe-signature").unwrap();
        let notice = local.stripe.notice(signature, &request.body, now).unwrap().unwrap();
        assert_eq!(
            (notice.id, notice.about),
            (text(&told, "id"), NoticeAbout::Charge { key: number.into() })
        );
        let mut other = request.body.clone();
        other.push(b' ');
        assert_eq!(refusal(local.stripe.notice(signature, &other, now)), Refusal::LinkNotValid);
    }
    let request = notice(&listener, "customer.created").await;
    let told: Value = request.body_json().unwrap();
    let now = DateTime::from_timestamp(told["created"].as_i64().unwrap(), 0).unwrap();
    let signature = header(&request, "stripe-signature").unwrap();
    let notice = local.stripe.notice(signature, &request.body, now).unwrap().unwrap();
    assert_eq!(notice.about, NoticeAbout::Other);
}
