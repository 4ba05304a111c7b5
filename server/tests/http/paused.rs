//! An account whose debts were not paid: everything can be read, nothing of the account be changed, and paying brings it back at once.

use axum::http::StatusCode;
use backend::billing::{self, CardChange, OfferedPlan, TestCard};
use chrono::Duration;
use domain::{
    CardSetupId,
    billing::{Interval, Limits, Plan},
};
use sqlx::PgPool;

use crate::{
    access_table::{Needs, PLAIN, TABLE},
    files::upload,
    http_support::Http,
    support::Person,
};

/// Acme was paused yesterday.
struct Paused {
    http: Http,
}

impl Paused {
    async fn new(pool: PgPool) -> Self {
        let http = Http::new(pool).await;
        let (backend, olive) = (&http.world.backend, &http.world.olive().access);
        billing::add_plan(backend, &starter(), &[]).await.unwrap();
        enter(&http, TestCard::Good).await;
        let quote = billing::make_quote(backend, olive, "starter", Interval::Month).await.unwrap();
        billing::accept_quote(backend, olive, quote).await.unwrap();
        let lost = enter(&http, TestCard::Lost).await;
        billing::change_card(backend, olive, lost, CardChange::MakeDefault).await.unwrap();
        let cards = billing::overview(backend, olive).await.unwrap().cards;
        let good = cards.iter().find(|card| card.id != lost).unwrap().id;
        billing::change_card(backend, olive, good, CardChange::Remove).await.unwrap();
        // The trial, the timetable, and a day.
        for _ in 0..14 + 14 + 1 {
            http.world.advance(Duration::days(1));
            billing::tick(backend).await.unwrap();
        }
        Self { http }
    }

    /// In a browser of its own: some of what people may do ends their other sessions.
    async fn signed_in(&self, person: &Person) -> Person {
        let session_token = self.http.world.session(person.login_id, person.account).await;
        Person { session_token, ..person.clone() }
    }
}

fn starter() -> OfferedPlan {
    let plan = Plan {
        code: "starter".into(),
        version: 1,
        tier: 1,
        month_minor: Some(4_900),
        year_minor: None,
        limits: Limits::default(),
    };
    OfferedPlan {
        plan,
        name: "Starter".into(),
        description: String::new(),
        currency: "USD".into(),
        is_custom: false,
    }
}

async fn enter(http: &Http, card: TestCard) -> domain::PaymentMethodId {
    let (backend, olive) = (&http.world.backend, &http.world.olive().access);
    let url = billing::begin_card(backend, olive).await.unwrap();
    let visit = url.rsplit('/').next().unwrap();
    let back = billing::test_visit_done(backend, visit, card.number(), "12/40").await.unwrap();
    let setup: CardSetupId = back.rsplit('/').next().unwrap().parse().unwrap();
    billing::end_card(backend, olive, setup).await.unwrap().unwrap().id
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn no_door_changes_anything_of_a_paused_account(pool: PgPool) {
    let paused = Paused::new(pool).await;
    let http = &paused.http;
    let mut answered = vec![];
    for (path, needs, form) in TABLE {
        let leaves = ["/api/identity/sign-out", "/api/identity/switch-account"];
        if matches!(needs, Needs::Nothing) || leaves.contains(path) {
            continue;
        }
        let olive = paused.signed_in(http.world.olive()).await;
        let answer = http.call(path, Some(&olive), form).await;
        assert_ne!(answer.code(), "sign_in_needed", "{path}");
        if answer.code() == "account_paused" {
            assert_eq!(answer.status, StatusCode::PAYMENT_REQUIRED, "{path}");
        } else {
            answered.push(*path);
        }
    }
    for (_, path, _) in PLAIN.iter().filter(|(_, path, _)| path.starts_with("/upload/")) {
        let olive = paused.signed_in(http.world.olive()).await;
        let answer = upload(http, path, Some(&olive), b"first name,email\nAda,ada@example.com\n").await;
        let is_own = *path == "/upload/photo";
        let where_to = (answer.status, answer.header("location"));
        assert_eq!(
            answer.body.contains("The account is paused"),
            !is_own,
            "{path}: {where_to:?} {}",
            answer.body
        );
    }
    insta::assert_snapshot!(answered.join("\n"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_page_says_that_the_account_is_paused_and_paying_brings_it_back(pool: PgPool) {
    let paused = Paused::new(pool).await;
    let http = &paused.http;
    let olive = paused.signed_in(http.world.olive()).await;
    let uma = paused.signed_in(http.world.uma()).await;
    for (person, says) in [(&olive, "See billing"), (&uma, "An Admin of your account can do that.")] {
        let page = http.get("/me", Some(person)).await;
        assert_eq!(page.status, StatusCode::OK);
        for text in ["This account is paused", says] {
            assert!(page.body.contains(text), "{text}");
        }
    }
    let otto = paused.signed_in(http.world.otto()).await;
    let other = http.get("/me", Some(&otto)).await;
    assert!(!other.body.contains("This account is paused"), "another account is none of it");
    let change = "name=Acme+again&time_zone=America%2FDenver&country=US";
    assert_eq!(http.call("/api/account/change", Some(&olive), change).await.code(), "account_paused");
    let good = enter(http, TestCard::Good).await;
    let (backend, access) = (&http.world.backend, &http.world.olive().access);
    billing::change_card(backend, access, good, CardChange::MakeDefault).await.unwrap();
    assert_eq!(http.call("/api/billing/pay", Some(&olive), "").await.status, StatusCode::OK);
    assert_eq!(http.call("/api/account/change", Some(&olive), change).await.status, StatusCode::OK);
    assert!(!http.get("/me", Some(&olive)).await.body.contains("This account is paused"));
}
