use domain::billing::InvoiceView;
use leptos::prelude::*;
use ui::{BackLink, ButtonKind, DescriptionItem, DescriptionList, LinkButton, Section, Skeleton};

use super::{
    api_invoices::ReadInvoice,
    draft::Draft,
    parts::{Lines, StatusBadge},
};
use crate::{Data, error::LoadError, layout::Page, paths};

/// One invoice: what it is for, how each amount came about, who caused it, and what became of it.
#[component]
pub fn InvoicePage() -> impl IntoView {
    let number = paths::id_parameter::<String>();
    let found = Data::new(move || Ok(ReadInvoice { number: number.get().unwrap_or_default() }));
    found.show_either(
        || view! { <Skeleton lines=12/> }.into_any(),
        |found| match found {
            Ok(found) => view! { <Invoice found/> }.into_any(),
            Err(error) => {
                let back = BackLink::new(paths::INVOICES, "Invoices");
                view! { <Page title="No such invoice" back><LoadError error/></Page> }.into_any()
            }
        },
    )
}

#[component]
fn Invoice(found: InvoiceView) -> impl IntoView {
    let InvoiceView { number, serial, status, status_words, draft, issuer, customer, cause, charged } = found;
    let back = BackLink::new(paths::INVOICES, "Invoices");
    let action = view! { <LinkButton href=paths::invoice_pdf(number) kind=ButtonKind::Secondary download="">"PDF"</LinkButton> };
    let on = draft.on.clone();
    let kind = if draft.to_balance.is_some() { "Credit note" } else { "Invoice" };
    let charged = charged.map(|charged| view! { <DescriptionItem term="Card">{charged}</DescriptionItem> });
    view! {
        <Page title=format!("{kind} {serial}") back action>
            <Section title="About it">
                <DescriptionList>
                    <DescriptionItem term="Status"><StatusBadge status/>" " {status_words}</DescriptionItem>
                    <DescriptionItem term="Date">{on}</DescriptionItem>
                    <DescriptionItem term="Why">{cause}</DescriptionItem>
                    {charged}
                    <DescriptionItem term="From"><Lines lines=issuer/></DescriptionItem>
                    <DescriptionItem term="To"><Lines lines=customer/></DescriptionItem>
                </DescriptionList>
            </Section>
            <Section title="Lines" description="Each with how its amount came about."><Draft draft caption="Lines"/></Section>
        </Page>
    }
}
