//! What Stripe sends, with its signature instead of an Origin.

use std::time::Duration;

use axum::{
    Json, Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
    routing::post,
};
use backend::billing::{BillingSettings, Gateway, Stripe, StripeKeys};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use sqlx::PgPool;

use crate::http_support::{Answer, Http};

const SECRET: &str = "whsec_of_steward";

async fn with_stripe(pool: PgPool) -> Http {
    let keys = StripeKeys { secret: "sk_test_1".into(), webhook_secret: Some(SECRET.into()) };
    let gateway = Gateway::Stripe(Stripe::new(keys).unwrap());
    Http::billing_as(pool, BillingSettings { gateway, ..BillingSettings::default() }).await
}

fn signature(http: &Http, body: &str) -> String {
    let at = http.world.now().timestamp();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{at}.{body}").as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={signature}")
}

async fn tell(http: &Http, method: Method, signature: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri("/webhooks/stripe")
        .header(header::HOST, "steward.test")
        .header("stripe-signature", signature)
        .body(body.into());
    http.send(request.unwrap()).await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn stripe_tells_without_an_origin_and_only_its_signature_counts(pool: PgPool) {
    let http = with_stripe(pool).await;
    let account = http.world.acme;
    // A charge of ours that was never made: nothing has to be asked.
    let body = json!({ "id": "evt_1", "type": "payment_intent.succeeded",
        "data": { "object": { "id": "pi_1", "metadata": { "key": format!("{account}-1") } } } });
    let body = body.to_string();
    let signed = signature(&http, &body);
    assert_eq!(tell(&http, Method::POST, &signed, body.clone()).await.status, StatusCode::OK);
    assert_eq!(tell(&http, Method::POST, &signed, format!("{body} ")).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(tell(&http, Method::POST, "", body.clone()).await.status, StatusCode::BAD_REQUEST);
    let large = "x".repeat(256 * 1024 + 1);
    assert_eq!(tell(&http, Method::POST, &signed, large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(tell(&http, Method::GET, &signed, body).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_stripe_nobody_is_believed(pool: PgPool) {
    let http = Http::new(pool).await;
    let signed = signature(&http, "{}");
    assert_eq!(tell(&http, Method::POST, &signed, "{}").await.status, StatusCode::BAD_REQUEST);
}

/// A Stripe of this machine that knows nothing but to send people to its page.
async fn sends_to(page: &'static str) -> Gateway {
    let answer = move |id: &'static str| async move { Json(json!({ "id": id, "url": page })) };
    let routes = Router::new()
        .route("/v1/customers", post(move || answer("cus_1")))
        .route("/v1/checkout/sessions", post(move || answer("cs_1")));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let keys = StripeKeys { secret: "sk_test_1".into(), webhook_secret: Some(SECRET.into()) };
    Gateway::Stripe(Stripe::at(keys, address.parse().unwrap(), Duration::from_secs(5)).unwrap())
}

/// Without wasm the form's answer sends the browser to Stripe, which the policy of the page has to allow.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn with_and_without_wasm_people_are_sent_to_the_page_on_which_cards_are_entered(pool: PgPool) {
    let checkout = "https://checkout.stripe.com/c/pay/cs_1";
    let gateway = sends_to(checkout).await;
    let http = Http::billing_as(pool, BillingSettings { gateway, ..BillingSettings::default() }).await;
    let olive = http.world.olive().clone();
    let page = http.get("/settings/billing/cards", Some(&olive)).await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https://checkout.stripe.com;"), "{policy}");
    let answer = http.submit("/api/billing/add-card", Some(&olive), "").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, checkout));
    let answer = http.call("/api/billing/add-card", Some(&olive), "").await;
    assert!(answer.body.contains(checkout), "{}", answer.body);
}
