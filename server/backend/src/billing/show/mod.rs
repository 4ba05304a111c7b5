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
    let view =
        |what: Limited| LimitView { what: what.label().into(), used: usage.of(what), limit: limits.of(what) };
    Limited::ALL.map(view).to_vec()
}
