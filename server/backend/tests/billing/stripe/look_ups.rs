//! What became of a charge: by its reference or, when there is none, among all of its customer's.

use std::sync::atomic::{AtomicUsize, Ordering};

use backend::billing::gateway::{Charge, Charged};
use domain::billing::Decline;
use serde_json::{Value, json};
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{path, query_param, query_param_is_missing},
};

use super::{Double, asked, charge, error, intent, with};

const INTENTS: &str = "/v1/payment_intents";
const ONE: &str = "/v1/payment_intents/pi_3Q0001";

fn named() -> Option<String> {
    Some("pi_3Q0001".into())
}

#[tokio::test]
async fn a_charge_is_looked_up_by_its_reference() {
    let failed = |code: &str, decline_code: Value| json!({ "type": "card_error", "code": code, "decline_code": decline_code, "message": "Words." });
    let unpaid = |failure| with(intent("requires_payment_method"), "last_payment_error", failure);
    for (body, expected) in [
        (intent("succeeded"), Charged::paid("pi_3Q0001".into())),
        (
            with(intent("succeeded"), "last_payment_error", failed("card_declined", json!(null))),
            Charged::paid("pi_3Q0001".into()),
        ),
        (
            unpaid(failed("card_declined", json!("insufficient_funds"))),
            Charged::declined(Decline::Soft, "insufficient_funds", named()),
        ),
        (
            unpaid(failed("card_declined", json!("stolen_card"))),
            Charged::declined(Decline::Hard, "stolen_card", named()),
        ),
        (
            unpaid(failed("expired_card", json!(null))),
            Charged::declined(Decline::Hard, "expired_card", named()),
        ),
        (intent("requires_action"), Charged::declined(Decline::Soft, "authentication_required", named())),
        (intent("canceled"), Charged::declined(Decline::Soft, "canceled", named())),
        (
            with(intent("canceled"), "last_payment_error", failed("card_declined", json!("lost_card"))),
            Charged::declined(Decline::Hard, "lost_card", named()),
        ),
        (intent("processing"), Charged { reference: named(), ..Charged::unknown() }),
        (intent("requires_confirmation"), Charged { reference: named(), ..Charged::unknown() }),
        (intent("requires_payment_method"), Charged { reference: named(), ..Charged::unknown() }),
        (with(intent("succeeded"), "amount", 1), Charged::unknown()),
    ] {
        let double = Double::answering("GET", ONE, 200, body.clone()).await;
        assert_eq!(double.stripe.look_up(&charge(), Some("pi_3Q0001")).await, expected, "{body}");
        assert_eq!(double.asked().await, [asked("GET /v1/payment_intents/pi_3Q0001", None, &[])]);
    }
}

/// It never says that a charge did not arrive: Stripe has given it a name.
#[tokio::test]
async fn a_reference_that_leads_nowhere_stays_unknown() {
    for (status, body) in [
        (404, error("invalid_request_error", "resource_missing")),
        (401, error("invalid_request_error", "api_key_expired")),
        (402, error("card_error", "card_declined")),
        (429, error("invalid_request_error", "rate_limit")),
        (500, error("api_error", "unknown")),
        (200, json!({})),
    ] {
        let double = Double::answering("GET", ONE, status, body).await;
        let charged = double.stripe.look_up(&charge(), Some("pi_3Q0001")).await;
        assert_eq!(charged, Charged { reference: named(), ..Charged::unknown() }, "{status}");
    }
}

fn list(data: Vec<Value>, has_more: bool) -> Value {
    json!({ "object": "list", "url": INTENTS, "has_more": has_more, "data": data })
}

fn other(id: &str) -> Value {
    with(with(intent("succeeded"), "id", id), "metadata", json!({ "key": "another" }))
}

