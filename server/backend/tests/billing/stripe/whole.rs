//! An account whose gateway is Stripe: from the card to what Stripe tells by itself.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use backend::billing::{self, Accepted, BillingSettings, CardRole, Gateway};
use domain::{
    AccountId, CardSetupId, Refusal,
    billing::{Interval, StateName},
};
use serde_json::{Value, json};
use sqlx::PgPool;
use url::form_urlencoded;
use wiremock::{Mock, Request, Respond, ResponseTemplate, matchers::path_regex};

use super::{
    Double,
    notices::{event, header_for},
    with,
};
use crate::{billing::world::Billed, support::refusal};

/// Remembers PaymentIntents, and can keep to itself what became of one.
#[derive(Clone, Default)]
struct Intents {
    all: Arc<Mutex<Vec<Value>>>,
    is_silent: Arc<AtomicBool>,
}

impl Intents {
    fn make(&self, body: &[u8]) -> Value {
        let form: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        let said = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let mut all = self.all.lock().unwrap();
        let intent = json!({
            "id": format!("pi_{}", all.len()), "object": "payment_intent", "status": "succeeded",
            "amount": said("amount").unwrap().parse::<i64>().unwrap(), "currency": said("currency"),
            "metadata": { "key": said("metadata[key]") }, "last_payment_error": null,
        });
        all.push(intent.clone());
        intent
    }
}

impl Respond for Intents {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        if request.method == "POST" {
            let intent = self.make(&request.body);
            let is_silent = self.is_silent.load(Ordering::SeqCst);
            return if is_silent { ResponseTemplate::new(500) } else { answer(&intent) };
        }
        let all = self.all.lock().unwrap();
        match request.url.path().rsplit('/').next() {
            Some("payment_intents") => answer(&json!({ "object": "list", "data": *all, "has_more": false })),
            one => answer(all.iter().find(|intent| intent["id"].as_str() == one).unwrap()),
        }
    }
}

