//! Plans that change or end, and cards that expire.

use super::*;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_change_that_came_to_nothing_is_told(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::AnswerLost).await;
    assert_eq!(billed.choose("growth", Interval::Month).await.unwrap(), Accepted::Awaited);
    // The gateway never heard of it.
    sqlx::query("delete from test_gateway_charge where outcome = 'paid' and amount_minor <> 24995")
        .execute(&billed.world.root)
        .await
        .unwrap();
    billed.world.advance(Duration::minutes(5));
    billing::tick(&billed.world.backend).await.unwrap();
    let mail = last(&billed, "your plan has not changed").await;
    assert_eq!(
        mail.paragraphs,
        [
            "The payment for the change to Growth did not come in time, so the change was dropped. Your plan is still \
             Starter by the month.",
            "Nothing was charged for it. Should the payment turn up after all, it becomes balance.",
        ]
    );
    assert!(now(&billed, MailKind::InvoiceIssued, Some(2)).await.is_none(), "its invoice is void");
    only(&billed, TestCard::Good).await;
    assert_eq!(billed.choose("growth", Interval::Month).await.unwrap(), Accepted::Done);
    assert!(now(&billed, MailKind::PlanNotChanged, Some(2)).await.is_none(), "it was changed after all");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_was_paid_too_late_for_a_change_is_told_as_balance(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Late).await;
    billed.at("2016-06-05T05:58:00Z");
    assert_eq!(billed.choose("growth", Interval::Month).await.unwrap(), Accepted::Awaited);
    for minutes in [5, 60] {
        billed.world.advance(Duration::minutes(minutes));
        billing::tick(&billed.world.backend).await.unwrap();
    }
    let mail = last(&billed, "your plan has not changed").await;
    let balance = "The payment came only after the period had ended, and was added to your balance. The balance is USD \
                   11.29 now.";
    assert_eq!(mail.paragraphs[1], balance);
    let receipt = last(&billed, "a payment was added to your balance").await;
    assert!(receipt.paragraphs[0].contains("The balance is USD 11.29 now"), "{receipt:?}");
    assert!(receipt.attachment.is_none());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_change_to_come_says_when_what_and_what_will_not_fit(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.plan("tiny", 0, 9_995, Some(2)).await;
    billed.enter(TestCard::Good).await;
    billed.choose("growth", Interval::Month).await.unwrap();
    billed.choose("tiny", Interval::Month).await.unwrap();
    let room = [
        "The next invoice comes on 5 June 2016, over USD 99.95.",
        "This does not fit into it. Please make room before then:",
        "Seats: you have 3, and the plan includes 2.",
        "Until then you can drop the change in Settings, under “Billing”.",
    ];
    let chosen = last(&billed, "Tiny").await;
    assert_eq!(chosen.subject, "Acme: Tiny by the month from 5 June 2016 on");
    assert_eq!(
        chosen.paragraphs[0],
        "From 5 June 2016 on your plan is Tiny, for USD 99.95 a month. Until then everything stays as it is."
    );
    assert_eq!(chosen.paragraphs[1..], room);
    leads_to(&chosen, "");
    let reminders = days(&billed, 30).await;
    let sentences: Vec<_> = reminders.iter().map(|mail| &*mail.paragraphs[0]).collect();
    assert_eq!(
        sentences,
        [
            "In 7 days, on 5 June 2016, your plan becomes Tiny, for USD 99.95 a month.",
            "Tomorrow, on 5 June 2016, your plan becomes Tiny, for USD 99.95 a month.",
        ]
    );
    for mail in &reminders {
        assert_eq!(mail.subject, "Acme: a reminder: Tiny by the month from 5 June 2016 on");
        assert_eq!(mail.paragraphs[1..], room);
    }
    billing::keep_plan(&billed.world.backend, &billed.olive()).await.unwrap();
    for kind in [MailKind::ChangeScheduled, MailKind::DowngradeComing] {
        assert!(now(&billed, kind, None).await.is_none(), "{kind:?} after it was dropped");
    }
    billed.choose("starter", Interval::Month).await.unwrap();
    let fits = now(&billed, MailKind::DowngradeComing, None).await.unwrap();
    assert_eq!(fits.paragraphs[2], "Everything that you have fits into it.");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_plan_into_which_not_everything_fits_says_so_when_it_begins(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.plan("tiny", 0, 9_995, Some(2)).await;
    billed.enter(TestCard::Good).await;
    billed.choose("growth", Interval::Month).await.unwrap();
    billed.choose("tiny", Interval::Month).await.unwrap();
    days(&billed, 31).await;
    let changed = last(&billed, "your plan is Tiny by the month").await;
    assert_eq!(
        changed.paragraphs[2..],
        ["This does not fit into it:", "Seats: you have 3, and the plan includes 2."]
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_change_in_a_trial_says_that_the_trial_goes_on(pool: PgPool) {
    let billed = Billed::with(pool, 14).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    billed.choose("growth", Interval::Month).await.unwrap();
    let mail = last(&billed, "your plan is").await;
    assert_eq!(
        mail.paragraphs[1..],
        [
            "Your trial goes on until 18 May 2016 and costs nothing.",
            "The next invoice comes on 19 May 2016, over USD 599.95.",
        ]
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_card_that_expires_is_named_with_the_charge_that_it_breaks(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter_until(TestCard::Good, "06/16").await;
    billed.choose("starter", Interval::Month).await.unwrap();
    days(&billed, 31).await;
    let mail = last(&billed, "a card is about to expire").await;
    assert_eq!(
        mail.paragraphs,
        [
            "The card Visa ending in 4242 expires at the end of June 2016. The charge of 5 July 2016 over USD 249.95 would \
          fail. Please add another card before then."
        ]
    );
    leads_to(&mail, "/cards");
    let warnings = days(&billed, 29).await;
    assert_eq!(warnings.len(), 3, "{warnings:#?}");
    let tomorrow = &warnings.last().unwrap().paragraphs[0];
    assert!(
        tomorrow.starts_with("The card Visa ending in 4242 expired at the end of June 2016."),
        "{tomorrow}"
    );
    assert!(now(&billed, MailKind::CardExpiring, None).await.is_some());
    billed.use_card(TestCard::Slow).await;
    assert!(now(&billed, MailKind::CardExpiring, None).await.is_none(), "another card is charged");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_end_is_told_twice_and_not_when_it_goes_on(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let (backend, olive) = (&billed.world.backend, billed.olive());
    billing::cancel(backend, &olive).await.unwrap();
    let ending = last(&billed, "the subscription ends").await;
    assert_eq!(ending.subject, "Acme: the subscription ends on 5 June 2016");
    assert_eq!(
        ending.paragraphs,
        [
            "The subscription to Starter ends on 5 June 2016. Until then everything works. Nothing more is charged.",
            "Until then you can keep it in Settings, under “Billing”.",
        ]
    );
    billing::keep_plan(backend, &olive).await.unwrap();
    assert!(now(&billed, MailKind::SubscriptionEnding, None).await.is_none(), "it goes on");
    billing::cancel(backend, &olive).await.unwrap();
    assert!(now(&billed, MailKind::SubscriptionEnded, None).await.is_none(), "it has not ended yet");
    days(&billed, 31).await;
    let ended = last(&billed, "the subscription has ended").await;
    assert_eq!(
        ended.paragraphs,
        [
            "The subscription to Starter ended on 5 June 2016. There will be no more invoices for it.",
            "You can choose a plan again at any time in Settings, under “Billing”.",
        ]
    );
    leads_to(&ended, "");
    assert!(now(&billed, MailKind::SubscriptionEnding, None).await.is_none(), "it has ended");
    billed.choose("starter", Interval::Month).await.unwrap();
    assert!(now(&billed, MailKind::SubscriptionEnded, None).await.is_none(), "another one has begun");
}
