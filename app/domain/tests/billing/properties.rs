//! What holds for every history: made at random, with a gateway that knows where the money really is.
//!
//! `STEWARD_BILLING_HISTORIES` sets how many are tried.

use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use domain::billing::{
    Answer, Book, CancelWhen, Card, CardExpiry, ChangePreview, Decline, Effect, Interval, InvoiceKind,
    InvoiceStatus, LedgerAccount, Line, LineKind, LineRef, MailKind, Moment, Plan, Start, State, StateName,
    Tax, Terms,
};

use crate::story::plans;

const HISTORIES: u64 = 100_000;
/// Every so manieth history is lived again in twelve steps, in steps of 12 days, and a day at a time, which takes far longer than
/// anything else here.
const AGAIN_EVERY: [u64; 3] = [3, 5, 50];

/// SplitMix64.
#[derive(Clone)]
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn small(&mut self, sides: u64) -> u32 {
        u32::try_from(self.roll(sides)).unwrap()
    }
}

#[derive(Clone, Copy)]
enum Act {
    Subscribe { plan: usize, interval: Interval, anchor_day: Option<u32>, trial_days: u32 },
    Change { plan: usize, interval: Interval },
    Cancel(CancelWhen),
    Card { expires: Option<CardExpiry> },
    NoCard,
    Pay,
}

struct History {
    seed: u64,
    zone: Tz,
    tax: Tax,
    has_backup: bool,
    plans: Vec<Plan>,
    acts: Vec<(DateTime<Utc>, Act)>,
    until: DateTime<Utc>,
}

const ZONES: [Tz; 6] = [
    Tz::America__Denver,
    Tz::Asia__Kolkata,
    Tz::Pacific__Chatham,
    Tz::Europe__Berlin,
    Tz::America__Sao_Paulo,
    Tz::Pacific__Apia,
];

impl History {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let zone = match dice.roll(8) {
            0 => ZONES[usize::try_from(dice.roll(6)).unwrap()],
            _ => Tz::UTC,
        };
        let rate = ["0", "19", "8.875"][usize::try_from(dice.roll(3)).unwrap()].parse().unwrap();
        let tax = Tax { rate, reverse_charge: dice.roll(8) == 0 };
        let price = |dice: &mut Dice| i64::try_from(dice.roll(30_000)).unwrap() + 1;
        let plans = plans([price(&mut dice), price(&mut dice), price(&mut dice)]);
        let mut at = Utc.with_ymd_and_hms(2011, 1, 1, 0, 0, 0).unwrap()
            + TimeDelta::minutes(i64::from(dice.small(5_000_000)));
        let mut acts = vec![(at, Self::subscription(&mut dice))];
        for _ in 0..dice.roll(7) {
            at += match dice.roll(4) {
                0 => TimeDelta::minutes(i64::from(dice.small(600))),
                _ => TimeDelta::minutes(i64::from(dice.small(60 * 24 * 45))),
            };
            acts.push((at, Self::act(&mut dice, at)));
        }
        let until = at + TimeDelta::days(i64::from(dice.small(120)));
        Self { seed, zone, tax, has_backup: dice.roll(3) == 0, plans, acts, until }
    }

    fn subscription(dice: &mut Dice) -> Act {
        Act::Subscribe {
            plan: usize::try_from(dice.roll(5)).unwrap(),
            interval: Self::interval(dice),
            anchor_day: (dice.roll(3) == 0).then(|| dice.small(31) + 1),
            trial_days: if dice.roll(3) == 0 { dice.small(40) } else { 0 },
        }
    }

    fn interval(dice: &mut Dice) -> Interval {
        if dice.roll(4) == 0 { Interval::Year } else { Interval::Month }
    }

    fn act(dice: &mut Dice, at: DateTime<Utc>) -> Act {
        match dice.roll(20) {
            0 | 1 => Self::subscription(dice),
            2 => Act::Cancel(CancelWhen::Now),
            3 | 4 => Act::Cancel(CancelWhen::PeriodEnd),
            5 => Act::NoCard,
            6..=8 => Act::Card {
                expires: (dice.roll(2) == 0)
                    .then(|| CardExpiry { year: at.year(), month: dice.small(12) + 1 }),
            },
            9..=11 => Act::Pay,
            _ => Act::Change { plan: usize::try_from(dice.roll(5)).unwrap(), interval: Self::interval(dice) },
        }
    }
}

