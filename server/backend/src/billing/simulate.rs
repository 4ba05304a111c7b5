//! What would happen, from the engine that bills, as JSON. Touches nothing.

use chrono::NaiveDate;
use domain::{
    account::Currency,
    billing::{
        self, Draft, Impossible, Invoice, InvoiceStatus, Line, LineKind, MailKind, Outcome, StateName,
    },
};
use serde::Serialize;

use super::scenario::Scenario;

/// Why a scenario was not simulated; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SimulationError {
    #[error("This is not a scenario: {0}. docs/billing.md shows one.")]
    Json(#[from] serde_json::Error),
    #[error("“{0}” is not a time zone. It should look like America/Denver.")]
    TimeZone(String),
    #[error("“{0}” is not a currency. It should be a code of ISO 4217, for example USD.")]
    Currency(String),
    #[error("“{0}” is not a tax in per cent. It should look like 19 or 8.875, from 0 to 100.")]
    TaxPercent(String),
    #[error(
        "The plan “{plan}” costs “{text}”, which is not an amount of this currency. It should look like {example}."
    )]
    Price { plan: String, text: String, example: String },
    #[error(transparent)]
    Impossible(#[from] Impossible),
}

/// What came of a scenario; `docs/billing.md` says what the fields mean.
#[derive(Debug, Serialize)]
pub struct Simulated {
    invoices: Vec<SimulatedInvoice>,
    states: Vec<SimulatedState>,
    mails: Vec<SimulatedMail>,
    balance: String,
    next_invoice: Option<SimulatedDraft>,
}

