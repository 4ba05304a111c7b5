use domain::{Page as Rows, billing::InvoiceRow, listing::ROWS_PER_PAGE};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{BackLink, ButtonKind, EmptyState, LinkButton, Pagination, TableSkeleton};

use super::{api_invoices::ReadInvoices, parts::Invoices};
use crate::{Data, layout::Page, paths};

/// Every invoice, the newest first.
#[component]
pub fn InvoicesPage() -> impl IntoView {
    let query = use_query_map();
    let page = Memo::new(move |_| query.with(|query| query.get("page")));
    let found = Data::new(move || Ok(ReadInvoices { page: page.get() }));
    let back = BackLink::new(paths::BILLING, "Billing");
    let action = view! { <LinkButton href=paths::INVOICES_CSV kind=ButtonKind::Secondary download="">"All as CSV"</LinkButton> };
    view! {
        <Page title="Invoices" back action>
            {found.show(|| view! { <TableSkeleton rows=6 columns=5/> }.into_any(), |found| {
                view! { <All found/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn All(found: Rows<InvoiceRow>) -> impl IntoView {
    let pages = found.pages();
    let Rows { rows, page, total } = found;
    if total == 0 && rows.is_empty() {
        return view! { <EmptyState title="No invoices here" body="They appear on the day on which they are issued."/> }
            .into_any();
    }
    view! {
        <Invoices rows/>
        <Pagination page=u64::from(page) pages=u64::from(pages) total per_page=u64::from(ROWS_PER_PAGE) href=|page| format!("{}?page={page}", paths::INVOICES)/>
    }
    .into_any()
}
