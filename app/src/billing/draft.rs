use domain::billing::{DraftView, LineView};
use leptos::prelude::*;
use ui::{DataTable, DescriptionItem, DescriptionList, Row, Td, Th};

/// An invoice line by line, each with how it came about, and its sums.
#[component]
pub(super) fn Draft(draft: DraftView, caption: &'static str) -> impl IntoView {
    let head = view! { <Th>"What"</Th><Th numeric=true>"Amount"</Th> };
    let line = |line: LineView| {
        view! {
            <Row>
                <Td main=true>
                    <div class="min-w-0"><span>{line.words}</span><span class="cell-note">{line.why}</span></div>
                </Td>
                <Td label="Amount" numeric=true>{line.amount}</Td>
            </Row>
        }
    };
    let optional = |term: &'static str, amount: Option<String>| {
        amount.map(|amount| view! { <DescriptionItem term>{amount}</DescriptionItem> })
    };
    let is_credit = draft.to_balance.is_some();
    let due = (!is_credit).then_some(draft.due);
    let reversed = draft.reverse_charge.then(|| {
        view! { <p>"Reverse charge: you owe the tax yourself (Directive 2006/112/EC, article 196)."</p> }
    });
    view! {
        <div class="stack">
            <DataTable caption head>{draft.lines.into_iter().map(line).collect_view()}</DataTable>
            <DescriptionList>
                {optional("Tax", draft.tax)}
                <DescriptionItem term="Total">{draft.total}</DescriptionItem>
                {optional("From your balance", draft.from_balance)}
                {optional("To your balance", draft.to_balance)}
                {optional("By card", due)}
            </DescriptionList>
            {reversed}
        </div>
    }
}
