//! What stories cannot show: mails, backup cards, warnings, offers, and what is impossible.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Refusal,
    billing::{
        Answer::{Paid, Unknown},
        Book, CancelWhen, Card, CardExpiry, ChangePreview, Decline, Dunning, Interval, Moment, StateName,
        Tax, forecast,
    },
};

use crate::{
    account::{Account, HARD, SOFT, ZONE, day, growth, noon, starter, terms},
    story::{Story, mails},
};

#[test]
fn every_failed_try_and_the_pause_are_mailed() {
    let story = "2016-05-01 subscribe starter month
        2016-05-20 card soft
        2016-06-20 card ok
        2016-06-20 pay
        until 2016-06-21";
    let expected = [
        "2016-06-01 PaymentFailed",
        "2016-06-04 PaymentFailed",
        "2016-06-08 PaymentFailed",
        "2016-06-11 PaymentFailed",
        "2016-06-15 PaymentFailed",
        "2016-06-15 AccountPaused",
        "2016-06-20 Receipt",
        "2016-06-20 AccountResumed",
    ];
    assert_eq!(mails(&Story::read(story).outcome().unwrap()), expected);
}

#[test]
fn a_dead_card_is_not_tried_again_but_people_are_reminded() {
    let story = "2016-05-01 subscribe starter month
        2016-05-20 card hard
        until 2016-06-20";
    let expected = [
        "2016-06-01 PaymentFailed",
        "2016-06-04 PaymentReminder",
        "2016-06-08 PaymentReminder",
        "2016-06-11 PaymentReminder",
        "2016-06-15 AccountPaused",
    ];
    assert_eq!(mails(&Story::read(story).outcome().unwrap()), expected);
}

#[test]
fn the_timetable_is_counted_from_the_first_failure() {
    let dunning = Dunning::new(day("2024-02-20"), Decline::Soft);
    let expected = ["2024-02-23", "2024-02-27", "2024-03-01", "2024-03-05"];
    assert_eq!(dunning.timetable().map(|date| date.to_string()), expected);
}

#[test]
fn the_backup_card_is_tried_on_the_last_date_only() {
    for (answers, tries, end) in [
        (vec![SOFT, SOFT, SOFT, SOFT, SOFT, Paid], "06-15 00:00 charge 7 Backup 10000", StateName::Active),
        (vec![SOFT; 6], "06-15 00:00 charge 7 Backup 10000", StateName::Paused),
        (vec![HARD, Paid], "06-15 00:00 charge 3 Backup 10000", StateName::Active),
        (vec![HARD, HARD], "06-15 00:00 charge 3 Backup 10000", StateName::Paused),
    ] {
        let mut account = Account::since("2016-05-01").answers(&answers);
        account.book.backup = Some(Card::new(None, day("2016-05-01")));
        let told = account.until("2016-06-16");
        let backup: Vec<_> = told.iter().filter(|told| told.contains("Backup")).map(String::as_str).collect();
        assert_eq!((backup, account.state()), (vec![tries], end), "{answers:?}");
    }
}

#[test]
fn a_downgrade_is_reminded_of_7_and_1_days_before_and_not_when_it_is_chosen_later() {
    for (chosen, expected) in [
        ("2016-05-05", vec!["05-05 ChangeScheduled", "05-25 DowngradeComing", "05-31 DowngradeComing"]),
        ("2016-05-25", vec!["05-25 ChangeScheduled", "05-31 DowngradeComing"]),
        ("2016-05-31", vec!["05-31 ChangeScheduled"]),
    ] {
        let mut account = Account::since("2016-05-01");
        account.act(noon("2016-05-02"), |book, now| book.change(growth(), now)).unwrap();
        account.until("2016-05-02");
        account.until(chosen);
        account.act(noon(chosen), |book, now| book.change(starter(), now)).unwrap();
        assert_eq!(account.until("2016-05-31"), expected);
        assert!(account.until("2016-06-01").contains(&"06-01 PlanChanged".to_owned()));
        assert_eq!(account.plan(), "starter");
    }
}

