//! What the mails of billing say, to whom they go, and when they have become pointless.

mod debt;
mod invoices;
mod plans;

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
