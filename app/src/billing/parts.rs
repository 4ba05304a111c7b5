//! What several pages of billing show in the same way.

use domain::billing::{AheadView, InvoiceRow, InvoiceStatus, LimitView, StateName};
use leptos::prelude::*;
use ui::{Badge, DataTable, Row, Td, Th, Tone};

use crate::paths;

#[component]
pub(super) fn StateBadge(state: StateName) -> impl IntoView {
    let tone = match state {
        StateName::Active | StateName::Trialing => Tone::Good,
        StateName::PastDue | StateName::Ending => Tone::Warn,
        StateName::Paused => Tone::Bad,
        StateName::Ended => Tone::Neutral,
    };
    view! { <Badge tone>{state.label()}</Badge> }
}

#[component]
pub(super) fn StatusBadge(status: InvoiceStatus) -> impl IntoView {
    let (word, tone) = match status {
        InvoiceStatus::Open => ("Open", Tone::Warn),
        InvoiceStatus::Paid { .. } => ("Paid", Tone::Good),
        InvoiceStatus::Void { .. } => ("Void", Tone::Neutral),
    };
    view! { <Badge tone>{word}</Badge> }
}

#[component]
pub(super) fn Invoices(rows: Vec<InvoiceRow>) -> impl IntoView {
    let head = view! {
        <Th>"Number"</Th><Th>"Date"</Th><Th>"Status"</Th><Th numeric=true>"Amount"</Th>
    };
    let line = |row: InvoiceRow| {
        view! {
            <Row>
                <Td main=true><a href=paths::invoice(row.number)>{row.serial}</a></Td>
                <Td label="Date">{row.on}</Td>
                <Td label="Status"><StatusBadge status=row.status/></Td>
                <Td label="Amount" numeric=true>{row.amount}</Td>
            </Row>
        }
    };
    view! { <DataTable caption="Invoices" head>{rows.into_iter().map(line).collect_view()}</DataTable> }
}

/// Dates, and what each brings.
#[component]
pub(super) fn Dates(dates: Vec<AheadView>, caption: &'static str) -> impl IntoView {
    let head = view! { <Th>"Date"</Th><Th>"What happens"</Th> };
    let line = |ahead: AheadView| {
        view! { <Row><Td main=true>{ahead.on}</Td><Td label="What happens">{ahead.what}</Td></Row> }
    };
    view! { <DataTable caption head>{dates.into_iter().map(line).collect_view()}</DataTable> }
}

/// "12 of 20", "3, without limit".
pub(super) fn limit_words(limit: &LimitView) -> String {
    match limit.limit {
        Some(most) => format!("{} of {most}", limit.used),
        None => format!("{}, without limit", limit.used),
    }
}

/// A paragraph of lines, as an address is written.
#[component]
pub(super) fn Lines(lines: Vec<String>) -> impl IntoView {
    let line = |line: String| view! { <span class="block">{line}</span> };
    view! { <p>{lines.into_iter().map(line).collect_view()}</p> }
}
