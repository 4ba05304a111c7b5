//! Billing: the plan, what it costs and when, cards, invoices, and paying what is owed.

pub mod api;
pub mod api_cards;
pub mod api_invoices;
mod banner;
mod cancel;
mod cards;
mod debt;
mod details;
mod draft;
mod entered;
mod invoice;
mod invoices;
mod overview;
mod parts;
mod pay;
mod plan;
mod plans;
mod quote;
mod test_gateway;

pub use self::banner::billing_banner;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{
    cancel::CancelPage, cards::CardsPage, details::DetailsPage, entered::CardEnteredPage,
    invoice::InvoicePage, invoices::InvoicesPage, overview::BillingPage, pay::PayPage, plans::PlansPage,
    quote::QuotePage, test_gateway::TestGatewayPage,
};
use crate::pages::pages;

pages!(BillingPages, billing_pages: BillingPage, PlansPage, QuotePage, CancelPage, CardsPage, CardEnteredPage, DetailsPage, InvoicesPage, InvoicePage);
pages!(PayPages, pay_pages: PayPage, TestGatewayPage);

/// Below Settings.
#[component(transparent)]
pub fn BillingRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("billing") view=BillingPages::BillingPage/>
        <Route path=path!("billing/plans") view=BillingPages::PlansPage/>
        <Route path=path!("billing/plans/:id") view=BillingPages::QuotePage/>
        <Route path=path!("billing/cancel") view=BillingPages::CancelPage/>
        <Route path=path!("billing/cards") view=BillingPages::CardsPage/>
        <Route path=path!("billing/cards/:id") view=BillingPages::CardEnteredPage/>
        <Route path=path!("billing/details") view=BillingPages::DetailsPage/>
        <Route path=path!("billing/invoices") view=BillingPages::InvoicesPage/>
        <Route path=path!("billing/invoices/:id") view=BillingPages::InvoicePage/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// For whoever has a link, and for who enters a card.
#[component(transparent)]
pub fn PayRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/pay/:id") view=PayPages::PayPage/>
        <Route path=path!("/test-gateway/:id") view=PayPages::TestGatewayPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