#[derive(Debug, Serialize)]
struct SimulatedInvoice {
    #[serde(flatten)]
    draft: SimulatedDraft,
    status: &'static str,
    paid_on: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct SimulatedDraft {
    issued_on: NaiveDate,
    lines: Vec<SimulatedLine>,
    total: String,
    from_balance: String,
    /// What the card paid; of the next invoice, what it would pay.
    charged: String,
}

#[derive(Debug, Serialize)]
struct SimulatedLine {
    kind: &'static str,
    plan: String,
    from: NaiveDate,
    to: NaiveDate,
    days: u32,
    of_days: u32,
    amount: String,
}

#[derive(Debug, Serialize)]
struct SimulatedState {
    on: NaiveDate,
    state: StateName,
}

#[derive(Debug, Serialize)]
struct SimulatedMail {
    on: NaiveDate,
    kind: MailKind,
}

/// Reads a scenario and says what would happen.
///
/// # Errors
/// [`SimulationError`]: what in it is unknown or impossible.
pub fn simulate(scenario: &str) -> Result<Simulated, SimulationError> {
    let (currency, scenario) = serde_json::from_str::<Scenario>(scenario)?.check()?;
    let outcome = billing::simulate(&scenario)?;
    Ok(told(&currency, &outcome))
}

fn told(currency: &Currency, outcome: &Outcome) -> Simulated {
    Simulated {
        invoices: outcome.invoices().iter().map(|invoice| told_invoice(currency, invoice)).collect(),
        states: outcome.states.iter().map(|(on, state)| SimulatedState { on: *on, state: *state }).collect(),
        mails: outcome.mails.iter().map(|mail| SimulatedMail { on: mail.on, kind: mail.kind }).collect(),
        balance: currency.typed(outcome.book.balance_minor),
        next_invoice: outcome
            .next_invoice
            .as_ref()
            .map(|draft| told_draft(currency, draft, draft.from_balance_minor, draft.due_minor())),
    }
}

fn told_invoice(currency: &Currency, invoice: &Invoice) -> SimulatedInvoice {
    let (status, paid_on) = match invoice.status {
        InvoiceStatus::Open => ("open", None),
        InvoiceStatus::Paid { on } => ("paid", Some(on)),
        InvoiceStatus::Void { .. } => ("void", None),
    };
    let (used, charged) = (invoice.used_balance_minor(), invoice.charged_minor());
    SimulatedInvoice { draft: told_draft(currency, &invoice.draft, used, charged), status, paid_on }
}

fn told_draft(currency: &Currency, draft: &Draft, from_balance: i64, charged: i64) -> SimulatedDraft {
    SimulatedDraft {
        issued_on: draft.issued_on,
        lines: draft.lines.iter().flat_map(|line| told_line(currency, line)).collect(),
        total: currency.typed(draft.total_minor()),
        from_balance: currency.typed(from_balance),
        charged: currency.typed(charged),
    }
}

/// The line, and its tax as another one where there is a tax.
fn told_line(currency: &Currency, line: &Line) -> impl Iterator<Item = SimulatedLine> {
    let kind = match line.kind {
        LineKind::Charge { .. } => "charge",
        LineKind::Credit { .. } => "credit",
    };
    let is_taxed = line.tax_rate != billing::TaxRate::NONE;
    let amounts = [(kind, line.net_minor)].into_iter().chain(is_taxed.then_some(("tax", line.tax_minor)));
    amounts.map(|(kind, minor)| SimulatedLine {
        kind,
        plan: line.plan.clone(),
        from: line.period.from,
        to: line.period.to,
        days: line.period.days(),
        of_days: line.period.of_days,
        amount: currency.typed(minor),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn scenario() -> Value {
        json!({
            "time_zone": "America/Denver",
            "currency": "USD",
            "tax_percent": "0",
            "plans": [
                { "code": "starter", "tier": 1, "month": "249.95", "year": "2399.95" },
                { "code": "growth", "tier": 2, "month": "599.95", "year": "5999.95" },
            ],
            "events": [
                { "at": "2016-05-01T12:00:00Z", "do": "subscribe", "plan": "starter", "interval": "month",
                  "anchor_day": 1, "trial_days": 0 },
                { "at": "2016-05-05T12:00:00Z", "do": "change", "plan": "growth", "interval": "month" },
            ],
            "until": "2016-05-31T12:00:00Z",
        })
    }

    fn outcome(scenario: &Value) -> Value {
        serde_json::to_value(simulate(&scenario.to_string()).unwrap()).unwrap()
    }

    fn refused(scenario: &Value) -> String {
        simulate(&scenario.to_string()).unwrap_err().to_string()
    }

    #[test]
    fn an_upgrade_is_told_line_by_line() {
        let line = |kind, plan, amount| {
            json!({ "kind": kind, "plan": plan, "from": "2016-05-05", "to": "2016-06-01", "days": 27,
                    "of_days": 31, "amount": amount })
        };
        let found = outcome(&scenario());
        assert_eq!(
            found["invoices"][1],
            json!({
                "issued_on": "2016-05-05",
                "lines": [line("credit", "starter", "-217.70"), line("charge", "growth", "522.54")],
                "total": "304.84", "from_balance": "0.00", "charged": "304.84",
                "status": "paid", "paid_on": "2016-05-05",
            })
        );
        assert_eq!(found["states"], json!([{ "on": "2016-05-01", "state": "active" }]));
        assert_eq!(found["balance"], "0.00");
        assert_eq!(found["mails"][0], json!({ "on": "2016-05-01", "kind": "invoice_issued" }));
        let next = &found["next_invoice"];
        assert_eq!((&next["issued_on"], &next["total"]), (&json!("2016-06-01"), &json!("599.95")));
        assert_eq!(next["charged"], "599.95");
    }

    #[test]
    fn what_is_given_back_is_listed_and_the_balance_pays_first() {
        let mut scenario = scenario();
        scenario["tax_percent"] = json!("8.875");
        let events = scenario["events"].as_array_mut().unwrap();
        events[1] = json!({ "at": "2016-05-05T12:00:00Z", "do": "cancel", "when": "now" });
        events.push(json!({ "at": "2016-05-06T12:00:00Z", "do": "subscribe", "plan": "starter",
                            "interval": "month", "trial_days": 1 }));
        let found = outcome(&scenario);
        let credit = &found["invoices"][1];
        assert_eq!(credit["lines"][1]["kind"], "tax");
        assert_eq!(credit["lines"][1]["amount"], "-19.32");
        assert_eq!((&credit["total"], &credit["charged"]), (&json!("-237.02"), &json!("0.00")));
        assert_eq!((&credit["status"], &credit["paid_on"]), (&json!("paid"), &json!("2016-05-05")));
        let next = &found["invoices"][2];
        assert_eq!(next["issued_on"], "2016-05-07");
        assert_eq!((&next["from_balance"], &next["charged"]), (&json!("237.02"), &json!("35.11")));
        assert_eq!(found["balance"], "0.00");
    }

    #[test]
    fn failed_payments_leave_open_and_void_invoices() {
        let mut scenario = scenario();
        let card = json!({ "at": "2016-05-05T11:00:00Z", "do": "card", "outcome": "soft" });
        scenario["events"].as_array_mut().unwrap().insert(1, card);
        scenario["until"] = json!("2016-06-16T12:00:00Z");
        let found = outcome(&scenario);
        let invoices = found["invoices"].as_array().unwrap();
        let status: Vec<_> = invoices.iter().map(|one| (&one["status"], &one["paid_on"])).collect();
        let (paid, void, open) = (json!("paid"), json!("void"), json!("open"));
        let on = json!("2016-05-01");
        assert_eq!(status, [(&paid, &on), (&void, &Value::Null), (&open, &Value::Null)]);
        let states: Vec<_> = found["states"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
        assert_eq!(states, ["active", "past_due", "paused"]);
        assert_eq!(found["next_invoice"], Value::Null);
        assert!(
            found["mails"]
                .as_array()
                .unwrap()
                .contains(&json!({ "on": "2016-06-15", "kind": "account_paused" }))
        );
    }

    #[test]
    fn amounts_have_the_places_of_their_currency() {
        for (currency, prices, expected) in [
            ("JPY", ["1000", "10000"], ["323", "-323"]),
            ("KWD", ["10.000", "100.000"], ["3.226", "-3.226"]),
            ("USD", ["10", "100.0"], ["3.23", "-3.23"]),
        ] {
            let mut scenario = scenario();
            scenario["currency"] = json!(currency);
            scenario["plans"] =
                json!([{ "code": "starter", "tier": 1, "month": prices[0], "year": prices[1] }]);
            scenario["events"] = json!([
                { "at": "2023-01-22T12:00:00Z", "do": "subscribe", "plan": "starter", "interval": "month", "anchor_day": 1 },
                { "at": "2023-01-22T13:00:00Z", "do": "cancel", "when": "now" },
            ]);
            scenario["until"] = json!("2023-01-31T12:00:00Z");
            let found = outcome(&scenario);
            let totals = [&found["invoices"][0]["total"], &found["invoices"][1]["total"]];
            assert_eq!(totals, expected, "{currency}");
            assert_eq!(found["balance"], expected[0]);
        }
    }

    #[test]
    fn what_is_unknown_or_impossible_is_refused_with_a_sentence() {
        let with = |path: &str, value: Value| {
            let mut scenario = scenario();
            *scenario.pointer_mut(path).unwrap() = value;
            refused(&scenario)
        };
        let cases = [
            (with("/time_zone", json!("Mars/Olympus")), "“Mars/Olympus” is not a time zone."),
            (with("/currency", json!("XYZ")), "“XYZ” is not a currency."),
            (with("/currency", json!("usd")), "“usd” is not a currency."),
            (with("/currency", json!("JPY")), "costs “249.95”, which is not an amount of this currency"),
            (with("/plans/0/month", json!("-1")), "costs “-1”, which is not an amount"),
            (with("/plans/0/month", json!(249.95)), "expected a string"),
            (with("/tax_percent", json!("101")), "“101” is not a tax in per cent."),
            (with("/events/0/plan", json!("gold")), "Event 1 names the plan “gold”"),
            (with("/events/1/plan", json!("starter")), "You have chosen this plan already."),
            (with("/events/1/do", json!("fly")), "unknown variant `fly`"),
            (with("/events/1/interval", json!("week")), "unknown variant `week`"),
            (with("/events/0/anchor_day", json!(0)), "Event 1 has an anchor day that no month has."),
            (with("/events/0/trial_days", json!(-1)), "invalid value"),
            (with("/events/1/at", json!("2016-05-01")), "This is not a scenario"),
            (with("/until", json!("2016-05-02T00:00:00Z")), "“until” is before the last event."),
        ];
        for (refused, expected) in cases {
            assert!(refused.contains(expected), "{refused:?} does not say {expected:?}");
        }
        for place in ["", "/plans/0", "/events/0", "/events/1"] {
            let mut scenario = scenario();
            scenario.pointer_mut(place).unwrap()["coupon"] = json!("FREE");
            let refused = refused(&scenario);
            assert!(refused.contains("unknown field `coupon`"), "{place}: {refused}");
        }
        assert!(simulate("").unwrap_err().to_string().starts_with("This is not a scenario: EOF"));
    }
}
