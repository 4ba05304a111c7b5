#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    QuoteId, Refusal,
    account::Choice,
    billing::{BillingView, Customer, Interval, PayView, PlansView, QuoteView},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, paths};

#[server(prefix = "/api", endpoint = "billing/overview")]
pub async fn read_billing() -> Result<BillingView, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::billing::billing_page(&backend, &access).await?)
}

/// `interval` is what the prices are for: `month` or `year`.
#[server(prefix = "/api", endpoint = "billing/plans")]
pub async fn read_plans(#[server(default)] interval: String) -> Result<PlansView, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::billing::plans_page(&backend, &access, interval_of(&interval)).await?)
}

/// Whatever is not a year is a month.
pub fn interval_of(key: &str) -> Interval {
    if key == "year" { Interval::Year } else { Interval::Month }
}

/// Works out what a plan would do, and shows it.
#[server(prefix = "/api", endpoint = "billing/make-quote")]
pub async fn make_quote(plan: String, #[server(default)] interval: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting_while_paused()?;
    let quote = backend::billing::make_quote(&backend, &access, &plan, interval_of(&interval)).await?;
    Ok(Done::to(paths::quote(quote)))
}

#[server(prefix = "/api", endpoint = "billing/quote")]
pub async fn read_quote(id: QuoteId) -> Result<QuoteView, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::billing::quote_page(&backend, &access, id).await?)
}

#[server(prefix = "/api", endpoint = "billing/accept-quote")]
pub async fn accept_quote(id: QuoteId) -> Result<Done, AppError> {
    use backend::billing::Accepted;
    let (backend, access) = crate::request::acting_while_paused()?;
    let done = Done::to(paths::BILLING).new_session();
    Ok(match backend::billing::accept_quote(&backend, &access, id).await? {
        Accepted::Done => done.say("Done. What your account has from now on stands here."),
        Accepted::Declined => done.say("The card was declined, so nothing has changed. Try another card."),
        Accepted::Awaited => done.say("The bank has not answered yet. The change follows as soon as it has."),
    })
}

#[server(prefix = "/api", endpoint = "billing/cancel")]
pub async fn cancel_subscription() -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting_while_paused()?;
    backend::billing::cancel(&backend, &access).await?;
    Ok(Done::to(paths::BILLING).say("The subscription is cancelled.").new_session())
}

#[server(prefix = "/api", endpoint = "billing/keep-plan")]
pub async fn keep_plan() -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting_while_paused()?;
    backend::billing::keep_plan(&backend, &access).await?;
    Ok(Done::to(paths::BILLING).say("Dropped. Everything stays as it is."))
}

#[server(prefix = "/api", endpoint = "billing/pay")]
pub async fn pay_now() -> Result<Done, AppError> {
    use backend::billing::Paid;
    let (backend, access) = crate::request::acting_while_paused()?;
    let done = Done::to(paths::BILLING).new_session();
    Ok(match backend::billing::pay_now(&backend, &access).await? {
        Paid::All => done.say("Paid. Thank you."),
        Paid::Declined => done.say("The card was declined. Try another card."),
        Paid::Awaited => done.say("The bank has not answered yet. You will get a mail when it has."),
    })
}

/// To whom invoices go, and the countries they could be in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DetailsView {
    pub customer: Customer,
    /// What stands on an invoice where nothing was filled in.
    pub account_name: String,
    pub emails: String,
    pub countries: Vec<Choice>,
    pub reverse_charge: bool,
}

#[server(prefix = "/api", endpoint = "billing/details")]
pub async fn read_billing_details() -> Result<DetailsView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let details = backend::billing::details(&backend, &access).await?;
    let emails = details.emails.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Ok(DetailsView {
        account_name: crate::request::account_name(),
        emails,
        customer: Customer { country: details.named.country, ..details.customer },
        countries: backend::account::place_choices().countries,
        reverse_charge: details.reverse_charge,
    })
}

#[server(prefix = "/api", endpoint = "billing/change-details")]
pub async fn change_billing_details(
    #[server(default)] name: String,
    #[server(default)] street: String,
    #[server(default)] street_more: String,
    #[server(default)] postal_code: String,
    #[server(default)] city: String,
    #[server(default)] region: String,
    #[server(default)] country: String,
    #[server(default)] tax_id: String,
    #[server(default)] emails: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting_while_paused()?;
    let typed = Customer { name, street, street_more, postal_code, city, region, country, tax_id };
    backend::billing::change_details(&backend, &access, &typed, &emails).await?;
    Ok(Done::to(paths::BILLING).say("Saved. They count from the next invoice on."))
}

/// For whoever has the link of a mail.
#[server(prefix = "/api", endpoint = "billing/debt")]
pub async fn read_debt(link: String) -> Result<PayView, AppError> {
    let backend = crate::request::backend()?;
    Ok(backend::billing::pay_page(&backend, &link).await?)
}

#[server(prefix = "/api", endpoint = "billing/pay-debt")]
pub async fn pay_debt(link: String) -> Result<Done, AppError> {
    use backend::billing::Paid;
    let backend = crate::request::backend()?;
    Ok(match backend::billing::pay_debt(&backend, &link).await? {
        Paid::All => Done::stay().say("Paid. Thank you."),
        Paid::Declined => Done::stay().say("The card was declined. Sign in to add another one."),
        Paid::Awaited => Done::stay().say("The bank has not answered yet. You will get a mail when it has."),
    })
}
