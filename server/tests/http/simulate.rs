//! `server billing simulate`, as operators call it: with nothing but standard input.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

/// The command in an empty environment and folder.
fn simulated(input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["billing", "simulate"])
        .env_clear()
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a process");
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("a scenario");
    child.wait_with_output().expect("its end")
}

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
            { "at": "2016-05-01T06:00:00Z", "do": "subscribe", "plan": "starter", "interval": "month",
              "anchor_day": 1, "trial_days": 0 },
            { "at": "2016-05-05T06:00:00Z", "do": "change", "plan": "growth", "interval": "month" },
        ],
        "until": "2016-07-01T00:00:00Z",
    })
}

#[test]
fn a_scenario_becomes_what_would_happen() {
    let output = simulated(&scenario().to_string());
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let totals: Vec<_> =
        found["invoices"].as_array().expect("invoices").iter().map(|one| &one["total"]).collect();
    assert_eq!(totals, ["249.95", "304.84", "599.95"]);
    assert_eq!(found["next_invoice"]["issued_on"], "2016-07-01");
    let keys: Vec<_> = found.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["balance", "invoices", "mails", "next_invoice", "states"]);
}

#[test]
fn what_is_impossible_is_refused_with_one_sentence_and_no_answer() {
    let mut twice = scenario();
    twice["events"][1]["plan"] = json!("starter");
    let mut unknown = scenario();
    unknown["coupon"] = json!("FREE");
    for (input, sentence) in [
        (twice.to_string(), "Event 2 cannot happen. You have chosen this plan already."),
        (unknown.to_string(), "unknown field `coupon`"),
        (String::new(), "This is not a scenario"),
    ] {
        let output = simulated(&input);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
        assert!(error.starts_with("error: ") && error.contains(sentence), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}
