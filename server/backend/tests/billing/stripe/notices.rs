//! What Stripe tells by itself is believed when it has signed it, lately.

use backend::billing::gateway::{Notice, NoticeAbout, Stripe, StripeKeys};
use chrono::{DateTime, Duration, Utc};
use domain::Refusal;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{ACCOUNT, SECRET, WEBHOOK_SECRET, keys};
use crate::support::refusal;

const BODY: &str = r#"{"id":"evt_1","object":"event","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","object":"payment_intent","metadata":{"key":"account-1"}}}}"#;
/// Of "1467331200." and [`BODY`], by Python's hmac.
const GOOD: &str = "376d5698b6305a0188fd9e0478c145635a93d3a93472883709fe86ba393a4909";
/// The same with the secret "whsec_of_before".
const BEFORE: &str = "9b42fb92a675f888c3a8a9eb8c021ba8f74138d8a390c7eebdb4b3ab9ec3bf41";

fn signed_at() -> DateTime<Utc> {
    "2016-07-01T00:00:00Z".parse().unwrap()
}

fn stripe() -> Stripe {
    Stripe::new(keys()).unwrap()
}

/// At [`signed_at`].
pub(super) fn header_for(body: &[u8]) -> String {
    format!("t=1467331200,v1={}", sign(body))
}

