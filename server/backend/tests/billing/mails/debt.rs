//! Payments that fail, and the pause.

use super::*;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_mail_about_a_failed_payment_has_the_dates_to_come(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    let mails = days(&billed, 31 + 14).await;
    let failed: Vec<_> =
        mails.iter().filter(|mail| mail.subject.ends_with("could not be collected")).collect();
    let dates = [
        "8 June 2016: the card is tried again",
        "12 June 2016: the card is tried again",
        "15 June 2016: the card is tried again",
        "19 June 2016: the card is tried a last time; if it fails, the account is paused",
    ];
    assert_eq!(failed.len(), dates.len(), "{failed:#?}");
    for (over, mail) in failed.iter().enumerate() {
        assert_eq!(mail.subject, "Acme: USD 249.95 could not be collected");
        assert_eq!(
            mail.paragraphs[0],
            "USD 249.95 could not be collected: the card Visa ending in 0002 was declined."
        );
        assert_eq!(mail.paragraphs[1], "Unless it is paid before, this is what happens:");
        assert_eq!(mail.paragraphs[2..], dates[over..]);
        assert_eq!(
            mail.note,
            "This is about INV-000002. The link pays with the Visa ending in 0002 and can do nothing else. It works \
             without signing in. You get this mail because you are an Admin of Acme."
        );
        pays(mail);
    }
    let paused = mails.last().unwrap();
    assert_eq!(paused.subject, "Acme: the account is paused");
    assert_eq!(
        paused.paragraphs,
        [
            "USD 249.95 could not be collected, although it was tried until the last date. Since 19 June 2016 the account is \
             paused.",
            "What works: signing in, reading and downloading everything, and billing. Public booking pages go on \
             taking bookings.",
            "What does not work: everything that changes something. Nothing is lost.",
            "As soon as it is paid, everything works again exactly as before. If the card Visa ending in 0002 does not work \
             any more, add another one in Settings, under “Billing” first.",
        ]
    );
    pays(paused);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_invoice_of_a_failed_payment_says_that_it_is_to_be_paid(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    days(&billed, 31).await;
    let issued = last(&billed, "INV-000002").await;
    let end = "USD 249.95 is still to be paid. Another mail says what happens next.";
    assert_eq!(issued.paragraphs.last().unwrap(), end);
    only(&billed, TestCard::Good).await;
    assert_eq!(billing::pay_now(&billed.world.backend, &billed.olive()).await.unwrap(), Paid::All);
    let again = now(&billed, MailKind::InvoiceIssued, Some(2)).await.unwrap();
    assert_eq!(again.paragraphs.last().unwrap(), "USD 249.95 was charged to the card Visa ending in 4242.");
    let receipt = last(&billed, "received").await;
    assert_eq!(receipt.subject, "Acme: USD 249.95 received");
    assert_eq!(
        receipt.paragraphs,
        [
            "We have received USD 249.95 for the invoice INV-000002. The card Visa ending in 4242 paid it. Nothing more is owed."
        ]
    );
    leads_to(&receipt, "/invoices/2");
    brings_invoice(&receipt, "INV-000002");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_hard_decline_asks_for_another_card_and_reminds(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Lost).await;
    let first = days(&billed, 31).await.pop().unwrap();
    assert_eq!(
        first.paragraphs,
        [
            "USD 249.95 could not be collected: the card Visa ending in 9987 was declined for good. This card will not work \
             again. Please add another one in Settings, under “Billing”.",
            "Unless it is paid before, this is what happens:",
            "8 June 2016: we remind you",
            "12 June 2016: we remind you",
            "15 June 2016: we remind you",
            "19 June 2016: the account is paused",
        ]
    );
    pays(&first);
    let reminders = days(&billed, 13).await;
    assert_eq!(reminders.len(), 3, "{reminders:#?}");
    for (over, mail) in reminders.iter().enumerate() {
        assert_eq!(mail.subject, "Acme: USD 249.95 is still to be paid");
        assert_eq!(
            mail.paragraphs[0],
            "USD 249.95 is still to be paid, and the card Visa ending in 9987 will not work again. Please add another one \
             in Settings, under “Billing”."
        );
        assert_eq!(mail.paragraphs[2..], first.paragraphs[3 + over..]);
        pays(mail);
    }
    let backup = billed.enter(TestCard::Declined).await;
    let change = CardChange::MakeBackup;
    billing::change_card(&billed.world.backend, &billed.olive(), backup.id, change).await.unwrap();
    let mail = now(&billed, MailKind::PaymentReminder, Some(2)).await.unwrap();
    assert_eq!(
        mail.paragraphs[2..],
        ["19 June 2016: the backup card is tried; if it fails, the account is paused"]
    );
    let paused = days(&billed, 1).await;
    let subjects: Vec<_> = paused.iter().map(|mail| &*mail.subject).collect();
    assert_eq!(subjects, ["Acme: the account is paused"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_card_that_took_the_place_of_the_declined_one_is_named(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::InsufficientOnce).await;
    let first = days(&billed, 31).await.pop().unwrap();
    let declined = "USD 249.95 could not be collected: the card Visa ending in 9995 was declined: there was too little money.";
    assert_eq!(first.paragraphs[0], declined);
    only(&billed, TestCard::Good).await;
    let mail = now(&billed, MailKind::PaymentFailed, Some(2)).await.unwrap();
    assert_eq!(mail.paragraphs[0], format!("{declined} The card Visa ending in 4242 has taken its place."));
    let mail = now(&billed, MailKind::PaymentReminder, Some(2)).await.unwrap();
    assert_eq!(
        mail.paragraphs[0],
        "USD 249.95 is still to be paid. It will be charged to the card Visa ending in 4242."
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_any_card_the_mail_asks_for_one(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Good).await;
    let card = billed.overview().await.cards.pop().unwrap();
    billing::change_card(&billed.world.backend, &billed.olive(), card.id, CardChange::Remove).await.unwrap();
    let mail = days(&billed, 31).await.pop().unwrap();
    assert_eq!(
        mail.paragraphs[0],
        "USD 249.95 could not be collected: there is no card. Please add one in Settings, under “Billing”."
    );
    assert!(mail.note.contains("The link can only pay, and only once there is a card."), "{}", mail.note);
    pays(&mail);
    let paused = days(&billed, 14).await.pop().unwrap();
    let end = paused.paragraphs.last().unwrap();
    assert!(end.ends_with("There is no card; please add one in Settings, under “Billing” first."), "{end}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_paid_meanwhile_is_not_asked_for(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    days(&billed, 31 + 14).await;
    assert_eq!(billed.state().await, StateName::Paused);
    assert!(now(&billed, MailKind::AccountResumed, Some(2)).await.is_none(), "it is still paused");
    assert!(now(&billed, MailKind::PaymentFailed, Some(2)).await.is_none(), "the pause says it");
    only(&billed, TestCard::Good).await;
    assert_eq!(billing::pay_now(&billed.world.backend, &billed.olive()).await.unwrap(), Paid::All);
    let back = last(&billed, "the account is back").await;
    assert_eq!(
        back.paragraphs,
        [
            "Everything is paid. The account works again exactly as it did before.",
            "The next invoice comes on 5 July 2016, over USD 249.95.",
        ]
    );
    leads_to(&back, "");
    for kind in [MailKind::PaymentFailed, MailKind::PaymentReminder, MailKind::AccountPaused] {
        assert!(now(&billed, kind, Some(2)).await.is_none(), "{kind:?}");
    }
}

/// Paused over the end of the period, paid for on 25 July, and the part of a period after that fails again and is cancelled.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn dates_after_the_end_of_the_subscription_are_left_out(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    billed.days_later(31 + 14 + 36).await;
    only(&billed, TestCard::Good).await;
    assert_eq!(billing::pay_now(&billed.world.backend, &billed.olive()).await.unwrap(), Paid::All);
    let olive = billed.olive();
    let good = billed.overview().await.cards.pop().unwrap();
    // No card any more, so that the next charge fails.
    billing::change_card(&billed.world.backend, &olive, good.id, CardChange::Remove).await.unwrap();
    billing::tick(&billed.world.backend).await.unwrap();
    if billed.state().await != StateName::PastDue {
        panic!("{:#?}", billed.overview().await);
    }
    billing::cancel(&billed.world.backend, &olive).await.unwrap();
    let mail = now(&billed, MailKind::PaymentFailed, Some(3)).await.unwrap();
    assert_eq!(
        mail.paragraphs[2..],
        [
            "28 July 2016: we remind you",
            "1 August 2016: we remind you",
            "4 August 2016: we remind you",
            "5 August 2016: the subscription ends, and what is owed stays owed",
        ]
    );
    let ending = last(&billed, "the subscription ends").await;
    let owed = billed.overview().await.owed_minor;
    assert!(owed > 0 && ending.paragraphs[0].ends_with("is still to be paid."), "{ending:?}");
    billed.days_later(11).await;
    let ended = last(&billed, "the subscription has ended").await;
    pays(&ended);
}
