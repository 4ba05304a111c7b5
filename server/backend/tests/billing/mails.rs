//! What the mails of billing say, to whom they go, and when they have become pointless.

use backend::{
    billing::{self, Accepted, BillingMail, BillingSettings, CardChange, CardRole, Paid, TestCard},
    jobs::Job,
    mail::{Content, Letter, Message, SendLetter},
};
use chrono::Duration;
use domain::{
    Role,
    billing::{Customer, Interval, MailKind, Party, StateName},
};
use sqlx::PgPool;

use super::world::Billed;

const KINDS: [MailKind; 13] = [
    MailKind::InvoiceIssued,
    MailKind::Receipt,
    MailKind::PaymentFailed,
    MailKind::PaymentReminder,
    MailKind::AccountPaused,
    MailKind::AccountResumed,
    MailKind::PlanChanged,
    MailKind::PlanNotChanged,
    MailKind::ChangeScheduled,
    MailKind::DowngradeComing,
    MailKind::CardExpiring,
    MailKind::SubscriptionEnding,
    MailKind::SubscriptionEnded,
];

/// Subscribed to Starter on 5 May; from then on there is this card alone.
async fn subscribed_then(pool: PgPool, card: TestCard) -> Billed {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    only(&billed, card).await;
    billed
}

async fn only(billed: &Billed, card: TestCard) {
    let kept = billed.use_card(card).await;
    for other in billed.overview().await.cards.iter().filter(|other| other.id != kept.id) {
        let (backend, olive) = (&billed.world.backend, billed.olive());
        billing::change_card(backend, &olive, other.id, CardChange::Remove).await.unwrap();
    }
}

/// Day by day, with the mails of each day sent on that day; answers those that are new.
async fn days(billed: &Billed, days: i64) -> Vec<Message> {
    let before = billed.world.mails().await.len();
    for _ in 0..days {
        billed.days_later(1).await;
        billed.world.mails().await;
    }
    billed.world.mails().await.split_off(before)
}

/// The newest mail whose subject has this in it.
async fn last(billed: &Billed, subject: &str) -> Message {
    let mails = billed.world.mails().await;
    let subjects: Vec<_> = mails.iter().map(|mail| mail.subject.clone()).collect();
    let found = mails.into_iter().rfind(|mail| mail.subject.contains(subject));
    found.unwrap_or_else(|| panic!("no {subject:?} among {subjects:#?}"))
}

/// The mail of this kind as it would go to Olive now, if at all.
async fn now(billed: &Billed, kind: MailKind, invoice: Option<u32>) -> Option<Message> {
    let today = billed.overview().await.today;
    let to = billed.world.olive().email.clone();
    let mail = BillingMail { account: billed.world.acme, to, kind, on: today, invoice };
    let before = billed.world.mailbox.sent().len();
    SendLetter { letter: Letter::Billing(mail) }.run(&billed.world.backend).await.unwrap();
    billed.world.mailbox.sent().get(before).cloned()
}

#[track_caller]
fn pays(mail: &Message) {
    let action = mail.action.as_ref().unwrap();
    assert_eq!(action.label, "Pay now");
    assert!(action.url.starts_with("https://steward.test/pay/"), "{}", action.url);
    assert!(mail.note.contains("It works without signing in."), "{}", mail.note);
}

#[track_caller]
fn leads_to(mail: &Message, path: &str) {
    assert_eq!(mail.action.as_ref().unwrap().url, format!("https://steward.test/settings/billing{path}"));
}

