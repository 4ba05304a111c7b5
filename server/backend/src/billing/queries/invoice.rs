use chrono::NaiveDate;
use domain::{
    AccountId, MemberId,
    account::Currency,
    billing::{Document, Draft, Invoice, InvoiceKind, InvoiceStatus, Party},
};
use serde_json::{Value, json};

use crate::{Error, Result, account, db::Tx, stored};

/// Who stands on an invoice.
pub(in crate::billing) struct Parties {
    pub issuer: Party,
    pub customer: Party,
}

/// What an invoice is issued with, beside what the engine says.
pub(in crate::billing) struct Issue<'a> {
    pub parties: &'a Parties,
    pub currency: &'a str,
    pub caused_by: Option<MemberId>,
}

/// How the count of an issuer's invoices is written.
pub(in crate::billing) fn serial_text(serial: i64) -> String {
    format!("INV-{serial:06}")
}

/// Takes the issuer's next number. Whoever issues the next one waits until this transaction has ended, so that none is left out.
pub(in crate::billing) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    invoice: &Invoice,
    issue: &Issue<'_>,
) -> Result<()> {
    let draft = &invoice.draft;
    let (kind, nth) = kind_columns(draft.kind)?;
    let (status, settled_on) = status_columns(invoice.status);
    sqlx::query!(
        "with next as (update invoice_serial set last = last + 1 returning last)
         insert into invoice (account_id, number, serial, subscription, period_start, kind, nth, issued_on, currency,
                              total_minor, due_minor, draft, issuer, customer, status, settled_on, caused_by)
         select $1, $2, last, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 from next",
        account.0,
        count(invoice.number)?,
        count(draft.subscription)?,
        draft.period_start,
        kind,
        nth,
        draft.issued_on,
        issue.currency,
        draft.total_minor(),
        draft.due_minor(),
        json!(draft),
        json!(issue.parties.issuer),
        json!(issue.parties.customer),
        status,
        settled_on,
        issue.caused_by.map(|id| id.0),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that an open one is paid or void.
pub(in crate::billing) async fn settle(tx: &mut Tx, account: AccountId, invoice: &Invoice) -> Result<()> {
    let (status, settled_on) = status_columns(invoice.status);
    sqlx::query!(
        "update invoice set status = $3, settled_on = $4 where account_id = $1 and number = $2",
        account.0,
        count(invoice.number)?,
        status,
        settled_on,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::billing) async fn find(
    tx: &mut Tx,
    account: AccountId,
    number: i32,
) -> Result<Option<Invoice>> {
    let row = sqlx::query!(
        "select draft, status, settled_on from invoice where account_id = $1 and number = $2",
        account.0,
        number,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| invoice(number, row.draft, &row.status, row.settled_on)).transpose()
}

/// One of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub number: u32,
    pub serial: String,
    pub issued_on: NaiveDate,
    pub total_minor: i64,
    pub due_minor: i64,
    pub status: InvoiceStatus,
}

/// The newest first, behind `skipped` of them.
pub(in crate::billing) async fn list(
    tx: &mut Tx,
    account: AccountId,
    most: i64,
    skipped: i64,
) -> Result<(Vec<Listed>, u64)> {
    let rows = sqlx::query!(
        r#"select number, serial, issued_on, total_minor, due_minor, status, settled_on, count(*) over () as "all!"
           from invoice where account_id = $1 order by number desc limit $2 offset $3"#,
        account.0,
        most,
        skipped,
    )
    .fetch_all(&mut **tx)
    .await?;
    let all = rows.first().map_or(Ok(0), |row| stored::number(row.all))?;
    let listed = rows.into_iter().map(|row| {
        Ok(Listed {
            number: u32::try_from(row.number).map_err(Error::internal)?,
            serial: serial_text(row.serial),
            issued_on: row.issued_on,
            total_minor: row.total_minor,
            due_minor: row.due_minor,
            status: status(&row.status, row.settled_on)?,
        })
    });
    Ok((listed.collect::<Result<_>>()?, all))
}

/// One whole invoice, or all of them in order (none given), as people read them.
pub(in crate::billing) async fn documents(
    tx: &mut Tx,
    account: AccountId,
    number: Option<i32>,
) -> Result<Vec<Document>> {
    let rows = sqlx::query!(
        r#"select i.number, i.serial, i.currency, i.draft, i.issuer, i.customer, i.status, i.settled_on,
                  coalesce((select jsonb_agg(distinct jsonb_build_array(p.code, p.name)) from plan p
                            where p.code in (select l ->> 'plan' from jsonb_array_elements(i.draft -> 'lines') l)
                              and p.currency = i.currency
                              and p.version = (select max(version) from plan q
                                               where q.code = p.code and q.currency = p.currency)), '[]') as "names!",
                  coalesce((select jsonb_agg(jsonb_build_array(c.number, c.serial)) from invoice c
                            where c.account_id = i.account_id and c.number in (
                              select (l #>> '{kind,credit,of,invoice}')::integer
                              from jsonb_array_elements(i.draft -> 'lines') l)), '[]') as "credited!"
           from invoice i where i.account_id = $1 and ($2::integer is null or i.number = $2) order by i.number"#,
        account.0,
        number,
    )
    .fetch_all(&mut **tx)
    .await?;
    let document = |row| {
        let Raw { number, serial, currency, draft, issuer, customer, status, settled_on, names, credited } =
            row;
        let credited: Vec<(u32, i64)> = serde_json::from_value(credited)?;
        Ok(Document {
            serial: serial_text(serial),
            issuer: serde_json::from_value(issuer)?,
            customer: serde_json::from_value(customer)?,
            currency: currency_of(currency),
            invoice: invoice(number, draft, &status, settled_on)?,
            plan_names: serde_json::from_value(names)?,
            credited: credited.into_iter().map(|(number, serial)| (number, serial_text(serial))).collect(),
        })
    };
    let raw = rows.into_iter().map(|row| Raw {
        number: row.number,
        serial: row.serial,
        currency: row.currency,
        draft: row.draft,
        issuer: row.issuer,
        customer: row.customer,
        status: row.status,
        settled_on: row.settled_on,
        names: row.names,
        credited: row.credited,
    });
    raw.map(document).collect()
}

struct Raw {
    number: i32,
    serial: i64,
    currency: String,
    draft: Value,
    issuer: Value,
    customer: Value,
    status: String,
    settled_on: Option<NaiveDate>,
    names: Value,
    credited: Value,
}

/// Who caused an invoice, and the words of what else the log says of that day; none for a renewal.
pub(in crate::billing) async fn caused_by(
    tx: &mut Tx,
    account: AccountId,
    number: i32,
) -> Result<Option<(MemberId, String)>> {
    let row = sqlx::query!(
        r#"select m.id, concat_ws(' ', nullif(m.first_name, ''), nullif(m.last_name, '')) as "name!"
           from invoice i join member m on m.account_id = i.account_id and m.id = i.caused_by
           where i.account_id = $1 and i.number = $2"#,
        account.0,
        number,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.id.into(), row.name)))
}

/// The issuer's numbers of some invoices of the account.
pub(in crate::billing) async fn serials(
    tx: &mut Tx,
    account: AccountId,
    numbers: &[i32],
) -> Result<Vec<(u32, String)>> {
    let rows = sqlx::query!(
        "select number, serial from invoice where account_id = $1 and number = any($2) order by number",
        account.0,
        numbers,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| Ok((u32::try_from(row.number).map_err(Error::internal)?, serial_text(row.serial))))
        .collect()
}

fn invoice(number: i32, draft: Value, kept: &str, settled_on: Option<NaiveDate>) -> Result<Invoice> {
    let draft: Draft = serde_json::from_value(draft)?;
    let number = u32::try_from(number).map_err(Error::internal)?;
    Ok(Invoice { number, draft, status: status(kept, settled_on)? })
}

fn status(status: &str, settled_on: Option<NaiveDate>) -> Result<InvoiceStatus> {
    match (status, settled_on) {
        ("open", None) => Ok(InvoiceStatus::Open),
        ("paid", Some(on)) => Ok(InvoiceStatus::Paid { on }),
        ("void", Some(on)) => Ok(InvoiceStatus::Void { on }),
        other => Err(Error::internal(format!("an invoice is {other:?}"))),
    }
}

const fn status_columns(status: InvoiceStatus) -> (&'static str, Option<NaiveDate>) {
    match status {
        InvoiceStatus::Open => ("open", None),
        InvoiceStatus::Paid { on } => ("paid", Some(on)),
        InvoiceStatus::Void { on } => ("void", Some(on)),
    }
}

fn kind_columns(kind: InvoiceKind) -> Result<(&'static str, i32)> {
    Ok(match kind {
        InvoiceKind::Period => ("period", 0),
        InvoiceKind::Change { nth } => ("change", count(nth)?),
        InvoiceKind::Cancellation => ("cancellation", 0),
    })
}

fn currency_of(code: String) -> Currency {
    account::currency(code)
}

pub(in crate::billing) fn count(number: u32) -> Result<i32> {
    i32::try_from(number).map_err(Error::internal)
}
