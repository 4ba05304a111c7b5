//! Cards entered on Stripe's pages.

use backend::billing::gateway::{CardDetails, Visit};
use domain::{AccountId, Refusal, billing::CardExpiry};
use serde_json::{Value, json};

use super::{ACCOUNT, Double, asked, error, with};
use crate::support::refusal;

const SESSIONS: &str = "/v1/checkout/sessions";
const ONE: &str = "/v1/checkout/sessions/cs_1";
const BACK: &str = "https://steward.example/settings/billing/cards/0197?x=1&y=2";

fn account() -> AccountId {
    ACCOUNT.parse().unwrap()
}

fn new_session() -> Value {
    json!({
        "id": "cs_1", "object": "checkout.session", "mode": "setup", "status": "open", "customer": "cus_Olive",
        "setup_intent": "seti_1", "url": "https://checkout.stripe.com/c/pay/cs_1#fid",
    })
}

fn form(customer: &str) -> [(&str, &str); 6] {
    [
        ("mode", "setup"),
        ("customer", customer),
        ("payment_method_types[]", "card"),
        ("success_url", BACK),
        ("cancel_url", BACK),
        ("metadata[account]", ACCOUNT),
    ]
}

#[tokio::test]
async fn the_first_visit_makes_a_customer() {
    let double = Double::answering("POST", SESSIONS, 200, new_session()).await;
    double.answers("POST", "/v1/customers", 200, json!({ "id": "cus_New", "object": "customer" })).await;
    let visit = double.stripe.visit(account(), None, BACK).await.unwrap();
    let expected = Visit {
        reference: "cs_1".into(),
        url: "https://checkout.stripe.com/c/pay/cs_1#fid".into(),
        customer: "cus_New".into(),
    };
    assert_eq!(visit, expected);
    let key = format!("customer-{ACCOUNT}");
    let made = asked("POST /v1/customers", Some(&key), &[("metadata[account]", ACCOUNT)]);
    let session = asked("POST /v1/checkout/sessions", None, &form("cus_New"));
    assert_eq!(double.asked().await, [made, session]);
}

#[tokio::test]
async fn later_visits_are_the_same_customers() {
    let double = Double::answering("POST", SESSIONS, 200, new_session()).await;
    let visit = double.stripe.visit(account(), Some("cus_Olive"), BACK).await.unwrap();
    assert_eq!(visit.customer, "cus_Olive");
    let session = asked("POST /v1/checkout/sessions", None, &form("cus_Olive"));
    assert_eq!(double.asked().await, [session]);
}

#[tokio::test]
async fn without_a_page_stripe_is_away() {
    for (status, body) in [
        (200, with(new_session(), "url", "http://checkout.stripe.com/c/pay/cs_1")),
        (200, with(new_session(), "url", "javascript:alert(1)")),
        (200, with(new_session(), "url", json!(null))),
        (200, with(new_session(), "id", "cs_1/../x")),
        (200, json!({})),
        (400, error("invalid_request_error", "resource_missing")),
        (401, error("invalid_request_error", "api_key_expired")),
        (429, error("invalid_request_error", "rate_limit")),
        (500, error("api_error", "unknown")),
    ] {
        let double = Double::answering("POST", SESSIONS, status, body.clone()).await;
        let answer = double.stripe.visit(account(), Some("cus_Olive"), BACK).await;
        assert_eq!(refusal(answer), Refusal::GatewayAway, "{status} {body}");
    }
    let double = Double::answering("POST", "/v1/customers", 500, error("api_error", "unknown")).await;
    assert_eq!(refusal(double.stripe.visit(account(), None, BACK).await), Refusal::GatewayAway);
    assert_eq!(double.asked().await.len(), 1, "no page for nobody");
}

fn session(status: &str, intent: &str, card: &Value) -> Value {
    let method = json!({ "id": "pm_Visa", "object": "payment_method", "type": "card", "card": card });
    let intent =
        json!({ "id": "seti_1", "object": "setup_intent", "status": intent, "payment_method": method });
    json!({ "id": "cs_1", "object": "checkout.session", "status": status, "setup_intent": intent })
}

