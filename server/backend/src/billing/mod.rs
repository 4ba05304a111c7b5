//! Billing: `domain::billing` decides, and this carries it out. The book of an account is loaded under the account's lock, changed by
//! the engine, and stored with all that follows in one transaction; only then is the gateway spoken to, and its answer is a transaction
//! of its own. Whatever is interrupted is taken up by [`tick`].

mod cards;
mod carry_out;
mod choose;
mod details;
mod events;
pub mod gateway;
mod invoices;
mod letters;
mod notices;
mod orders;
mod overview;
mod pay_link;
mod pdf;
mod plans;
mod queries;
mod room;
mod scenario;
mod settings;
mod show;
mod simulate;
mod stored;
mod tick;
pub mod words;

pub use cards::{CardChange, begin_card, change_card, end_card};
pub use choose::{Accepted, Choices, QuoteShown, accept_quote, choices, make_quote, quote};
pub use details::{BillingDetails, change_details, details};
pub use gateway::{Gateway, Stripe, StripeKeys, TestCard, TestGateway, test_visit, test_visit_done};
pub use invoices::{ChargedCard, InvoiceFile, InvoiceShown, invoice, invoice_file, invoices, invoices_file};
pub use letters::BillingMail;
pub(crate) use letters::billing_letter;
pub use notices::hear;
pub use orders::{Paid, cancel, keep_plan, pay_now};
pub use overview::{Ahead, AheadKind, Overview, overview};
pub(crate) use pay_link::pay_link;
pub use pay_link::{Debt, debt, pay_debt};
pub(crate) use plans::first_plans;
pub use plans::{BooksChecked, PlanListed, add_plan, check_books, plans, price, retire_plan, unpark};
pub use queries::{
    card::{CardRole, PaymentMethod},
    invoice::Listed,
    plan::OfferedPlan,
};
pub(crate) use room::{require_room, room};
pub use settings::BillingSettings;
pub(crate) use show::billing_notice;
pub use show::{billing_page, cards_page, invoice_page, invoices_page, pay_page, plans_page, quote_page};
pub use simulate::{SimulationError, simulate};
pub use tick::tick;
