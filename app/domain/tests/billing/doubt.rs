//! Charges and their answers, as they are lost, late, or turn up when nobody waits for them any more.

use domain::{
    Refusal,
    billing::{
        Answer::{NeverArrived, Paid, Unknown},
        CancelWhen, Due, Effect, InvoiceStatus, LedgerAccount, Mail, MailKind, Method, StateName, Task,
    },
};

use crate::account::{Account, SOFT, ZONE, day, growth, noon};

#[test]
fn a_lost_answer_is_asked_for_and_nothing_is_charged_meanwhile() {
    let mut account = Account::since("2016-05-01").answers(&[Unknown; 6]);
    let expected = [
        "06-01 InvoiceIssued",
        "06-01 00:00 charge 2 Default 10000",
        "06-01 00:05 ask 2",
        "06-01 01:00 ask 2",
        "06-02 00:00 ask 2",
        "06-03 00:00 ask 2",
        "06-04 00:00 ask 2",
        // It had been paid.
        "06-05 00:00 ask 2",
        "06-05 Receipt",
    ];
    assert_eq!(account.until("2016-06-30"), expected);
    assert_eq!(account.book.ledger.sum(LedgerAccount::Cash), 20_000);
    assert_eq!(account.book.invoices[1].status, InvoiceStatus::Paid { on: day("2016-06-05") });
}

#[test]
fn what_never_arrived_is_sent_again_as_the_same_attempt() {
    let mut account =
        Account::since("2016-05-01").answers(&[Unknown, NeverArrived, Unknown, NeverArrived, Paid]);
    let expected = [
        "06-01 InvoiceIssued",
        "06-01 00:00 charge 2 Default 10000",
        "06-01 00:05 ask 2",
        "06-01 00:05 charge 2 Default 10000",
        "06-01 01:00 ask 2",
        "06-01 01:00 charge 2 Default 10000",
        "06-01 Receipt",
    ];
    assert_eq!(account.until("2016-06-02"), expected);
}

#[test]
fn a_last_try_in_doubt_neither_pauses_nor_ends_the_debt() {
    let mut account =
        Account::since("2016-05-01").answers(&[SOFT, SOFT, SOFT, SOFT, Unknown, Unknown, Unknown, SOFT]);
    assert_eq!(account.until("2016-06-15").last().unwrap(), "06-15 01:00 ask 6");
    assert_eq!(account.state(), StateName::PastDue);
    let told = account.until("2016-06-20");
    assert_eq!(told, ["06-16 00:00 ask 6", "06-16 PaymentFailed", "06-16 Paused", "06-16 AccountPaused"]);
}

