//! Invoices and receipts.

use super::*;

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
