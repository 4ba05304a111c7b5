//! To whom invoices and mails about billing go.

use domain::{
    Checks, Email, Permission, Problem, Refusal,
    activity::{BillingAct, Change, Event, changes},
    billing::Customer,
    person_name::text,
};

use super::{queries, settings, stored::Stored};
use crate::{Access, Backend, Result, account, activity};

/// E-mail addresses that can be named.
const EMAILS_MAX: u32 = 10;
const TEXT_MAX_CHARS: usize = 120;

/// As they are kept, and as invoices name the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillingDetails {
    pub customer: Customer,
    pub emails: Vec<Email>,
    /// What stands on the next invoice: what is empty is the account's.
    pub named: Customer,
    pub country_name: String,
    /// The next invoice says that the customer owes the tax.
    pub reverse_charge: bool,
}

/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn details(backend: &Backend, access: &Access) -> Result<BillingDetails> {
    access.require(Permission::SettingsViewBilling)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = Stored::read(&mut tx, backend, access.account()).await?;
    tx.commit().await?;
    Ok(of(&stored))
}

pub(super) fn of(stored: &Stored) -> BillingDetails {
    let named = settings::as_named(stored.customer.clone(), &stored.account);
    BillingDetails {
        country_name: account::country_name(&named.country).unwrap_or(&named.country).to_owned(),
        customer: stored.customer.clone(),
        emails: stored.emails.clone(),
        reverse_charge: stored.book.tax.reverse_charge,
        named,
    }
}

/// Counts from the next invoice on: issued ones stay as they are. `emails` are separated by commas, blanks or lines.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::FreshProofNeeded`]; [`Refusal::Invalid`] for the field that it names.
pub async fn change_details(
    backend: &Backend,
    access: &Access,
    typed: &Customer,
    emails: &str,
) -> Result<()> {
    access.require(Permission::ChangeBilling)?;
    access.require_fresh_proof()?;
    let (customer, emails) = check(typed, emails)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let mut stored = Stored::lock(&mut tx, backend, account).await?;
    let changes = differences(&stored, &customer, &emails);
    if changes.is_empty() {
        return Ok(());
    }
    stored.customer = customer.clone();
    stored.emails.clone_from(&emails);
    stored.save(&mut tx, backend, access, &[], now).await?;
    queries::book::put_customer(&mut tx, account, &customer, &emails).await?;
    let event = Event::Billing { did: BillingAct::DetailsChanged { changes } };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}

fn check(typed: &Customer, emails: &str) -> Result<(Customer, Vec<Email>), Refusal> {
    let mut checks = Checks::default();
    let mut line =
        |field: &str, typed: &str| checks.note(field, text(typed, TEXT_MAX_CHARS, false)).unwrap_or_default();
    let customer = Customer {
        name: line("name", &typed.name),
        street: line("street", &typed.street),
        street_more: line("street_more", &typed.street_more),
        postal_code: line("postal_code", &typed.postal_code),
        city: line("city", &typed.city),
        region: line("region", &typed.region),
        country: typed.country.trim().to_owned(),
        tax_id: line("tax_id", &typed.tax_id),
    };
    if !customer.country.is_empty() && account::country_name(&customer.country).is_none() {
        checks.add("country", Problem::InvalidChoice);
    }
    let typed = emails.split([',', ';', ' ', '\n', '\r', '\t']).filter(|part| !part.is_empty());
    let mut parsed: Vec<Email> = Vec::new();
    for typed in typed {
        if let Some(email) = checks.note("emails", Email::parse(typed))
            && !parsed.contains(&email)
        {
            parsed.push(email);
        }
    }
    if parsed.len() > EMAILS_MAX as usize {
        checks.add("emails", Problem::TooMany { max: EMAILS_MAX });
    }
    checks.finish(Some((customer, parsed)))
}

fn differences(stored: &Stored, customer: &Customer, emails: &[Email]) -> Vec<Change> {
    let before = &stored.customer;
    let list = |emails: &[Email]| emails.iter().map(Email::to_string).collect::<Vec<_>>().join(", ");
    let country = |code: &str| account::country_name(code).unwrap_or(code).to_owned();
    changes(&[
        ("name", before.name.clone(), customer.name.clone()),
        ("street", before.street.clone(), customer.street.clone()),
        ("further address", before.street_more.clone(), customer.street_more.clone()),
        ("postal code", before.postal_code.clone(), customer.postal_code.clone()),
        ("city", before.city.clone(), customer.city.clone()),
        ("region", before.region.clone(), customer.region.clone()),
        ("country", country(&before.country), country(&customer.country)),
        ("tax id", before.tax_id.clone(), customer.tax_id.clone()),
        ("billing e-mails", list(&stored.emails), list(emails)),
    ])
}