fn sign(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(WEBHOOK_SECRET.as_bytes()).unwrap();
    mac.update(b"1467331200.");
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn told(body: &[u8]) -> backend::Result<Option<Notice>> {
    stripe().notice(&header_for(body), body, signed_at())
}

#[test]
fn a_signature_is_believed() {
    for header in [
        format!("t=1467331200,v1={GOOD}"),
        format!("v1={GOOD},t=1467331200"),
        format!("t=1467331200, v1={GOOD}"),
        // While a secret is being replaced.
        format!("t=1467331200,v1={BEFORE},v1={GOOD}"),
        format!("t=1467331200,v1={GOOD},v1={BEFORE}"),
        format!("t=1467331200,v1={GOOD},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39"),
        format!("t=1467331200,v1={GOOD},later=,,"),
    ] {
        let expected = Notice { id: "evt_1".into(), about: NoticeAbout::Charge { key: "account-1".into() } };
        let notice = stripe().notice(&header, BODY.as_bytes(), signed_at()).unwrap();
        assert_eq!(notice, Some(expected), "{header}");
    }
}

#[test]
fn nothing_else_is_believed() {
    let mut flipped = GOOD.to_owned();
    flipped.replace_range(63..64, "8");
    for header in [
        String::new(),
        GOOD.to_owned(),
        "t=1467331200".to_owned(),
        "t=1467331200,v1=".to_owned(),
        format!("v1={GOOD}"),
        format!("t=,v1={GOOD}"),
        format!("t=1467331200,v1={BEFORE}"),
        format!("t=1467331200,v1={flipped}"),
        format!("t=1467331200,v1={}", &GOOD[..63]),
        format!("t=1467331200,v1={GOOD}0"),
        format!("t=1467331200,v1={}", GOOD.to_uppercase()),
        // A scheme that is not this one.
        format!("t=1467331200,v0={GOOD}"),
        format!("t=1467331200,V1={GOOD}"),
        // Another time than the one that was signed.
        format!("t=1467331201,v1={GOOD}"),
        format!("t=+1467331200,v1={GOOD}"),
        format!("t=01467331200,v1={GOOD}"),
        format!("t=1467331200,t=1467331200,v1={GOOD}"),
        format!("t=99999999999999999999,v1={GOOD}"),
        format!("t=9223372036854775807,v1={GOOD}"),
        format!("t=-9223372036854775808,v1={GOOD}"),
    ] {
        let answer = stripe().notice(&header, BODY.as_bytes(), signed_at());
        assert_eq!(refusal(answer), Refusal::LinkNotValid, "{header}");
    }
    let header = format!("t=1467331200,v1={GOOD}");
    for body in [BODY.replace("account-1", "account-2"), format!("{BODY} "), String::new()] {
        let answer = stripe().notice(&header, body.as_bytes(), signed_at());
        assert_eq!(refusal(answer), Refusal::LinkNotValid, "{body}");
    }
}

#[test]
fn what_was_signed_long_ago_is_not_believed() {
    let header = format!("t=1467331200,v1={GOOD}");
    for (seconds, is_believed) in
        [(-301, false), (-300, true), (0, true), (300, true), (301, false), (86_400, false)]
    {
        let now = signed_at() + Duration::seconds(seconds);
        let answer = stripe().notice(&header, BODY.as_bytes(), now);
        assert_eq!(answer.is_ok(), is_believed, "{seconds}");
    }
}

#[test]
fn without_a_secret_nobody_is_believed() {
    let keys = StripeKeys { secret: SECRET.into(), webhook_secret: None };
    let stripe = Stripe::new(keys).unwrap();
    let answer = stripe.notice(&format!("t=1467331200,v1={GOOD}"), BODY.as_bytes(), signed_at());
    assert_eq!(refusal(answer), Refusal::LinkNotValid);
}

pub(super) fn event(kind: &str, object: &Value) -> Vec<u8> {
    let event = json!({ "id": "evt_1", "object": "event", "type": kind, "data": { "object": object } });
    event.to_string().into_bytes()
}

#[test]
fn a_notice_says_what_to_look_at() {
    let intent = json!({ "id": "pi_1", "metadata": { "key": "account-1" } });
    let by_hand = json!({ "id": "pi_1", "metadata": {} });
    let session = json!({ "id": "cs_1", "metadata": { "account": ACCOUNT }, "customer": "cus_1" });
    let no_account = json!({ "id": "cs_1", "metadata": { "account": "x" } });
    let charge = || NoticeAbout::Charge { key: "account-1".into() };
    let visit = NoticeAbout::Visit { account: ACCOUNT.parse().unwrap(), reference: "cs_1".into() };
    for (kind, object, expected) in [
        ("payment_intent.succeeded", &intent, charge()),
        ("payment_intent.payment_failed", &intent, charge()),
        ("payment_intent.canceled", &intent, charge()),
        // Not before there is an outcome.
        ("payment_intent.created", &intent, NoticeAbout::Other),
        ("payment_intent.processing", &intent, NoticeAbout::Other),
        ("payment_intent.succeeded", &by_hand, NoticeAbout::Other),
        ("payment_intent.succeeded", &json!({}), NoticeAbout::Other),
        ("checkout.session.completed", &session, visit),
        ("checkout.session.completed", &no_account, NoticeAbout::Other),
        ("checkout.session.expired", &session, NoticeAbout::Other),
        ("checkout.session.completed", &json!({}), NoticeAbout::Other),
        ("charge.refunded", &json!({ "id": "ch_1" }), NoticeAbout::Other),
        ("balance.available", &json!({ "object": "balance" }), NoticeAbout::Other),
        ("an.event.of.next.year", &json!({ "id": null }), NoticeAbout::Other),
        ("", &json!({}), NoticeAbout::Other),
    ] {
        let notice = told(&event(kind, object)).unwrap().unwrap();
        assert_eq!(notice, Notice { id: "evt_1".into(), about: expected }, "{kind}");
    }
}

#[test]
fn what_is_signed_and_makes_no_sense_is_no_notice() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for body in [
        "",
        "null",
        "{}",
        "\u{0}",
        r#"{"id":"evt_1"}"#,
        r#"{"id":"","type":"ping","data":{"object":{}}}"#,
        r#"{"id":"evt_1\u0000","type":"ping","data":{"object":{}}}"#,
        r#"{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"metadata":{"key":1}}}}"#,
        r#"{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":[]}}"#,
        &deep,
    ] {
        let start: String = body.chars().take(60).collect();
        assert_eq!(told(body.as_bytes()).unwrap(), None, "{start}");
    }
    assert_eq!(told(b"\xff\xfe").unwrap(), None);
}
