use domain::staff::{Delivery, StaffStatus};
use leptos::prelude::*;
use ui::{Badge, Tone};

use super::api::StaffLine;

/// How somebody stands in the account, for the list.
#[component]
pub(super) fn Status(line: StaffLine) -> impl IntoView {
    let asked = line.row.asked_again;
    let note = match &line.row.status {
        StaffStatus::Invited { delivery: Delivery::Queued, .. } => Some("The mail is on its way.".to_owned()),
        StaffStatus::Invited { delivery: Delivery::Failed { reason }, .. } => {
            Some(format!("The mail was not delivered: {reason}"))
        }
        _ => None,
    };
    let badge = status_badge(&line.row.status, line.days_left, line.expires.map(|when| when.text));
    let last_day = line.row.last_day.map(|day| format!("Last day {}", day.words()));
    let missing = line.row.missing;
    let missing = (!missing.is_empty()).then(|| {
        view! { " " <Badge tone=Tone::Bad>"Not ready"</Badge><span class="cell-note">{missing}</span> }
    });
    view! {
        {badge}
        {missing}
        {last_day.map(|day| view! { <span class="cell-note">{day}</span> })}
        {asked.then(|| view! { " " <Badge tone=Tone::Warn>"Asked for a new link"</Badge> })}
        {note.map(|note| view! { <span class="cell-note">{note}</span> })}
    }
}

fn status_badge(status: &StaffStatus, days_left: Option<i64>, expires: Option<String>) -> AnyView {
    let (tone, text) = match status {
        StaffStatus::Active => (Tone::Good, "Active".to_owned()),
        StaffStatus::Invited { delivery: Delivery::Failed { .. }, .. } => (Tone::Bad, invited(days_left)),
        StaffStatus::Invited { .. } => (Tone::Info, invited(days_left)),
        StaffStatus::Expired { .. } => (Tone::Warn, "Invitation expired".to_owned()),
        StaffStatus::Revoked => (Tone::Neutral, "Invitation revoked".to_owned()),
        StaffStatus::Deactivated => (Tone::Neutral, "Deactivated".to_owned()),
    };
    let until = expires.map(|text| format!("Until {text}"));
    view! { <span title=until><Badge tone>{text}</Badge></span> }.into_any()
}

/// "Invited, 5 days left".
pub(super) fn invited(days_left: Option<i64>) -> String {
    match days_left {
        None => "Invited".to_owned(),
        Some(1) => "Invited, 1 day left".to_owned(),
        Some(days) => format!("Invited, {days} days left"),
    }
}