#[test]
fn dates_that_go_by_in_doubt_are_not_made_up_for_but_the_last_one_is() {
    let mut answers = vec![SOFT];
    answers.extend([Unknown; 13]);
    answers.extend([SOFT; 2]);
    let mut account = Account::since("2016-05-01").answers(&answers);
    account.until("2016-06-14");
    // The retry of 06-04 is known to have failed only after the date of the last one.
    let told = account.until("2016-06-20");
    let expected = [
        "06-15 00:00 ask 3",
        "06-15 PaymentFailed",
        "06-16 00:00 charge 4 Default 10000",
        "06-16 PaymentFailed",
        "06-16 Paused",
        "06-16 AccountPaused",
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_upgrade_in_doubt_takes_effect_when_it_turns_out_to_be_paid_and_once() {
    let mut account = Account::since("2016-05-01").answers(&[Unknown, Unknown, Paid]);
    account.act(noon("2016-05-05"), |book, now| book.change(growth(), now)).unwrap();
    assert_eq!(account.plan(), "starter");
    let again = account.act(noon("2016-05-05"), |book, now| book.change(growth(), now));
    assert_eq!(again, Err(Refusal::PaymentUnderWay));
    account.until("2016-05-06");
    assert_eq!(account.plan(), "growth");
    assert_eq!(account.book.ledger.sum(LedgerAccount::Cash), 10_000 + 17_419 - 8_710);
}

#[test]
fn an_upgrade_that_turns_out_to_be_paid_after_its_period_becomes_balance() {
    let mut account = Account::since("2016-05-01").answers(&[Unknown; 31]);
    account.act(noon("2016-05-05"), |book, now| book.change(growth(), now)).unwrap();
    account.until("2016-06-02");
    assert_eq!((account.plan(), account.book.balance_minor), ("starter", 0));
    account.until("2016-06-10");
    assert_eq!((account.plan(), account.book.balance_minor), ("starter", 17_419 - 8_710));
    let status: Vec<_> = account.book.invoices.iter().map(|invoice| invoice.status).collect();
    assert!(matches!(status[1], InvoiceStatus::Void { .. }), "{status:?}");
    assert!(matches!(status[2], InvoiceStatus::Paid { on: paid } if paid > day("2016-06-01")), "{status:?}");
}

#[test]
fn what_is_paid_for_a_cancelled_period_becomes_balance() {
    let mut account = Account::since("2016-05-01").answers(&[Unknown, Unknown, Unknown, Paid]);
    account.until("2016-06-01");
    account.act(noon("2016-06-01"), |book, now| book.cancel(CancelWhen::Now, now)).unwrap();
    assert!(matches!(account.book.invoices[1].status, InvoiceStatus::Void { .. }));
    account.until("2016-06-10");
    assert_eq!((account.state(), account.book.balance_minor), (StateName::Ended, 10_000));
}

#[test]
fn an_answer_that_comes_days_later_begins_the_timetable_then() {
    let mut account = Account::since("2016-05-01");
    let step = account.book.step(noon("2016-06-01").at, &ZONE).unwrap().unwrap();
    assert!(matches!(step.effects.last(), Some(Effect::Charge { .. })));
    assert_eq!(account.book.next_due(&ZONE), None, "nothing is due while a charge is on its way");
    let effects = account.book.settle(2, SOFT, noon("2016-06-04")).unwrap();
    account.carry_out(effects, noon("2016-06-04"));
    let due = account.book.next_due(&ZONE);
    assert_eq!(due, Some(Due { day: day("2016-06-07"), task: Task::Retry }));
}

#[test]
fn the_gateway_is_told_what_to_charge() {
    let mut account = Account::since("2016-05-01").answers(&[SOFT]);
    account.until("2016-06-02");
    assert_eq!(account.book.owed_minor(), 10_000);
    let effects = account.book.pay(noon("2016-06-02")).unwrap();
    let charge = Effect::Charge { attempt: 3, invoice: 2, amount_minor: 10_000, method: Method::Default };
    assert_eq!(effects, [charge]);
    assert_eq!(account.book.pay(noon("2016-06-02")), Err(Refusal::PaymentUnderWay));
    let mail = |kind| Effect::Mail(Mail { on: day("2016-06-02"), kind });
    let settled = account.book.settle(3, Paid, noon("2016-06-02")).unwrap();
    let active = Effect::Entered { on: day("2016-06-02"), state: StateName::Active };
    assert_eq!(settled, [mail(MailKind::Receipt), active]);
}

#[test]
fn of_two_answers_the_first_counts() {
    let mut account = Account::since("2016-05-01").answers(&[Unknown]);
    account.until("2016-05-31");
    let now = noon("2016-06-01");
    let step = account.book.step(now.at, &ZONE).unwrap().unwrap();
    account.carry_out(step.effects, step.moment);
    // A notice tells before anybody asked.
    assert!(account.book.settle(2, Paid, now).is_ok());
    let settled = account.book.clone();
    for answer in [Paid, SOFT, Unknown] {
        assert_eq!(account.book.settle(2, answer, now), Err(Refusal::ChangedMeanwhile));
    }
    assert_eq!(account.book, settled);
}

#[test]
fn a_payment_that_turns_up_after_a_decline_pays_once_and_then_becomes_balance() {
    let mut account = Account::since("2016-05-01").answers(&[SOFT]);
    account.until("2016-06-02");
    assert_eq!(account.state(), StateName::PastDue);
    account.act(noon("2016-06-02"), |book, now| book.received(2, now)).unwrap();
    assert_eq!((account.state(), account.book.owed_minor()), (StateName::Active, 0));
    account.act(noon("2016-06-02"), |book, now| book.received(2, now)).unwrap();
    assert_eq!((account.state(), account.book.balance_minor), (StateName::Active, 10_000));
    assert_eq!(account.book.ledger.sum(LedgerAccount::Cash), 30_000);
    let absent = account.act(noon("2016-06-02"), |book, now| book.received(9, now));
    assert_eq!(absent, Err(Refusal::NotFound));
}
