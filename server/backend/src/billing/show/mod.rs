//! From what billing knows to what its pages say.

mod card;
mod debt;
mod invoice;
mod overview;
mod plans;

pub use card::cards_page;
pub(crate) use debt::billing_notice;
pub use debt::pay_page;
pub(super) use debt::timetable;
pub use invoice::{invoice_page, invoices_page};
pub use overview::billing_page;
pub use plans::{plans_page, quote_page};

use domain::{
    account::Currency,
    billing::{LimitView, Limited, Limits, Terms, Usage},
};

use super::words;

/// "USD 249.95 a month".
fn price(terms: &Terms, currency: &Currency) -> String {
    words::price(terms.price_minor, terms.interval, currency)
}

fn limits(limits: &Limits, usage: &Usage) -> Vec<LimitView> {
    let all = [
        (Limited::Seats, usage.seats, limits.seats),
        (Limited::Profiles, usage.profiles, limits.profiles),
        (Limited::Calendars, usage.calendars, limits.calendars),
        (Limited::ApiKeys, usage.api_keys, limits.api_keys),
    ];
    all.into_iter().map(|(what, used, limit)| LimitView { what: what.label().into(), used, limit }).collect()
}