/// What an attempt came to at the gateway.
#[derive(Clone, Copy, PartialEq)]
enum Truth {
    Moved,
    Declined(Decline),
    NeverArrived,
}

/// It answers by the number of the attempt alone, so that the same history gets the same answers whatever way it is lived.
struct Gateway {
    seed: u64,
    attempts: HashMap<u32, (Truth, u64)>,
    taken: i64,
}

impl Gateway {
    fn dice(&self, attempt: u32, salt: u64) -> Dice {
        Dice(self.seed ^ (u64::from(attempt) << 32) ^ (salt << 56))
    }

    fn charge(&mut self, attempt: u32, amount: i64) -> Answer {
        assert!(amount > 0, "nothing is charged");
        let tries = match self.attempts.get(&attempt) {
            None => 0,
            Some((Truth::NeverArrived, tries)) => *tries + 1,
            Some(_) => panic!("attempt {attempt} is charged twice"),
        };
        let mut dice = self.dice(attempt, tries);
        let truth = match dice.roll(10) {
            0..=5 => Truth::Moved,
            6 | 7 => Truth::Declined(Decline::Soft),
            8 => Truth::Declined(Decline::Hard),
            _ => Truth::NeverArrived,
        };
        if truth == Truth::Moved {
            self.taken += amount;
        }
        self.attempts.insert(attempt, (truth, tries));
        if truth == Truth::NeverArrived || dice.roll(8) == 0 { Answer::Unknown } else { told(truth) }
    }

    fn ask(&self, attempt: u32, asked: u32) -> Answer {
        match self.dice(attempt, 100 + u64::from(asked)).roll(3) {
            0 => told(self.attempts[&attempt].0),
            _ => Answer::Unknown,
        }
    }
}

fn told(truth: Truth) -> Answer {
    match truth {
        Truth::Moved => Answer::Paid,
        Truth::Declined(decline) => Answer::Declined(decline),
        Truth::NeverArrived => Answer::NeverArrived,
    }
}

struct Life<'a> {
    history: &'a History,
    book: Book,
    gateway: Gateway,
    effects: Vec<Effect>,
    state: Option<StateName>,
    /// What each invoice said when it was issued.
    issued: Vec<(i64, i64, NaiveDate)>,
    acted: u64,
}

impl<'a> Life<'a> {
    /// Lives a history, looking at what is due as often as `pause` says, or only when somebody acts.
    fn live(history: &'a History, pause: Option<TimeDelta>) -> Self {
        let began = history.acts[0].0;
        let day = Moment::new(began, &history.zone).day;
        let mut book = Book::new(history.tax, Some(Card::new(None, day)));
        book.backup = history.has_backup.then(|| Card::new(None, day));
        let gateway = Gateway { seed: history.seed, attempts: HashMap::new(), taken: 0 };
        let mut life =
            Self { history, book, gateway, effects: vec![], state: None, issued: vec![], acted: 0 };
        let mut now = began;
        for (at, act) in &history.acts {
            life.reach(&mut now, *at, pause);
            life.act(*at, *act);
        }
        life.reach(&mut now, history.until, pause);
        life
    }

    fn reach(&mut self, now: &mut DateTime<Utc>, at: DateTime<Utc>, pause: Option<TimeDelta>) {
        if let Some(pause) = pause {
            while *now + pause < at {
                *now += pause;
                self.tick(*now);
            }
        }
        *now = at;
        self.tick(at);
    }

