//! What becomes of a charge. Only Stripe's own word that the card was declined is a decline.

use std::time::{Duration, Instant};

use backend::billing::gateway::{Charge, Charged};
use domain::billing::Decline;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use wiremock::ResponseTemplate;

use super::{Double, asked, charge, error, intent, stripe_at, with};

const INTENTS: &str = "/v1/payment_intents";

fn unknown_but_named() -> Charged {
    Charged { reference: Some("pi_3Q0001".into()), ..Charged::unknown() }
}

fn declined(decline_code: Option<&str>, code: &str, advice: Option<&str>) -> Value {
    let mut body = error("card_error", code);
    body["error"]["decline_code"] = decline_code.into();
    body["error"]["advice_code"] = advice.into();
    body["error"]["payment_intent"] = intent("requires_payment_method");
    body
}

#[tokio::test]
async fn a_charge_that_succeeds_is_paid_and_says_all_that_matters() {
    let double = Double::answering("POST", INTENTS, 200, intent("succeeded")).await;
    assert_eq!(double.stripe.charge(&charge()).await, Charged::paid("pi_3Q0001".into()));
    let form = [
        ("amount", "30484"),
        ("currency", "usd"),
        ("customer", "cus_Olive"),
        ("payment_method", "pm_Visa"),
        ("payment_method_types[]", "card"),
        ("confirm", "true"),
        ("off_session", "true"),
        ("error_on_requires_action", "true"),
        ("description", "ST-000042 & more"),
        ("metadata[key]", "0197a0c2-1111-7000-8000-000000000001-7"),
    ];
    let key = Some("0197a0c2-1111-7000-8000-000000000001-7");
    assert_eq!(double.asked().await, [asked("POST /v1/payment_intents", key, &form)]);
}

#[tokio::test]
async fn the_same_charge_twice_is_the_same_request_twice() {
    let double = Double::new().await;
    // The first answer gets lost on the way; Stripe says the same again.
    let lost = ResponseTemplate::new(500);
    wiremock::Mock::given(wiremock::matchers::path(INTENTS))
        .respond_with(lost)
        .up_to_n_times(1)
        .mount(&double.server)
        .await;
    double.answers("POST", INTENTS, 200, intent("succeeded")).await;
    assert_eq!(double.stripe.charge(&charge()).await, Charged::unknown());
    assert_eq!(double.asked().await.len(), 1, "nothing is sent again by itself");
    assert_eq!(double.stripe.charge(&charge()).await, Charged::paid("pi_3Q0001".into()));
    let all = double.asked().await;
    assert_eq!(all.len(), 2);
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0].key.as_deref(), Some(&*charge().key));
}

#[tokio::test]
async fn declines_are_soft_or_hard_by_their_code() {
    let hard = [
        "lost_card",
        "stolen_card",
        "pickup_card",
        "restricted_card",
        "expired_card",
        "incorrect_number",
        "invalid_number",
        "invalid_account",
        "new_account_information_available",
        "card_not_supported",
        "currency_not_supported",
        "transaction_not_allowed",
        "service_not_allowed",
        "fraudulent",
        "merchant_blacklist",
        "security_violation",
        "highest_risk_level",
        "stop_payment_order",
        "revocation_of_authorization",
        "revocation_of_all_authorizations",
        "do_not_try_again",
    ];
    let soft = [
        "authentication_required",
        "approve_with_id",
        "call_issuer",
        "card_velocity_exceeded",
        "do_not_honor",
        "generic_decline",
        "insufficient_funds",
        "issuer_not_available",
        "no_action_taken",
        "not_permitted",
        "processing_error",
        "reenter_transaction",
        "try_again_later",
        "withdrawal_count_limit_exceeded",
        "a_code_of_next_year",
    ];
    let all =
        hard.map(|code| (code, Decline::Hard)).into_iter().chain(soft.map(|code| (code, Decline::Soft)));
    for (code, expected) in all {
        let double =
            Double::answering("POST", INTENTS, 402, declined(Some(code), "card_declined", None)).await;
        let charged = double.stripe.charge(&charge()).await;
        assert_eq!(charged, Charged::declined(expected, code, Some("pi_3Q0001".into())), "{code}");
    }
}