async fn page_after(double: &Double, after: Option<&str>, status: u16, body: Value) {
    let answer = ResponseTemplate::new(status).set_body_json(body);
    let mock = match after {
        Some(after) => Mock::given(path(INTENTS)).and(query_param("starting_after", after)),
        None => Mock::given(path(INTENTS)).and(query_param_is_missing("starting_after")),
    };
    mock.respond_with(answer).mount(&double.server).await;
}

#[tokio::test]
async fn without_a_reference_it_is_found_among_the_customers_charges() {
    let double = Double::new().await;
    page_after(&double, None, 200, list(vec![other("pi_9"), other("pi_8")], true)).await;
    page_after(&double, Some("pi_8"), 200, list(vec![other("pi_7"), intent("succeeded")], true)).await;
    assert_eq!(double.stripe.look_up(&charge(), None).await, Charged::paid("pi_3Q0001".into()));
    let first = "GET /v1/payment_intents?customer=cus_Olive&limit=100";
    let second = "GET /v1/payment_intents?customer=cus_Olive&limit=100&starting_after=pi_8";
    assert_eq!(double.asked().await, [asked(first, None, &[]), asked(second, None, &[])]);
}

#[tokio::test]
async fn only_a_complete_list_says_that_it_never_arrived() {
    // An intent that somebody made by hand says nothing.
    let by_hand = with(intent("succeeded"), "metadata", json!({}));
    for (first, second, expected) in [
        (list(vec![], false), None, Charged::never_arrived()),
        (list(vec![other("pi_9"), by_hand], false), None, Charged::never_arrived()),
        (
            list(vec![other("pi_9")], true),
            Some((200, list(vec![other("pi_8")], false))),
            Charged::never_arrived(),
        ),
        (list(vec![other("pi_9")], true), Some((500, error("api_error", "unknown"))), Charged::unknown()),
        (list(vec![other("pi_9")], true), Some((200, json!({ "data": [] }))), Charged::unknown()),
        (list(vec![other("pi_9")], true), None, Charged::unknown()),
        (list(vec![], true), None, Charged::unknown()),
        (list(vec![json!({ "id": "pi_9" })], false), None, Charged::unknown()),
        (with(list(vec![], false), "object", "search_result"), None, Charged::unknown()),
        (with(list(vec![], false), "has_more", json!(null)), None, Charged::unknown()),
        (json!({}), None, Charged::unknown()),
        (json!([]), None, Charged::unknown()),
    ] {
        let double = Double::new().await;
        page_after(&double, None, 200, first.clone()).await;
        if let Some((status, body)) = second {
            page_after(&double, Some("pi_9"), status, body).await;
        }
        assert_eq!(double.stripe.look_up(&charge(), None).await, expected, "{first}");
    }
    let unknown_customer = error("invalid_request_error", "resource_missing");
    let double = Double::answering("GET", INTENTS, 400, unknown_customer).await;
    assert_eq!(double.stripe.look_up(&charge(), None).await, Charged::unknown());
}

#[tokio::test]
async fn a_list_that_goes_on_for_ever_is_given_up() {
    let double = Double::new().await;
    let pages = AtomicUsize::new(0);
    Mock::given(path(INTENTS))
        .respond_with(move |_: &wiremock::Request| {
            let page = pages.fetch_add(1, Ordering::Relaxed);
            ResponseTemplate::new(200).set_body_json(list(vec![other(&format!("pi_{page}"))], true))
        })
        .mount(&double.server)
        .await;
    assert_eq!(double.stripe.look_up(&charge(), None).await, Charged::unknown());
    assert_eq!(double.asked().await.len(), 100);
}

/// Everybody's charges would not be a list of this customer's.
#[tokio::test]
async fn without_a_customer_nothing_is_asked() {
    let double = Double::answering("GET", INTENTS, 200, list(vec![], false)).await;
    let nobodys = Charge { customer: String::new(), ..charge() };
    assert_eq!(double.stripe.look_up(&nobodys, None).await, Charged::unknown());
    assert_eq!(double.asked().await, []);
}