fn visa() -> Value {
    json!({ "brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2030, "funding": "credit" })
}

fn details(brand: &str, expires: Option<CardExpiry>) -> CardDetails {
    CardDetails { reference: "pm_Visa".into(), brand: brand.into(), last_four: "4242".into(), expires }
}

#[tokio::test]
async fn a_card_that_was_entered_is_told() {
    let until = Some(CardExpiry { year: 2030, month: 12 });
    for (card, expected) in [
        (visa(), details("Visa", until)),
        (with(visa(), "brand", "mastercard"), details("Mastercard", until)),
        (with(visa(), "brand", "amex"), details("American Express", until)),
        (with(visa(), "brand", "<script>"), details("Card", until)),
        (with(visa(), "exp_month", 13), details("Visa", None)),
        (with(visa(), "exp_year", 0), details("Visa", None)),
    ] {
        let double = Double::answering("GET", ONE, 200, session("complete", "succeeded", &card)).await;
        assert_eq!(double.stripe.entered("cs_1").await.unwrap(), Some(expected), "{card}");
        let what = "GET /v1/checkout/sessions/cs_1?expand%5B%5D=setup_intent.payment_method";
        assert_eq!(double.asked().await, [asked(what, None, &[])]);
    }
}

#[tokio::test]
async fn what_was_not_finished_is_no_card() {
    let bank = json!({ "id": "pm_1", "object": "payment_method", "type": "us_bank_account" });
    let mut other = session("complete", "succeeded", &visa());
    other["setup_intent"]["payment_method"] = bank;
    let mut none = session("complete", "succeeded", &visa());
    none["setup_intent"]["payment_method"] = json!(null);
    for body in [
        session("open", "requires_payment_method", &visa()),
        session("open", "succeeded", &visa()),
        session("expired", "canceled", &visa()),
        session("complete", "processing", &visa()),
        session("complete", "requires_action", &visa()),
        with(session("open", "x", &visa()), "setup_intent", json!(null)),
        other,
        none,
    ] {
        let double = Double::answering("GET", ONE, 200, body.clone()).await;
        assert_eq!(double.stripe.entered("cs_1").await.unwrap(), None, "{body}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_away() {
    for (status, body) in [
        (200, json!({})),
        // Not expanded.
        (200, with(session("complete", "succeeded", &visa()), "setup_intent", "seti_1")),
        (200, session("complete", "succeeded", &with(visa(), "last4", "<b>1"))),
        (200, session("complete", "succeeded", &with(visa(), "last4", "42424"))),
        (200, session("complete", "succeeded", &with(visa(), "exp_month", -1))),
        (404, error("invalid_request_error", "resource_missing")),
        (500, error("api_error", "unknown")),
    ] {
        let double = Double::answering("GET", ONE, status, body.clone()).await;
        assert_eq!(refusal(double.stripe.entered("cs_1").await), Refusal::GatewayAway, "{status} {body}");
    }
}

const DETACH: &str = "/v1/payment_methods/pm_Visa/detach";
const METHOD: &str = "/v1/payment_methods/pm_Visa";

#[tokio::test]
async fn a_card_is_forgotten() {
    let gone = json!({ "id": "pm_Visa", "object": "payment_method", "customer": null });
    let double = Double::answering("POST", DETACH, 200, gone).await;
    double.stripe.forget("pm_Visa").await.unwrap();
    assert_eq!(double.asked().await, [asked("POST /v1/payment_methods/pm_Visa/detach", None, &[])]);
}

#[tokio::test]
async fn a_card_that_is_forgotten_already_is_forgotten() {
    let double =
        Double::answering("POST", DETACH, 404, error("invalid_request_error", "resource_missing")).await;
    double.stripe.forget("pm_Visa").await.unwrap();
    // "The payment method you provided is not attached to a customer": Stripe has no code for it.
    for (customer, is_gone) in [(json!(null), true), (json!("cus_Olive"), false)] {
        let complaint = json!({ "error": { "type": "invalid_request_error", "message": "Words." } });
        let double = Double::answering("POST", DETACH, 400, complaint).await;
        double.answers("GET", METHOD, 200, json!({ "id": "pm_Visa", "customer": customer })).await;
        assert_eq!(double.stripe.forget("pm_Visa").await.is_ok(), is_gone, "{customer}");
        let second = asked("GET /v1/payment_methods/pm_Visa", None, &[]);
        assert_eq!(double.asked().await[1..], [second]);
    }
    for status in [401, 402, 409, 429, 500] {
        let double = Double::answering("POST", DETACH, status, error("api_error", "unknown")).await;
        assert_eq!(refusal(double.stripe.forget("pm_Visa").await), Refusal::GatewayAway, "{status}");
    }
}