    fn tick(&mut self, now: DateTime<Utc>) {
        loop {
            let expected = self.book.next_invoice();
            let subscription = self.book.subscription.clone();
            let invoices = self.book.invoices.len();
            let Some(step) = self.book.step(now, &self.history.zone).unwrap() else { return };
            if let Some(invoice) = self.book.invoices.get(invoices) {
                let mut expected = expected.unwrap();
                // Only what was late comes with another date.
                if expected.issued_on != invoice.draft.issued_on {
                    expected.issued_on = invoice.draft.issued_on;
                }
                assert_eq!(invoice.draft, expected, "the preview is the invoice");
            }
            self.anchor_stays(subscription.as_ref());
            self.carry_out(step.effects, step.moment);
        }
    }

    fn act(&mut self, at: DateTime<Utc>, act: Act) {
        let now = Moment::new(at, &self.history.zone);
        let terms = |plan: usize, interval| Terms::new(self.history.plans[plan].clone(), interval).unwrap();
        let before = self.book.clone();
        let done = match act {
            Act::Subscribe { plan, interval, anchor_day, trial_days } => {
                let start = Start { on: now.day, trial_days, anchor_day };
                self.book.subscribe(terms(plan, interval), start, now)
            }
            Act::Change { plan, interval } => {
                let preview = self.book.preview_change(&terms(plan, interval), now);
                let done = self.book.change(terms(plan, interval), now);
                assert_eq!(preview.as_ref().err(), done.as_ref().err());
                if let Ok(ChangePreview::Now(draft)) = preview {
                    assert_eq!(self.book.invoices.last().unwrap().draft, draft, "the preview is the invoice");
                }
                done
            }
            Act::Cancel(when) => self.book.cancel(when, now),
            Act::Card { expires } => {
                self.book.set_card(Some(Card::new(expires, now.day)));
                Ok(vec![])
            }
            Act::NoCard => {
                self.book.set_card(None);
                Ok(vec![])
            }
            Act::Pay => self.book.pay(now),
        };
        match done {
            Ok(effects) => {
                self.acted += 1;
                self.carry_out(effects, now);
            }
            Err(refusal) => {
                assert_ne!(refusal.code(), "billing_parked", "{refusal}");
                assert_eq!(self.book, before, "what is refused changes nothing");
            }
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>, now: Moment) {
        self.note_issued();
        for effect in effects {
            self.effects.push(effect.clone());
            let (attempt, answer) = match effect {
                Effect::Charge { attempt, amount_minor, .. } => {
                    (attempt, self.gateway.charge(attempt, amount_minor))
                }
                Effect::Ask { attempt } => {
                    let asked = self.book.attempt.and_then(|one| one.doubt).map_or(0, |doubt| doubt.asked);
                    (attempt, self.gateway.ask(attempt, asked))
                }
                Effect::Entered { state, .. } => {
                    assert!(may_follow(self.state, state), "{:?} → {state:?}", self.state);
                    self.state = Some(state);
                    continue;
                }
                _ => continue,
            };
            let effects = self.book.settle(attempt, answer, now).unwrap();
            self.carry_out(effects, now);
        }
    }

    fn note_issued(&mut self) {
        for invoice in self.book.invoices.iter().skip(self.issued.len()) {
            let draft = &invoice.draft;
            self.issued.push((draft.total_minor(), draft.from_balance_minor, draft.issued_on));
        }
    }

    /// Renewing never moves the anchor, but where months turn into years.
    fn anchor_stays(&self, before: Option<&domain::billing::Subscription>) {
        let (Some(before), Some(after)) = (before, &self.book.subscription) else { return };
        if before.number == after.number && before.terms.interval == after.terms.interval {
            assert_eq!(before.anchor, after.anchor);
        }
        if !after.is_trial() && !after.is_over() && after.period.from < after.period.to {
            let to = after.period.to;
            assert_eq!(to.day(), after.anchor.day.min(last_day(to)), "{after:?}");
        }
    }

    fn check(&self) {
        self.money();
        self.invoices();
        self.credits();
        assert!(self.book.balance_minor >= 0);
        let subscription = self.book.subscription.as_ref().unwrap();
        assert_eq!(Some(subscription.state.name()), self.state);
        let in_debt = matches!(subscription.state, State::PastDue(_) | State::Paused { .. });
        assert!(!in_debt || self.book.owed_minor() > 0, "whoever owes nothing is in no debt");
    }

    fn money(&self) {
        let ledger = &self.book.ledger;
        let mut entries: HashMap<u32, i64> = HashMap::new();
        let mut cash: HashMap<u32, u32> = HashMap::new();
        for posting in &ledger.postings {
            *entries.entry(posting.entry).or_default() += posting.amount_minor;
            if posting.account == LedgerAccount::Cash {
                *cash.entry(posting.invoice).or_default() += 1;
            }
        }
        assert!(entries.values().all(|sum| *sum == 0), "each entry sums to 0");
        assert!(cash.values().all(|times| *times == 1), "no invoice is charged twice");
        assert_eq!(self.book.balance_minor, -ledger.sum(LedgerAccount::Balance));
        assert_eq!(self.book.owed_minor(), ledger.sum(LedgerAccount::Receivable));
        if self.book.attempt.is_none() {
            assert_eq!(ledger.sum(LedgerAccount::Cash), self.gateway.taken, "every payment is booked");
        }
    }

    fn invoices(&self) {
        let mut keys = HashSet::new();
        for ((invoice, issued), number) in self.book.invoices.iter().zip(&self.issued).zip(1..) {
            let draft = &invoice.draft;
            assert_eq!(invoice.number, number, "numbers have no gap");
            assert!(keys.insert((draft.subscription, draft.period_start, draft.kind)), "once a period");
            assert_eq!(*issued, (draft.total_minor(), draft.from_balance_minor, draft.issued_on));
            for line in &draft.lines {
                let charged = is_charge(line);
                let exact = i128::from(line.price_minor) * i128::from(line.period.days());
                let of = i128::from(line.period.of_days);
                let off = 2 * (i128::from(line.net_minor.abs()) * of - exact);
                assert!(off <= of && (!charged || off > -of), "half up: {line:?}");
                assert!(line.period.days() <= line.period.of_days);
            }
        }
    }

    fn credits(&self) {
        let mut returned: HashMap<LineRef, (i64, i64)> = HashMap::new();
        for invoice in &self.book.invoices {
            for line in &invoice.draft.lines {
                if let LineKind::Credit { of } = line.kind
                    && !matches!(invoice.status, InvoiceStatus::Void { .. })
                {
                    let sum = returned.entry(of).or_default();
                    *sum = (sum.0 - line.net_minor, sum.1 - line.tax_minor);
                }
            }
        }
        for invoice in &self.book.invoices {
            for (line, index) in invoice.draft.lines.iter().zip(0..) {
                let LineKind::Charge { returned_net_minor, returned_tax_minor } = line.kind else { continue };
                let at = LineRef { invoice: invoice.number, line: index };
                let found = returned.get(&at).copied().unwrap_or_default();
                assert_eq!(found, (returned_net_minor, returned_tax_minor));
                let paid = if invoice.is_paid() { (line.net_minor, line.tax_minor) } else { (0, 0) };
                assert!(found.0 <= paid.0 && found.1 <= paid.1, "more is given back than was paid");
            }
        }
    }
}

fn is_charge(line: &Line) -> bool {
    matches!(line.kind, LineKind::Charge { .. })
}

fn last_day(date: NaiveDate) -> u32 {
    (28..=31).rev().find(|day| date.with_day(*day).is_some()).unwrap()
}

/// Written down apart from the machine.
fn may_follow(before: Option<StateName>, after: StateName) -> bool {
    use StateName::{Active, Ended, Ending, PastDue, Paused, Trialing};
    match before {
        None | Some(Ended) => matches!(after, Trialing | Active),
        Some(Trialing) => matches!(after, Active | Ending | Ended),
        Some(Active) => matches!(after, PastDue | Ending | Ended),
        Some(PastDue) => matches!(after, Active | Paused | Ending | Ended),
        Some(Paused) => matches!(after, Active | Ending | Ended),
        Some(Ending) => matches!(after, Active | Trialing | PastDue | Ended),
    }
}

fn live_and_check(number: u64, seen: &mut Seen) {
    let history = History::new(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let life = Life::live(&history, None);
    life.check();
    let twelfth = ((history.until - history.acts[0].0) / 12).max(TimeDelta::hours(1));
    for (every, pause) in AGAIN_EVERY.into_iter().zip([twelfth, TimeDelta::days(12), TimeDelta::days(1)]) {
        if number.is_multiple_of(every) {
            let slowly = Life::live(&history, Some(pause));
            assert_eq!(life.book, slowly.book, "the same book at another pace");
            assert_eq!(life.effects, slowly.effects, "the same effects at another pace");
            seen.lived_again += 1;
        }
    }
    seen.note(&life);
}

/// What the histories had in them: without it they would prove nothing.
#[derive(Debug, Default)]
struct Seen {
    acts: u64,
    invoices: usize,
    void: usize,
    upgrades: usize,
    credits: usize,
    states: HashMap<StateName, usize>,
    asked: usize,
    mails: HashMap<MailKind, usize>,
    lived_again: usize,
}

impl Seen {
    fn note(&mut self, life: &Life<'_>) {
        self.acts += life.acted;
        self.invoices += life.book.invoices.len();
        for invoice in &life.book.invoices {
            self.void += usize::from(matches!(invoice.status, InvoiceStatus::Void { .. }));
            self.upgrades += usize::from(matches!(invoice.draft.kind, InvoiceKind::Change { .. }));
            self.credits += invoice.draft.lines.iter().filter(|line| !is_charge(line)).count();
        }
        for effect in &life.effects {
            match effect {
                Effect::Entered { state, .. } => *self.states.entry(*state).or_default() += 1,
                Effect::Mail(mail) => *self.mails.entry(mail.kind).or_default() += 1,
                Effect::Ask { .. } => self.asked += 1,
                _ => {}
            }
        }
    }

    fn add(mut self, other: Self) -> Self {
        self.acts += other.acts;
        self.invoices += other.invoices;
        self.void += other.void;
        self.upgrades += other.upgrades;
        self.credits += other.credits;
        self.asked += other.asked;
        self.lived_again += other.lived_again;
        other.states.into_iter().for_each(|(state, times)| *self.states.entry(state).or_default() += times);
        other.mails.into_iter().for_each(|(kind, times)| *self.mails.entry(kind).or_default() += times);
        self
    }
}

#[test]
fn every_history_keeps_the_promises() {
    let histories =
        std::env::var("STEWARD_BILLING_HISTORIES").map_or(HISTORIES, |text| text.parse().unwrap());
    let work = |worker: u64| {
        let mut seen = Seen::default();
        for number in (worker..histories).step_by(2) {
            let lived = std::panic::catch_unwind(AssertUnwindSafe(|| live_and_check(number, &mut seen)));
            lived.unwrap_or_else(|_| panic!("history {number} breaks a promise"));
        }
        seen
    };
    let seen = std::thread::scope(|scope| {
        let running = [0, 1].map(|worker| scope.spawn(move || work(worker)));
        running.into_iter().map(|one| one.join().unwrap()).fold(Seen::default(), Seen::add)
    });
    println!("{histories} histories: {seen:#?}");
    assert_eq!(seen.states.len(), 6, "some state was never reached");
    assert_eq!(seen.mails.len(), 13, "some mail was never sent");
    assert!(seen.void > 0 && seen.upgrades > 0 && seen.credits > 0 && seen.asked > 0);
}
