//! Money given back, once for each key.

use domain::Refusal;
use serde_json::{Value, json};

use super::{Asked, Double, asked, error, intent, with};
use crate::support::refusal;

const ONE: &str = "/v1/payment_intents/pi_3Q0001";
const REFUNDS: &str = "/v1/refunds";

fn refund(status: &str, key: &str) -> Value {
    json!({
        "id": "re_1", "object": "refund", "amount": 1_000, "currency": "usd", "payment_intent": "pi_3Q0001",
        "metadata": { "key": key }, "status": status,
    })
}

fn list(data: &[Value]) -> Value {
    json!({ "object": "list", "url": REFUNDS, "has_more": false, "data": data })
}

async fn with_refunds(known: &[Value]) -> Double {
    let double = Double::answering("GET", ONE, 200, intent("succeeded")).await;
    double.answers("GET", REFUNDS, 200, list(known)).await;
    double
}

fn looked() -> [Asked; 2] {
    [
        asked("GET /v1/payment_intents/pi_3Q0001", None, &[]),
        asked("GET /v1/refunds?payment_intent=pi_3Q0001&limit=100", None, &[]),
    ]
}

fn sent(amount: &str) -> Asked {
    let form = [("payment_intent", "pi_3Q0001"), ("amount", amount), ("metadata[key]", "refund-1")];
    asked("POST /v1/refunds", Some("refund-1"), &form)
}

#[tokio::test]
async fn money_is_given_back() {
    for status in ["succeeded", "pending"] {
        let double = with_refunds(&[refund("succeeded", "refund-0")]).await;
        double.answers("POST", REFUNDS, 200, refund(status, "refund-1")).await;
        double.stripe.refund("refund-1", "pi_3Q0001", 1_000).await.unwrap();
        let all = double.asked().await;
        assert_eq!(all[..2], looked());
        assert_eq!(all[2..], [sent("1000")]);
    }
}

#[tokio::test]
async fn the_same_key_gives_it_back_once_even_after_stripe_has_forgotten_the_key() {
    let double = with_refunds(&[refund("succeeded", "refund-0"), refund("pending", "refund-1")]).await;
    double.stripe.refund("refund-1", "pi_3Q0001", 1_000).await.unwrap();
    assert_eq!(double.asked().await, looked());
}

#[tokio::test]
async fn what_could_not_be_given_back_is_tried_again() {
    let double = with_refunds(&[refund("failed", "refund-1")]).await;
    double.answers("POST", REFUNDS, 200, refund("succeeded", "refund-1")).await;
    double.stripe.refund("refund-1", "pi_3Q0001", 1_000).await.unwrap();
    assert_eq!(double.asked().await.len(), 3);
}

#[tokio::test]
async fn everything_else_is_said_to_be_away() {
    for (status, body) in [
        (200, refund("failed", "refund-1")),
        (200, refund("canceled", "refund-1")),
        (200, with(refund("succeeded", "refund-1"), "status", json!(null))),
        (200, json!({})),
        (400, error("invalid_request_error", "charge_already_refunded")),
        (402, error("invalid_request_error", "balance_insufficient")),
        (409, error("idempotency_error", "idempotency_key_in_use")),
        (500, error("api_error", "unknown")),
    ] {
        let double = with_refunds(&[]).await;
        double.answers("POST", REFUNDS, status, body.clone()).await;
        let answer = double.stripe.refund("refund-1", "pi_3Q0001", 1_000).await;
        assert_eq!(refusal(answer), Refusal::GatewayAway, "{status} {body}");
    }
}

/// Whether it was given back already has to be known first.
#[tokio::test]
async fn nothing_is_given_back_blindly() {
    let double = Double::answering("GET", ONE, 200, intent("succeeded")).await;
    double.answers("GET", REFUNDS, 500, error("api_error", "unknown")).await;
    let answer = double.stripe.refund("refund-1", "pi_3Q0001", 1_000).await;
    assert_eq!(refusal(answer), Refusal::GatewayAway);
    assert_eq!(double.asked().await, looked());
    let answer = Double::new().await.stripe.refund("refund-1", "pi_3Q0001", 1_000).await;
    assert_eq!(refusal(answer), Refusal::GatewayAway);
}

#[tokio::test]
async fn it_is_given_back_in_the_unit_it_was_charged_in() {
    let double = Double::answering("GET", ONE, 200, with(intent("succeeded"), "currency", "isk")).await;
    double.answers("GET", REFUNDS, 200, list(&[])).await;
    double.answers("POST", REFUNDS, 200, refund("succeeded", "refund-1")).await;
    double.stripe.refund("refund-1", "pi_3Q0001", 1_990).await.unwrap();
    assert_eq!(double.asked().await[2..], [sent("199000")]);
    for amount in [0, -1, i64::MAX] {
        let answer = double.stripe.refund("refund-1", "pi_3Q0001", amount).await;
        assert_eq!(refusal(answer), Refusal::GatewayAway, "{amount}");
    }
}