#[tokio::test]
async fn a_decline_is_one_with_or_without_a_code() {
    let named = Some("pi_3Q0001".to_owned());
    for (body, expected) in [
        // Some have no decline_code, and are the code.
        (
            declined(None, "expired_card", None),
            Charged::declined(Decline::Hard, "expired_card", named.clone()),
        ),
        (
            declined(None, "card_declined", None),
            Charged::declined(Decline::Soft, "card_declined", named.clone()),
        ),
        // The networks forbid to try again, whatever the bank has called it.
        (
            declined(Some("generic_decline"), "card_declined", Some("do_not_try_again")),
            Charged::declined(Decline::Hard, "generic_decline", named.clone()),
        ),
        (
            declined(Some("generic_decline"), "card_declined", Some("try_again_later")),
            Charged::declined(Decline::Soft, "generic_decline", named.clone()),
        ),
        // What does not look like a code is not kept, and it is a decline all the same.
        (
            declined(Some("<b>R\u{0}01</b>"), "card_declined", None),
            Charged::declined(Decline::Soft, "card_declined", named),
        ),
        (error("card_error", "lost_card"), Charged::declined(Decline::Hard, "lost_card", None)),
        (
            json!({ "error": { "type": "card_error" } }),
            Charged::declined(Decline::Soft, "card_declined", None),
        ),
    ] {
        let double = Double::answering("POST", INTENTS, 402, body.clone()).await;
        assert_eq!(double.stripe.charge(&charge()).await, expected, "{body}");
    }
}

#[tokio::test]
async fn whatever_is_not_stripes_word_about_the_card_is_unknown() {
    for (status, body) in [
        (400, error("invalid_request_error", "parameter_missing")),
        (400, error("invalid_request_error", "amount_too_small")),
        (400, error("idempotency_error", "idempotency_key_in_use")),
        (400, error("card_error", "card_declined")),
        (401, json!({ "error": { "type": "invalid_request_error", "message": "Invalid API Key provided" } })),
        (402, error("invalid_request_error", "payment_intent_unexpected_state")),
        (402, json!({ "error": "card_error" })),
        (402, json!({ "error": { "type": "card_error", "code": 5 } })),
        (402, json!({ "error": { "type": "card_error", "payment_intent": { "id": "pi_\u{0}'; drop" } } })),
        (402, json!([])),
        (403, error("invalid_request_error", "secret_key_required")),
        (404, error("invalid_request_error", "resource_missing")),
        (409, error("idempotency_error", "idempotency_key_in_use")),
        (429, error("card_error", "lock_timeout")),
        (500, error("api_error", "unknown")),
        (502, error("card_error", "card_declined")),
        (503, json!(null)),
        (504, intent("succeeded")),
        (302, intent("succeeded")),
    ] {
        let double = Double::answering("POST", INTENTS, status, body.clone()).await;
        assert_eq!(double.stripe.charge(&charge()).await, Charged::unknown(), "{status} {body}");
        assert_eq!(double.asked().await.len(), 1);
    }
}

#[tokio::test]
async fn an_answer_without_an_outcome_is_unknown_and_has_a_name() {
    for status in
        ["processing", "requires_confirmation", "requires_capture", "requires_payment_method", "new"]
    {
        let double = Double::answering("POST", INTENTS, 200, intent(status)).await;
        assert_eq!(double.stripe.charge(&charge()).await, unknown_but_named(), "{status}");
    }
}

#[tokio::test]
async fn an_answer_about_something_else_is_none() {
    let good = || intent("succeeded");
    for body in [
        with(good(), "metadata", json!({ "key": "another" })),
        with(good(), "metadata", json!({})),
        with(good(), "metadata", json!(null)),
        with(good(), "amount", 30_483),
        with(good(), "amount", "30484"),
        with(good(), "currency", "eur"),
        with(good(), "id", "pi_1/../../x"),
        with(good(), "id", ""),
        with(good(), "id", "p".repeat(256)),
        with(good(), "status", json!(null)),
        json!({}),
        json!({ "status": "succeeded" }),
    ] {
        let double = Double::answering("POST", INTENTS, 200, body.clone()).await;
        assert_eq!(double.stripe.charge(&charge()).await, Charged::unknown(), "{body}");
    }
}

