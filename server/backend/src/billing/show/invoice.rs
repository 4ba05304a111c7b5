use domain::{
    Page,
    account::Currency,
    billing::{
        Document, Draft, DraftView, Invoice, InvoiceKind, InvoiceRow, InvoiceStatus, InvoiceView, Line,
        LineKind, LineView, Party,
    },
};

use crate::{
    Access, Backend, Result,
    billing::{Listed, invoices, words},
};

/// # Errors
/// As [`invoices::invoices`].
pub async fn invoices_page(backend: &Backend, access: &Access, page: u32) -> Result<Page<InvoiceRow>> {
    let (currency, found) = invoices::invoices(backend, access, page).await?;
    let rows = found.rows.iter().map(|listed| invoice_row(listed, &currency)).collect();
    Ok(Page { rows, page: found.page, total: found.total })
}

/// # Errors
/// As [`invoices::invoice`].
pub async fn invoice_page(backend: &Backend, access: &Access, number: u32) -> Result<InvoiceView> {
    let shown = invoices::invoice(backend, access, number).await?;
    let document = &shown.document;
    let invoice = &document.invoice;
    let money = |minor| words::money(&document.currency, minor);
    let status_words = match invoice.status {
        InvoiceStatus::Paid { on } => format!("Paid on {}", words::day(on)),
        InvoiceStatus::Void { on } => format!("Void since {}: nothing is owed for it", words::day(on)),
        InvoiceStatus::Open => format!("{} is to be paid", money(invoice.owed_minor())),
    };
    let charged = shown.charged.map(|charged| match (charged.is_paid, charged.decline_code) {
        (true, _) => format!("{} paid {}.", charged.card, money(invoice.draft.due_minor())),
        (false, Some(code)) => format!("{} was declined: {}.", charged.card, code.replace('_', " ")),
        (false, None) => format!("{} was asked, and the answer is awaited.", charged.card),
    });
    Ok(InvoiceView {
        number,
        serial: document.serial.clone(),
        status: invoice.status,
        status_words,
        draft: draft_view(&invoice.draft, &document.currency, &document.plan_names, &document.credited),
        issuer: party_lines(&document.issuer),
        customer: party_lines(&document.customer),
        cause: cause(invoice.draft.kind, shown.caused_by.map(|(_, name)| name)),
        charged,
    })
}

fn cause(kind: InvoiceKind, who: Option<String>) -> String {
    match (kind, who) {
        (InvoiceKind::Period, Some(who)) => format!("{who} subscribed."),
        (InvoiceKind::Period, None) => "A period of the subscription began.".to_owned(),
        (InvoiceKind::Change { .. }, Some(who)) => format!("{who} changed the plan."),
        (InvoiceKind::Change { .. }, None) => "The plan was changed.".to_owned(),
        (InvoiceKind::Cancellation, Some(who)) => format!("{who} ended the subscription."),
        (InvoiceKind::Cancellation, None) => "The subscription was ended.".to_owned(),
    }
}

/// `credited` are the issuer's numbers of invoices that lines give back of.
pub(super) fn draft_view(
    draft: &Draft,
    currency: &Currency,
    names: &[(String, String)],
    credited: &[(u32, String)],
) -> DraftView {
    let invoice = Invoice { number: 0, draft: draft.clone(), status: InvoiceStatus::Open };
    let document = Document {
        serial: String::new(),
        issuer: Party::default(),
        customer: Party::default(),
        currency: currency.clone(),
        invoice,
        plan_names: names.to_vec(),
        credited: credited.to_vec(),
    };
    let money = |minor| words::money(currency, minor);
    let lines = draft.lines.iter().enumerate().map(|(index, line)| LineView {
        words: document.line_words(index),
        amount: money(line.net_minor),
        why: why(line, &document),
    });
    let (total, tax) = (draft.total_minor(), draft.tax_minor());
    DraftView {
        on: words::day(draft.issued_on),
        lines: lines.collect(),
        tax: (tax != 0).then(|| money(tax)),
        reverse_charge: draft.reverse_charge,
        total: money(total),
        from_balance: (draft.from_balance_minor > 0).then(|| money(draft.from_balance_minor)),
        to_balance: (total < 0).then(|| money(-total)),
        due: money(draft.due_minor()),
    }
}

fn why(line: &Line, document: &Document) -> String {
    let full = words::money(&document.currency, line.price_minor);
    let (days, of) = (line.period.days(), line.period.of_days);
    match line.kind {
        LineKind::Charge { .. } if days == of => format!("{full} for the whole period of {of} days."),
        LineKind::Charge { .. } => format!("{full} for {of} days, of which {days} are billed."),
        LineKind::Credit { of: credited } => {
            let serial = document.credited_serial(credited).map(|serial| format!(" with {serial}"));
            let serial = serial.unwrap_or_default();
            format!("{full} was paid for {of} days{serial}; {days} of them are given back.")
        }
    }
}

pub(super) fn party_lines(party: &Party) -> Vec<String> {
    let tax_id = party.tax_id.iter().map(|id| format!("Tax id {id}"));
    let country = Some(party.country_name.clone()).filter(|name| !name.is_empty());
    std::iter::once(party.name.clone()).chain(party.address.clone()).chain(country).chain(tax_id).collect()
}

pub(super) fn invoice_row(listed: &Listed, currency: &Currency) -> InvoiceRow {
    InvoiceRow {
        number: listed.number,
        serial: listed.serial.clone(),
        on: words::day(listed.issued_on),
        amount: words::money(currency, listed.total_minor),
        status: listed.status,
    }
}
