//! Plans, and people who have cards and subscriptions.

use backend::{
    Access,
    billing::{self, Accepted, BillingSettings, CardRole, OfferedPlan, Overview, PaymentMethod, TestCard},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    CardSetupId,
    billing::{Interval, Limits, Plan, StateName},
};
use sqlx::PgPool;

use crate::support::World;

pub struct Billed {
    pub world: World,
}

impl Billed {
    /// Starter, Growth and Scale, and no trial; at noon of 5 May 2016 in Denver.
    pub async fn new(pool: PgPool) -> Self {
        Self::with(pool, 0).await
    }

    pub async fn with(pool: PgPool, trial_days: u32) -> Self {
        let mut world = World::new(pool).await;
        let settings = BillingSettings { trial_days, ..BillingSettings::default() };
        world.backend = world.backend.clone().billing_as(settings);
        let billed = Self { world };
        for (code, tier, month, seats) in
            [("starter", 1, 24_995, Some(5)), ("growth", 2, 59_995, Some(20)), ("scale", 3, 99_995, None)]
        {
            billed.plan(code, tier, month, seats).await;
        }
        billed.at("2016-05-05T18:00:00Z");
        billed
    }

    pub async fn plan(&self, code: &str, tier: u32, month_minor: i64, seats: Option<u32>) -> u32 {
        let plan = Plan {
            code: code.into(),
            version: 1,
            tier,
            month_minor: Some(month_minor),
            year_minor: Some(month_minor * 10),
            limits: Limits { seats, ..Limits::default() },
        };
        let offered = OfferedPlan {
            plan,
            name: code[..1].to_uppercase() + &code[1..],
            description: String::new(),
            currency: "USD".into(),
            is_custom: false,
        };
        billing::add_plan(&self.world.backend, &offered, &[]).await.unwrap()
    }

    pub fn at(&self, instant: &str) {
        let at: DateTime<Utc> = instant.parse().unwrap();
        self.world.advance(at - self.world.now());
    }

    /// So many days later everything is done that was due by then.
    pub async fn days_later(&self, days: i64) {
        for _ in 0..days {
            self.world.advance(Duration::days(1));
            billing::tick(&self.world.backend).await.unwrap();
        }
    }

    /// Olive, as of now: a proof is not fresh for long, and the clock is moved.
    pub fn olive(&self) -> Access {
        self.world.olive().access.clone()
    }

    /// Enters a card at the gateway, as Olive.
    pub async fn enter(&self, card: TestCard) -> PaymentMethod {
        self.enter_until(card, "12/40").await
    }

    pub async fn enter_until(&self, card: TestCard, expires: &str) -> PaymentMethod {
        let (backend, olive) = (&self.world.backend, self.olive());
        let url = billing::begin_card(backend, &olive).await.unwrap();
        let visit = url.rsplit('/').next().unwrap();
        let back = billing::test_visit_done(backend, visit, card.number(), expires).await.unwrap();
        let setup: CardSetupId = back.rsplit('/').next().unwrap().parse().unwrap();
        billing::end_card(backend, &olive, setup).await.unwrap().expect("a card")
    }

    pub async fn use_card(&self, card: TestCard) -> PaymentMethod {
        let method = self.enter(card).await;
        if method.role != Some(CardRole::Default) {
            let change = billing::CardChange::MakeDefault;
            billing::change_card(&self.world.backend, &self.olive(), method.id, change).await.unwrap();
        }
        method
    }

    pub async fn choose(&self, plan: &str, interval: Interval) -> backend::Result<Accepted> {
        let (backend, olive) = (&self.world.backend, self.olive());
        let quote = billing::make_quote(backend, &olive, plan, interval).await?;
        billing::accept_quote(backend, &olive, quote).await
    }

    pub async fn overview(&self) -> Overview {
        billing::overview(&self.world.backend, &self.olive()).await.unwrap()
    }

    pub async fn state(&self) -> StateName {
        self.overview().await.subscription.expect("a subscription").state.name()
    }

    /// The plan's code.
    pub async fn has(&self) -> String {
        self.overview().await.subscription.expect("a subscription").terms.plan.code
    }

    /// Charges that the bank of the test gateway knows as paid, in the smallest unit.
    pub async fn moved(&self) -> (i64, i64) {
        sqlx::query_as(
            "select count(*), coalesce(sum(amount_minor), 0)::bigint from test_gateway_charge where outcome = 'paid'",
        )
        .fetch_one(&self.world.root)
        .await
        .unwrap()
    }

    /// Numbers of the issuer, in order, with what each is over and how it stands.
    pub async fn invoices(&self) -> Vec<(i64, i64, String)> {
        sqlx::query_as("select serial, total_minor, status from invoice order by serial")
            .fetch_all(&self.world.root)
            .await
            .unwrap()
    }

    pub async fn check_books(&self) {
        let problems = billing::check_books(&self.world.backend).await.unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        let serials: Vec<i64> = self.invoices().await.into_iter().map(|(serial, ..)| serial).collect();
        let expected: Vec<i64> = (1..=serials.len() as i64).collect();
        assert_eq!(serials, expected, "numbers without a gap");
    }

    /// Subjects of the mails that went out, in order.
    pub async fn subjects(&self) -> Vec<String> {
        self.world.mails().await.into_iter().map(|mail| mail.subject).collect()
    }
}