#[track_caller]
fn brings_invoice(mail: &Message, serial: &str) {
    let file = mail.attachment.as_ref().expect("the invoice goes with it");
    assert_eq!((&*file.file_name, &*file.content_type), (&*format!("{serial}.pdf"), "application/pdf"));
    let Content::Bytes(bytes) = &file.content else { panic!("a PDF is no text") };
    assert!(bytes.starts_with(b"%PDF-"), "{:?}", &bytes[..bytes.len().min(8)]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_invoice_says_what_it_is_for_and_which_card_paid(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.at("2016-05-01T18:00:00Z");
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    billed.at("2016-05-05T18:00:00Z");
    billed.choose("growth", Interval::Month).await.unwrap();
    let mail = last(&billed, "INV-000002").await;
    assert_eq!((&*mail.sender_name, &*mail.subject), ("Acme", "Acme: INV-000002 over USD 304.84"));
    assert_eq!(
        mail.paragraphs,
        [
            "Invoice INV-000002 of 5 May 2016:",
            "Starter, given back, 5 to 31 May 2016, 27 of 31 days: -USD 217.70",
            "Growth, 5 to 31 May 2016, 27 of 31 days: USD 522.54",
            "Total: USD 304.84",
            "USD 304.84 was charged to the card Visa ending in 4242.",
        ]
    );
    assert_eq!(mail.note, "You get this mail because you are an Admin of Acme.");
    leads_to(&mail, "/invoices/2");
    brings_invoice(&mail, "INV-000002");
    let changed = last(&billed, "your plan is").await;
    assert_eq!(changed.subject, "Acme: your plan is Growth by the month");
    assert_eq!(
        changed.paragraphs,
        [
            "Your plan is Growth from now on, for USD 599.95 a month.",
            "The next invoice comes on 1 June 2016, over USD 599.95.",
        ]
    );
    leads_to(&changed, "");
    assert!(changed.attachment.is_none());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_given_back_and_what_the_balance_pays_are_not_charged(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Year).await.unwrap();
    billed.choose("growth", Interval::Month).await.unwrap();
    let back = last(&billed, "INV-000002").await;
    assert_eq!(back.subject, "Acme: INV-000002 over -USD 1,899.55");
    let end = &back.paragraphs[back.paragraphs.len() - 2..];
    assert_eq!(end, ["Total: -USD 1,899.55", "Nothing is charged. USD 1,899.55 is added to your balance."]);
    let changed = last(&billed, "your plan is").await;
    let next =
        "The next invoice comes on 5 June 2016, over USD 599.95, of which your balance pays USD 599.95.";
    assert_eq!(changed.paragraphs[1], next);
    billed.days_later(31).await;
    let paid = last(&billed, "INV-000003").await;
    assert_eq!(
        paid.paragraphs[1..],
        [
            "Growth, 5 June to 4 July 2016: USD 599.95",
            "Total: USD 599.95",
            "Paid from your balance: USD 599.95",
            "Nothing is charged.",
        ]
    );
    brings_invoice(&paid, "INV-000003");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn tax_is_named_with_its_rate_and_who_owes_it(pool: PgPool) {
    let mut billed = Billed::new(pool).await;
    let taxed = BillingSettings {
        trial_days: 0,
        issuer: Party { name: "Steward".into(), country: "DE".into(), ..Party::default() },
        tax_rates: vec![("US".into(), "8.875".parse().unwrap()), ("FR".into(), "20".parse().unwrap())],
        ..BillingSettings::default()
    };
    billed.world.backend = billed.world.backend.clone().billing_as(taxed);
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let mail = last(&billed, "INV-000001").await;
    assert_eq!(mail.paragraphs[2..4], ["Tax (8.875%): USD 22.18", "Total: USD 272.13"]);
    billed.plan("tiny", 0, 9_995, None).await;
    billed.choose("tiny", Interval::Month).await.unwrap();
    let scheduled = last(&billed, "Tiny").await;
    assert!(scheduled.paragraphs[0].contains("USD 99.95 a month, plus tax."), "{scheduled:?}");
    assert_eq!(scheduled.paragraphs[1], "The next invoice comes on 5 June 2016, over USD 108.82.");
    let french = Customer { country: "FR".into(), tax_id: "FR12345678901".into(), ..Customer::default() };
    billing::change_details(&billed.world.backend, &billed.olive(), &french, "").await.unwrap();
    billed.days_later(31).await;
    let mail = last(&billed, "INV-000002").await;
    assert_eq!(
        mail.paragraphs[2..4],
        ["Total: USD 99.95", "Reverse charge: you owe the tax on this yourselves."]
    );
}

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

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn everybody_who_is_to_hear_of_it_gets_a_mail_of_their_own(pool: PgPool) {
    let billed = Billed::new(pool).await;
    billed.world.person("ann@example.com", billed.world.acme, Role::Admin).await;
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let to = |mails: Vec<Message>| {
        let mut to: Vec<_> = mails.into_iter().map(|mail| (mail.to.to_string(), mail.note)).collect();
        to.sort();
        to
    };
    let admin = "You get this mail because you are an Admin of Acme.".to_owned();
    let both = [("ann@example.com".into(), admin.clone()), ("olive@example.com".into(), admin)];
    assert_eq!(to(billed.world.mails().await), both);
    let (backend, olive) = (&billed.world.backend, billed.olive());
    let named = "books@example.com cfo@example.com";
    billing::change_details(backend, &olive, &Customer::default(), named).await.unwrap();
    assert!(
        now(&billed, MailKind::InvoiceIssued, Some(1)).await.is_none(),
        "Olive is not to hear of it any more"
    );
    let given = "You get this mail because Acme gave your address for its billing.".to_owned();
    let named = [("books@example.com".into(), given.clone()), ("cfo@example.com".into(), given)];
    assert_eq!(to(days(&billed, 31).await), named);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn long_and_right_to_left_names_survive(pool: PgPool) {
    let billed = Billed::new(pool).await;
    let name = format!("שירותי ענן ותקשורת & {} <b>", "شركة ".repeat(16).trim());
    sqlx::query("update account set name = $1 where id = $2")
        .bind(&name)
        .bind(billed.world.acme.0)
        .execute(&billed.world.root)
        .await
        .unwrap();
    billed.enter(TestCard::Good).await;
    billed.choose("starter", Interval::Month).await.unwrap();
    let mail = last(&billed, "INV-000001").await;
    assert_eq!(mail.subject, format!("{name}: INV-000001 over USD 249.95"));
    assert_eq!(mail.sender_name, name);
    assert!(mail.text("Steward").contains(&format!("you are an Admin of {name}.")));
    let html = mail.html("Steward").unwrap();
    assert!(html.contains("שירותי ענן ותקשורת") && !html.contains("<b>"), "{html}");
    brings_invoice(&mail, "INV-000001");
}

/// Through a whole life of a subscription: cards go by their last digits, and the only secret is the link that pays.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn mails_hold_no_secret_but_the_link_that_pays(pool: PgPool) {
    let billed = subscribed_then(pool, TestCard::Declined).await;
    let backup = billed.enter(TestCard::Lost).await;
    let change = CardChange::MakeBackup;
    billing::change_card(&billed.world.backend, &billed.olive(), backup.id, change).await.unwrap();
    let cards = billed.overview().await.cards;
    assert!(cards.iter().any(|card| card.role == Some(CardRole::Backup)));
    days(&billed, 31 + 14).await;
    billed.use_card(TestCard::Good).await;
    billing::pay_now(&billed.world.backend, &billed.olive()).await.unwrap();
    billing::cancel(&billed.world.backend, &billed.olive()).await.unwrap();
    days(&billed, 31).await;
    for kind in KINDS {
        now(&billed, kind, Some(2)).await;
    }
    let references: Vec<String> = sqlx::query_scalar(
        "select reference from payment_method union all
         select reference from payment_attempt where reference is not null",
    )
    .fetch_all(&billed.world.root)
    .await
    .unwrap();
    let mails = billed.world.mails().await;
    assert!(mails.len() >= 10, "{}", mails.len());
    for mail in &mails {
        let action = mail.action.as_ref().unwrap();
        let is_about_debt = action.label == "Pay now";
        let expected = if is_about_debt { "/pay/" } else { "/settings/billing" };
        assert!(action.url.starts_with(&format!("https://steward.test{expected}")), "{}", action.url);
        let text = mail.text("Steward").replace(&action.url, "");
        assert!(!text.contains("https://") && !text.contains("/pay/"), "{text}");
        assert!(!text.contains("4000") && !text.contains("4242 4242"), "{text}");
        for secret in references.iter().chain([&billed.world.olive().session_token]) {
            assert!(!text.contains(secret.as_str()), "{secret} in {text}");
        }
    }
}
