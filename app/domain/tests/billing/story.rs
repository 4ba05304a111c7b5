//! A story is told in lines, and so is what comes of it.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    account::Currency,
    billing::{
        Act, CancelWhen, CardOutcome, Event, Impossible, Interval, InvoiceStatus, Limits, Line, LineKind,
        Outcome, Plan, Scenario, Tax, simulate,
    },
};

/// The first word of a line is a setting (`zone`, `currency`, `tax`) or an instant; a date alone is noon in UTC.
pub struct Story {
    currency: Currency,
    scenario: Scenario<Tz>,
}

impl Story {
    pub fn read(text: &str) -> Self {
        let mut story = Self {
            currency: Currency { code: "USD".into(), digits: 2 },
            scenario: Scenario {
                zone: Tz::UTC,
                tax: Tax::default(),
                plans: plans([24_995, 59_995, 99_995]),
                events: Vec::new(),
                until: DateTime::UNIX_EPOCH,
            },
        };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let words: Vec<_> = line.split(' ').collect();
            story.add(&words);
        }
        story
    }

    fn add(&mut self, words: &[&str]) {
        match *words {
            ["zone", zone] => self.scenario.zone = zone.parse().unwrap(),
            ["tax", rate] => self.scenario.tax.rate = rate.parse().unwrap(),
            ["tax", rate, "reverse"] => {
                self.scenario.tax = Tax { rate: rate.parse().unwrap(), reverse_charge: true };
            }
            ["currency", "JPY"] => self.money("JPY", 0, [1_000, 3_000, 9_000]),
            ["currency", "KWD"] => self.money("KWD", 3, [10_000, 30_000, 90_000]),
            ["until", at] => self.scenario.until = instant(at),
            [at, ref act @ ..] => self.scenario.events.push(Event { at: instant(at), act: act_of(act) }),
            [] => {}
        }
    }

    fn money(&mut self, code: &str, digits: u8, months: [i64; 3]) {
        self.currency = Currency { code: code.into(), digits };
        self.scenario.plans = plans(months);
    }

    pub fn outcome(&self) -> Result<Outcome, Impossible> {
        simulate(&self.scenario)
    }

    /// Everything that came of it.
    pub fn told(&self) -> String {
        match self.outcome() {
            Ok(outcome) => self.tell(&outcome),
            Err(impossible) => format!("{impossible}\n"),
        }
    }

    fn tell(&self, outcome: &Outcome) -> String {
        let money = |minor| self.currency.typed(minor);
        let mut told = String::new();
        for invoice in outcome.invoices() {
            let draft = &invoice.draft;
            let status = match invoice.status {
                InvoiceStatus::Open => "open".to_owned(),
                InvoiceStatus::Paid { on } if on == draft.issued_on => "paid".to_owned(),
                InvoiceStatus::Paid { on } => format!("paid {on}"),
                InvoiceStatus::Void { .. } => "void".to_owned(),
            };
            let (total, charged) = (money(draft.total_minor()), money(invoice.charged_minor()));
            let used = match invoice.used_balance_minor() {
                0 => String::new(),
                used => format!(" balance {}", money(used)),
            };
            writeln!(told, "{}: {total}{used} charged {charged} {status}", draft.issued_on).unwrap();
            for line in &draft.lines {
                writeln!(told, "{}", self.line(line)).unwrap();
            }
        }
        let states: Vec<_> = outcome.states.iter().map(|(on, state)| format!("{on} {state:?}")).collect();
        writeln!(told, "states: {}", states.join(", ")).unwrap();
        let balance = outcome.book.balance_minor;
        if balance != 0 {
            writeln!(told, "balance: {}", money(balance)).unwrap();
        }
        told
    }

    fn line(&self, line: &Line) -> String {
        let sign = if matches!(line.kind, LineKind::Charge { .. }) { '+' } else { '-' };
        let net = self.currency.typed(line.net_minor.abs());
        let period = line.period;
        let (from, to) = (period.from, period.to);
        let mut told =
            format!("{sign} {} {from}..{to} {}/{} {net}", line.plan, period.days(), period.of_days);
        if line.tax_minor != 0 {
            write!(told, " tax {}", self.currency.typed(line.tax_minor.abs())).unwrap();
        }
        told
    }
}

/// What was mailed, apart from invoices.
pub fn mails(outcome: &Outcome) -> Vec<String> {
    let told = outcome.mails.iter().map(|mail| format!("{} {:?}", mail.on, mail.kind));
    told.filter(|mail| !mail.ends_with("InvoiceIssued")).collect()
}

pub fn plans(months: [i64; 3]) -> Vec<Plan> {
    let tiers = ["starter", "growth", "scale"].into_iter().zip(months).zip(1..);
    let mut plans: Vec<_> = tiers.map(|((code, month), tier)| plan(code, tier, month)).collect();
    // Other plans of the first tier: one that costs a little more, one that is free.
    let starter = months.first().copied().unwrap();
    plans.push(plan("starter-plus", 1, starter + 1_000));
    plans.push(plan("free", 0, 0));
    plans
}

pub fn plan(code: &str, tier: u32, month: i64) -> Plan {
    let limits = Limits::default();
    Plan {
        code: code.into(),
        version: 1,
        tier,
        month_minor: Some(month),
        year_minor: Some(month * 10),
        limits,
    }
}

fn act_of(words: &[&str]) -> Act {
    match *words {
        ["subscribe", plan, every, ref options @ ..] => Act::Subscribe {
            plan: plan.into(),
            interval: interval(every),
            anchor_day: option(options, "anchor="),
            trial_days: option(options, "trial=").unwrap_or_default(),
        },
        ["change", plan, every] => Act::Change { plan: plan.into(), interval: interval(every) },
        ["cancel", "now"] => Act::Cancel(CancelWhen::Now),
        ["cancel", "period_end"] => Act::Cancel(CancelWhen::PeriodEnd),
        ["card", outcome] => Act::Card(card(outcome)),
        ["pay"] => Act::Pay,
        _ => panic!("no act: {words:?}"),
    }
}

fn option(options: &[&str], name: &str) -> Option<u32> {
    options.iter().find_map(|option| option.strip_prefix(name)).map(|value| value.parse().unwrap())
}

fn interval(word: &str) -> Interval {
    match word {
        "month" => Interval::Month,
        "year" => Interval::Year,
        _ => panic!("no interval: {word}"),
    }
}

fn card(word: &str) -> CardOutcome {
    match word {
        "ok" => CardOutcome::Ok,
        "soft" => CardOutcome::Soft,
        "hard" => CardOutcome::Hard,
        "unreachable" => CardOutcome::Unreachable,
        "none" => CardOutcome::None,
        _ => panic!("no outcome: {word}"),
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    if text.contains('T') { text.parse().unwrap() } else { format!("{text}T12:00:00Z").parse().unwrap() }
}