#[tokio::test]
async fn hostile_bodies_are_unknown() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let large = format!("{{\"id\":\"{}\"}}", "x".repeat(5 << 20));
    for (status, body) in [
        (200, Vec::new()),
        (200, b"<html>Welcome to the wireless network of this hotel</html>".to_vec()),
        (200, b"\xff\xfe\x00".to_vec()),
        (200, intent("succeeded").to_string().into_bytes()[..300].to_vec()),
        (200, deep.clone().into_bytes()),
        (200, large.clone().into_bytes()),
        (402, Vec::new()),
        (402, b"declined".to_vec()),
        (402, deep.into_bytes()),
        (402, large.into_bytes()),
    ] {
        let double = Double::new().await;
        double.gives("POST", INTENTS, ResponseTemplate::new(status).set_body_bytes(body.clone())).await;
        let told = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!(double.stripe.charge(&charge()).await, Charged::unknown(), "{status} {told}");
    }
}

#[tokio::test]
async fn secrets_do_not_follow_a_redirection() {
    let (double, elsewhere) = (Double::new().await, Double::new().await);
    let away =
        ResponseTemplate::new(307).insert_header("location", format!("{}{INTENTS}", elsewhere.server.uri()));
    double.gives("POST", INTENTS, away).await;
    elsewhere.answers("POST", INTENTS, 200, intent("succeeded")).await;
    assert_eq!(double.stripe.charge(&charge()).await, Charged::unknown());
    assert_eq!((double.asked().await.len(), elsewhere.asked().await.len()), (1, 0));
}

#[tokio::test]
async fn a_late_answer_is_not_waited_for() {
    let double = Double::new().await;
    let late =
        ResponseTemplate::new(200).set_body_json(intent("succeeded")).set_delay(Duration::from_secs(60));
    double.gives("POST", INTENTS, late).await;
    let hurried = stripe_at(&double.server.uri(), Duration::from_millis(300));
    let began = Instant::now();
    assert_eq!(hurried.charge(&charge()).await, Charged::unknown());
    assert!(began.elapsed() < Duration::from_secs(30));
}

/// Listens, reads a request, says this, and then nothing more until it is hung up on.
async fn saying(words: &'static [u8], hangs_up: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = [0; 4096];
        let _ = stream.read(&mut heard).await;
        let _ = stream.write_all(words).await;
        while !hangs_up && stream.read(&mut heard).await.is_ok_and(|bytes| bytes > 0) {}
    });
    address
}

#[tokio::test]
async fn a_broken_line_is_unknown() {
    let all: [(&'static [u8], bool); 7] = [
        (b"", true),
        (b"", false),
        (b"SSH-2.0-OpenSSH_9.2\r\n", true),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"id\":", true),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"id\":", false),
        (b"HTTP/1.1 402 Payment Required\r\ncontent-length: 900\r\n\r\n{\"error\":", true),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", true),
    ];
    for (words, hangs_up) in all {
        let stripe = stripe_at(&saying(words, hangs_up).await, Duration::from_millis(500));
        assert_eq!(stripe.charge(&charge()).await, Charged::unknown(), "{}", String::from_utf8_lossy(words));
    }
}

#[tokio::test]
async fn nobody_there_is_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let stripe = stripe_at(&format!("http://{address}"), Duration::from_secs(5));
    assert_eq!(stripe.charge(&charge()).await, Charged::unknown());
}

/// Whoever cannot show a certificate hears nothing, not even a question.
#[tokio::test]
async fn a_stranger_who_answers_for_stripe_hears_nothing() {
    let double = Double::answering("POST", INTENTS, 200, intent("succeeded")).await;
    let stripe = stripe_at(&double.server.uri().replace("http://", "https://"), Duration::from_secs(5));
    assert_eq!(stripe.charge(&charge()).await, Charged::unknown());
    assert_eq!(double.asked().await, []);
}

#[tokio::test]
async fn amounts_are_said_in_stripes_units() {
    let body = with(with(intent("succeeded"), "amount", 199_000), "currency", "isk");
    let double = Double::answering("POST", INTENTS, 200, body).await;
    let kronur = Charge { amount_minor: 1_990, currency: "ISK".into(), ..charge() };
    assert_eq!(double.stripe.charge(&kronur).await, Charged::paid("pi_3Q0001".into()));
    let all = double.asked().await;
    assert_eq!(all[0].form[..2], asked("", None, &[("amount", "199000"), ("currency", "isk")]).form);
    // Fils of which Stripe counts only tens: nothing is sent, so that asking will say that nothing arrived.
    let dinars = Charge { amount_minor: 3_226, currency: "KWD".into(), ..charge() };
    assert_eq!(double.stripe.charge(&dinars).await, Charged::unknown());
    assert_eq!(double.asked().await.len(), 1);
}
