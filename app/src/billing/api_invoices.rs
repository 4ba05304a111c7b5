#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    Page,
    billing::{InvoiceRow, InvoiceView},
};
use leptos::prelude::*;

use crate::AppError;

#[server(prefix = "/api", endpoint = "billing/invoices")]
pub async fn read_invoices(page: Option<String>) -> Result<Page<InvoiceRow>, AppError> {
    let (backend, access) = crate::request::reading()?;
    let page = page.and_then(|page| page.parse().ok()).unwrap_or(1);
    Ok(backend::billing::invoices_page(&backend, &access, page).await?)
}

/// By its number in the account; what is no number is no invoice.
#[server(prefix = "/api", endpoint = "billing/invoice")]
pub async fn read_invoice(number: String) -> Result<InvoiceView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let number = number.parse().unwrap_or_default();
    Ok(backend::billing::invoice_page(&backend, &access, number).await?)
}