#[test]
fn a_card_is_warned_of_before_the_charge_that_it_would_break() {
    let warnings = |account: &mut Account, until: &str| {
        let told = account.until(until);
        told.into_iter().filter(|told| told.ends_with("CardExpiring")).collect::<Vec<_>>()
    };
    let expiring = |on, year, month| {
        let expires = Some(CardExpiry { year, month });
        let mut account = Account::since(on);
        account.book.set_card(Some(Card::new(expires, day(on))));
        account
    };
    // It works in all of June, so July's charge is the first that it breaks.
    let mut account = expiring("2016-05-15", 2016, 6);
    let expected = ["06-15 CardExpiring", "07-01 CardExpiring", "07-08 CardExpiring", "07-14 CardExpiring"];
    assert_eq!(warnings(&mut account, "2016-07-14"), expected);
    // By the year it breaks the next year's charge, whenever it expires before.
    let mut account = expiring("2016-05-15", 2016, 12);
    account
        .act(noon("2016-05-15"), |book, now| book.change(terms("starter", 1, Interval::Year), now))
        .unwrap();
    assert_eq!(warnings(&mut account, "2017-04-14"), [] as [&str; 0]);
    let expected = ["04-15 CardExpiring", "05-01 CardExpiring", "05-08 CardExpiring", "05-14 CardExpiring"];
    assert_eq!(warnings(&mut account, "2017-05-14"), expected);
    // Another card ends the warnings, and so does the end of the subscription.
    let mut account = expiring("2016-05-15", 2016, 6);
    assert_eq!(warnings(&mut account, "2016-06-20").len(), 1);
    account.book.set_card(Some(Card::new(Some(CardExpiry { year: 2019, month: 1 }), day("2016-06-20"))));
    assert_eq!(warnings(&mut account, "2016-07-20"), [] as [&str; 0]);
    let mut account = expiring("2016-05-15", 2016, 6);
    account.act(noon("2016-05-20"), |book, now| book.cancel(CancelWhen::PeriodEnd, now)).unwrap();
    assert_eq!(warnings(&mut account, "2016-07-20"), [] as [&str; 0]);
    // A card that is added late is warned of from then on.
    let mut account = Account::since("2016-05-15");
    account.until("2016-07-05");
    account.book.set_card(Some(Card::new(Some(CardExpiry { year: 2016, month: 7 }), day("2016-08-05"))));
    account.until("2016-08-04");
    assert_eq!(warnings(&mut account, "2016-08-14"), ["08-08 CardExpiring", "08-14 CardExpiring"]);
}

#[test]
fn expiry_is_the_last_day_of_the_month() {
    for (year, month, last) in [(2024, 2, "2024-02-29"), (2023, 2, "2023-02-28"), (2023, 12, "2023-12-31")] {
        let expiry = CardExpiry { year, month };
        assert_eq!(expiry.last_day(), day(last));
        assert!(expiry.works_on(day(last)) && !expiry.works_on(day(last).succ_opt().unwrap()));
    }
}

#[test]
fn an_offer_binds_for_15_minutes_on_its_day_and_while_nothing_changed() {
    let made = noon("2016-05-05");
    let later = |minutes| Moment { at: made.at + TimeDelta::minutes(minutes), ..made };
    let offer = |account: &Account| account.book.quote(growth(), made).unwrap();

    let mut account = Account::since("2016-05-01");
    let quote = offer(&account);
    let ChangePreview::Now(draft) = quote.preview.clone() else { panic!("{quote:?}") };
    account.act(later(14), |book, now| book.accept(quote, now)).unwrap();
    assert_eq!(account.book.invoices.last().unwrap().draft.total_minor(), draft.total_minor());
    assert_eq!(account.book.invoices.last().unwrap().draft.lines, draft.lines);
    assert_eq!(account.plan(), "growth");

    let mut account = Account::since("2016-05-01");
    let quote = offer(&account);
    let refused = |account: &mut Account, quote, now| account.act(now, |book, now| book.accept(quote, now));
    assert_eq!(refused(&mut account, quote.clone(), later(15)), Err(Refusal::QuoteOver));
    let tomorrow = Moment { day: day("2016-05-06"), at: later(1).at };
    assert_eq!(refused(&mut account, quote.clone(), tomorrow), Err(Refusal::QuoteOver));
    // Meanwhile somebody else changed the plan, or the balance is another.
    let mut other = Account::since("2016-05-01");
    other.book.balance_minor += 1;
    assert_eq!(refused(&mut other, quote.clone(), later(1)), Err(Refusal::QuoteOver));
    account.act(later(1), |book, now| book.change(growth(), now)).unwrap();
    assert_eq!(refused(&mut account, quote, later(2)), Err(Refusal::AlreadyChosen));
}