fn answer(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

struct Shop {
    billed: Billed,
    double: Double,
    intents: Intents,
}

impl Shop {
    /// At the moment at which notices are signed.
    async fn new(pool: PgPool) -> Self {
        let mut billed = Billed::new(pool).await;
        billed.at("2016-07-01T00:00:00Z");
        let (double, intents) = (Double::new().await, Intents::default());
        Mock::given(path_regex("^/v1/payment_intents"))
            .respond_with(intents.clone())
            .mount(&double.server)
            .await;
        double.answers("POST", "/v1/customers", 200, json!({ "id": "cus_Olive" })).await;
        let page = json!({ "id": "cs_1", "url": "https://checkout.stripe.com/c/pay/cs_1" });
        double.answers("POST", "/v1/checkout/sessions", 200, page).await;
        let card = json!({ "brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2030 });
        let intent = json!({ "status": "succeeded", "payment_method": { "id": "pm_Visa", "card": card } });
        let session = json!({ "id": "cs_1", "status": "complete", "setup_intent": intent });
        double.answers("GET", "/v1/checkout/sessions/cs_1", 200, session).await;
        let gateway = Gateway::Stripe(double.stripe.clone());
        let settings = BillingSettings { gateway, trial_days: 0, ..BillingSettings::default() };
        billed.world.backend = billed.world.backend.clone().billing_as(settings);
        Self { billed, double, intents }
    }

    async fn visit(&self) -> CardSetupId {
        let (backend, olive) = (&self.billed.world.backend, self.billed.olive());
        let url = billing::begin_card(backend, &olive).await.unwrap();
        assert_eq!(url, "https://checkout.stripe.com/c/pay/cs_1");
        let asked = self.double.asked().await;
        let form = &asked.last().unwrap().form;
        let (_, back) = form.iter().find(|(name, _)| name == "success_url").unwrap();
        back.rsplit('/').next().unwrap().parse().unwrap()
    }

    async fn subscribed(pool: PgPool) -> Self {
        let shop = Self::new(pool).await;
        let setup = shop.visit().await;
        let card = billing::end_card(&shop.billed.world.backend, &shop.billed.olive(), setup).await.unwrap();
        assert_eq!(card.unwrap().words(), "Visa ending in 4242");
        let done = shop.billed.choose("starter", Interval::Month).await.unwrap();
        assert_eq!(done, Accepted::Done);
        shop
    }

    async fn told(&self, body: &[u8]) -> backend::Result<()> {
        billing::hear(&self.billed.world.backend, &header_for(body), body).await
    }

    fn intent(&self, number: usize) -> Value {
        self.intents.all.lock().unwrap()[number].clone()
    }

    /// What Stripe was asked meanwhile, without what had been asked before.
    async fn asked_since(&self, before: usize) -> Vec<String> {
        self.double.asked().await.into_iter().skip(before).map(|asked| asked.what).collect()
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_card_is_entered_charged_and_forgotten_at_stripe(pool: PgPool) {
    let shop = Shop::subscribed(pool).await;
    assert_eq!(shop.billed.state().await, StateName::Active);
    assert_eq!(shop.intent(0)["amount"], 24_995);
    assert_eq!(shop.billed.invoices().await, [(1, 24_995, "paid".to_owned())]);
    shop.billed.check_books().await;
    shop.double.answers("POST", "/v1/payment_methods/pm_Visa/detach", 200, json!({ "id": "pm_Visa" })).await;
    let (backend, olive) = (&shop.billed.world.backend, shop.billed.olive());
    let card = shop.billed.overview().await.cards[0].id;
    billing::change_card(backend, &olive, card, billing::CardChange::Remove).await.unwrap();
    let asked = shop.double.asked().await;
    assert_eq!(asked.last().unwrap().what, "POST /v1/payment_methods/pm_Visa/detach");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_outcome_that_stripe_tells_later_is_asked_for_and_counts_once(pool: PgPool) {
    let shop = Shop::subscribed(pool).await;
    shop.intents.is_silent.store(true, Ordering::SeqCst);
    assert_eq!(shop.billed.choose("growth", Interval::Month).await.unwrap(), Accepted::Awaited);
    assert_eq!(shop.billed.has().await, "starter");
    let body = event("payment_intent.succeeded", &shop.intent(1));
    shop.told(&body).await.unwrap();
    assert_eq!(shop.billed.has().await, "growth");
    let before = shop.double.asked().await.len();
    shop.told(&body).await.unwrap();
    assert_eq!(shop.asked_since(before).await, Vec::<String>::new(), "it is known already");
    // The same outcome in another notice, and one about a charge that was settled long ago.
    for number in [1, 0] {
        let told = event("payment_intent.payment_failed", &shop.intent(number));
        let body = String::from_utf8(told).unwrap().replace("evt_1", &format!("evt_again_{number}"));
        shop.told(body.as_bytes()).await.unwrap();
    }
    let intents = shop.intents.all.lock().unwrap().len();
    assert_eq!((intents, shop.billed.has().await.as_str()), (2, "growth"));
    assert_eq!(shop.billed.overview().await.balance_minor, 0);
    shop.billed.check_books().await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_card_is_there_even_when_nobody_came_back(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let setup = shop.visit().await;
    let account = shop.billed.world.acme.to_string();
    let session = json!({ "id": "cs_1", "metadata": { "account": account } });
    shop.told(&event("checkout.session.completed", &session)).await.unwrap();
    let cards = shop.billed.overview().await.cards;
    assert_eq!(cards.iter().map(|card| card.role).collect::<Vec<_>>(), [Some(CardRole::Default)]);
    let back = billing::end_card(&shop.billed.world.backend, &shop.billed.olive(), setup).await.unwrap();
    assert_eq!(back.map(|card| card.id), Some(cards[0].id));
    assert_eq!(shop.billed.overview().await.cards.len(), 1);
    let otto = &shop.billed.world.otto().access;
    assert!(billing::overview(&shop.billed.world.backend, otto).await.unwrap().cards.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn notices_about_others_are_taken_and_change_nothing(pool: PgPool) {
    let shop = Shop::subscribed(pool).await;
    let (acme, others) = (shop.billed.world.acme, shop.billed.world.others);
    let nobody: AccountId = super::ACCOUNT.parse().unwrap();
    let before = shop.double.asked().await.len();
    let charge =
        |key: String| event("payment_intent.succeeded", &json!({ "id": "pi_9", "metadata": { "key": key } }));
    let visit = |account: AccountId, id: &str| {
        let session = json!({ "id": id, "metadata": { "account": account.to_string() } });
        event("checkout.session.completed", &session)
    };
    for body in [
        charge(format!("{acme}-77")),
        charge(format!("{nobody}-1")),
        charge(format!("{others}-1")),
        charge(format!("{acme}-01")),
        charge("a shop's own".into()),
        visit(others, "cs_1"),
        visit(nobody, "cs_1"),
        visit(acme, "cs_2"),
        event("invoice.paid", &json!({})),
    ] {
        let said = String::from_utf8_lossy(&body).into_owned();
        assert!(shop.told(&body).await.is_ok(), "{said}");
    }
    assert_eq!(shop.asked_since(before).await, Vec::<String>::new());
    assert_eq!(shop.billed.invoices().await.len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_stripe_has_not_signed_is_refused(pool: PgPool) {
    let shop = Shop::subscribed(pool).await;
    let body = event("payment_intent.succeeded", &shop.intent(0));
    let backend = &shop.billed.world.backend;
    let mut forged = body.clone();
    forged.push(b' ');
    assert_eq!(refusal(billing::hear(backend, &header_for(&body), &forged).await), Refusal::LinkNotValid);
    assert_eq!(refusal(billing::hear(backend, "", &body).await), Refusal::LinkNotValid);
    let test = backend.clone().billing_as(BillingSettings::default());
    assert_eq!(refusal(billing::hear(&test, &header_for(&body), &body).await), Refusal::LinkNotValid);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn while_stripe_is_away_it_has_to_tell_again(pool: PgPool) {
    let shop = Shop::new(pool).await;
    shop.visit().await;
    shop.double.server.reset().await;
    let account = shop.billed.world.acme.to_string();
    let body =
        event("checkout.session.completed", &json!({ "id": "cs_1", "metadata": { "account": account } }));
    assert_eq!(refusal(shop.told(&body).await), Refusal::GatewayAway);
    let again = with(
        json!({ "id": "cs_1", "status": "complete" }),
        "setup_intent",
        json!({
            "status": "succeeded",
            "payment_method": { "id": "pm_Visa", "card": { "brand": "visa", "last4": "4242", "exp_month": 1, "exp_year": 2030 } },
        }),
    );
    shop.double.answers("GET", "/v1/checkout/sessions/cs_1", 200, again).await;
    shop.told(&body).await.unwrap();
    assert_eq!(shop.billed.overview().await.cards.len(), 1);
}
