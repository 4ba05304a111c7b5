//! Invoices as people read them: the list, one of them, its PDF, and all of them as a file.

use domain::{
    MemberId, Page, Permission, Refusal,
    account::Currency,
    billing::{Document, InvoiceStatus, LineKind},
    csv_cell,
    listing::{ROWS_PER_PAGE, offset},
};

use super::{
    pdf::invoice_pdf,
    queries::{self, attempt::Last, invoice::Listed},
    stored::Stored,
};
use crate::{Access, Backend, Error, Result};

/// The newest first. A page behind the last one is empty.
///
/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn invoices(backend: &Backend, access: &Access, page: u32) -> Result<(Currency, Page<Listed>)> {
    access.require(Permission::SettingsViewBilling)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let stored = Stored::read(&mut tx, backend, account).await?;
    let page = page.max(1);
    let (rows, total) =
        queries::invoice::list(&mut tx, account, i64::from(ROWS_PER_PAGE), offset(page)).await?;
    tx.commit().await?;
    Ok((stored.currency, Page { rows, page, total }))
}

/// One invoice, with what led to it.
#[derive(Debug)]
pub struct InvoiceShown {
    pub document: Document,
    /// Who chose what it is for; none for what time brought.
    pub caused_by: Option<(MemberId, String)>,
    /// The card that was charged last, what came of it, and the gateway's word for a decline.
    pub charged: Option<ChargedCard>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargedCard {
    /// "Visa ending in 4242".
    pub card: String,
    pub is_paid: bool,
    pub decline_code: Option<String>,
}

impl From<Last> for ChargedCard {
    fn from(last: Last) -> Self {
        Self {
            card: format!("{} ending in {}", last.brand, last.last_four),
            is_paid: last.answer.as_deref() == Some("paid"),
            decline_code: last.decline_code,
        }
    }
}

/// By its number in the account.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn invoice(backend: &Backend, access: &Access, number: u32) -> Result<InvoiceShown> {
    access.require(Permission::SettingsViewBilling)?;
    let account = access.account();
    let number = i32::try_from(number).map_err(|_| Refusal::NotFound)?;
    let mut tx = backend.db.tenant(account).await?;
    let document = queries::invoice::documents(&mut tx, account, Some(number)).await?.pop();
    let document = document.ok_or(Refusal::NotFound)?;
    let caused_by = queries::invoice::caused_by(&mut tx, account, number).await?;
    let charged = queries::attempt::last_for(&mut tx, account, number).await?.map(ChargedCard::from);
    tx.commit().await?;
    Ok(InvoiceShown { document, caused_by, charged })
}

/// The file of one invoice, to print and to keep.
#[derive(Debug)]
pub struct InvoiceFile {
    /// "INV-000042.pdf".
    pub name: String,
    pub bytes: Vec<u8>,
}

/// # Errors
/// As [`invoice`].
pub async fn invoice_file(backend: &Backend, access: &Access, number: u32) -> Result<InvoiceFile> {
    file_of(invoice(backend, access, number).await?.document).await
}

/// Drawing takes a moment: not on a thread that others wait for.
pub(super) async fn file_of(document: Document) -> Result<InvoiceFile> {
    let name = format!("{}.pdf", document.serial);
    let drawn = tokio::task::spawn_blocking(move || invoice_pdf(&document)).await;
    Ok(InvoiceFile { name, bytes: drawn.map_err(Error::internal)?? })
}

/// All of them, a row a line, the oldest first. Amounts are in the currency's own places, and cells cannot become formulas.
///
/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn invoices_file(backend: &Backend, access: &Access) -> Result<Vec<u8>> {
    access.require(Permission::SettingsViewBilling)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let documents = queries::invoice::documents(&mut tx, account, None).await?;
    tx.commit().await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(HEAD).map_err(Error::internal)?;
    for document in &documents {
        for index in 0..document.invoice.draft.lines.len() {
            csv.write_record(row(document, index)).map_err(Error::internal)?;
        }
    }
    csv.into_inner().map_err(|error| Error::internal(error.to_string()))
}

const HEAD: [&str; 14] = [
    "number",
    "issued_on",
    "status",
    "settled_on",
    "kind",
    "description",
    "from",
    "to",
    "currency",
    "net",
    "tax_percent",
    "tax",
    "total",
    "invoice_total",
];

fn row(document: &Document, index: usize) -> Vec<String> {
    let Document { currency, invoice, .. } = document;
    let Some(line) = invoice.draft.lines.get(index) else { return Vec::new() };
    let (status, settled_on) = match invoice.status {
        InvoiceStatus::Open => ("open", String::new()),
        InvoiceStatus::Paid { on } => ("paid", on.to_string()),
        InvoiceStatus::Void { on } => ("void", on.to_string()),
    };
    let kind = if matches!(line.kind, LineKind::Credit { .. }) { "credit" } else { "charge" };
    vec![
        document.serial.clone(),
        invoice.draft.issued_on.to_string(),
        status.to_owned(),
        settled_on,
        kind.to_owned(),
        csv_cell::neutralised(&document.line_words(index)).into_owned(),
        line.period.from.to_string(),
        line.period.to.to_string(),
        currency.code.clone(),
        currency.typed(line.net_minor),
        line.tax_rate.to_string(),
        currency.typed(line.tax_minor),
        currency.typed(line.total_minor()),
        currency.typed(invoice.draft.total_minor()),
    ]
}