#[test]
fn what_will_happen_in_the_next_twelve_months() {
    let mut account = Account::since("2016-05-01");
    account.act(noon("2016-05-02"), |book, now| book.change(growth(), now)).unwrap();
    account.act(noon("2016-05-03"), |book, now| book.change(starter(), now)).unwrap();
    let before = account.book.clone();
    let outcome = forecast(&account.book, &ZONE, noon("2017-05-01").at).unwrap();
    let totals: Vec<_> = outcome.invoices().iter().map(|invoice| invoice.draft.total_minor()).collect();
    assert_eq!(totals, [10_000; 12]);
    assert_eq!(outcome.invoices()[0].draft, account.book.next_invoice().unwrap());
    assert_eq!(account.book, before);
}

#[test]
fn a_day_with_too_many_steps_parks_the_account() {
    let account = Account::since("2016-05-01");
    let mut stored = serde_json::to_value(&account.book).unwrap();
    stored["pace"] = serde_json::json!({ "day": "2016-06-01", "steps": 24 });
    let mut book: Book = serde_json::from_value(stored).unwrap();
    let parked = book.step(noon("2016-06-01").at, &ZONE).unwrap_err();
    assert_eq!(parked.code(), "billing_parked");
    assert!(parked.to_string().contains("2016-06-01 has more steps"), "{parked}");
    assert_eq!(book.invoices, account.book.invoices);
}

#[test]
fn a_stored_book_goes_on_as_if_nothing_had_been() {
    let mut account = Account::since("2016-05-01").answers(&[SOFT, Unknown]);
    account.until("2016-06-05");
    let mut stored = Account {
        book: serde_json::from_str(&serde_json::to_string(&account.book).unwrap()).unwrap(),
        answers: account.answers.clone(),
        told: Vec::new(),
    };
    assert_eq!(stored.book, account.book);
    assert_eq!(stored.until("2016-08-05"), account.until("2016-08-05"));
    assert_eq!(stored.book, account.book);
}

#[test]
fn a_book_without_a_subscription_has_nothing_to_do() {
    let mut book = Book::new(Tax::default(), None);
    let now: DateTime<Utc> = noon("2016-05-05").at;
    assert_eq!(book.step(now, &ZONE), Ok(None));
    assert_eq!(book.next_invoice(), None);
    assert_eq!(book.cancel(CancelWhen::Now, noon("2016-05-05")), Err(Refusal::NoSubscription));
    assert_eq!(book.pay(noon("2016-05-05")), Err(Refusal::NothingOwed));
    assert_eq!(book.owed_minor(), 0);
}

#[test]
fn nobody_changes_between_two_periods() {
    let mut account = Account::since("2016-05-01");
    let late = account.book.preview_change(&growth(), noon("2016-06-01"));
    assert_eq!(late, Err(Refusal::PaymentUnderWay));
    account.until("2016-06-01");
    let preview = account.book.preview_change(&growth(), noon("2016-06-01")).unwrap();
    assert!(matches!(preview, ChangePreview::Now(_)));
}

#[test]
fn a_period_that_ends_while_past_due_waits_for_the_timetable_too() {
    let story = "2016-04-28 card soft
        2016-04-28 subscribe starter month anchor=1
        until 2016-05-06";
    let expected = ["2016-04-28 PaymentFailed", "2016-05-01 PaymentFailed", "2016-05-05 PaymentFailed"];
    assert_eq!(mails(&Story::read(story).outcome().unwrap()), expected);
    let ends_between = story.replace("anchor=1", "anchor=30");
    assert_eq!(mails(&Story::read(&ends_between).outcome().unwrap()), expected);
}

#[test]
fn what_is_late_is_dated_no_earlier_than_what_was_done_last() {
    let mut account = Account::since("2016-05-01");
    account.act(noon("2016-06-03"), |book, now| book.cancel(CancelWhen::PeriodEnd, now)).unwrap();
    let expected = ["06-03 Ending", "06-03 SubscriptionEnding", "06-03 Ended", "06-03 SubscriptionEnded"];
    assert_eq!(account.until("2016-06-04"), expected);
}

#[test]
fn reminders_that_a_pause_swallowed_do_not_come_late() {
    let story = "2016-05-01 subscribe growth month
        2016-05-20 card soft
        2016-06-02 change starter month
        2016-06-27 card ok
        2016-06-27 pay
        until 2016-07-01";
    let outcome = Story::read(story).outcome().unwrap();
    let reminders: Vec<_> = mails(&outcome).into_iter().filter(|mail| mail.ends_with("Coming")).collect();
    assert_eq!(reminders, ["2016-06-30 DowngradeComing"]);
}
