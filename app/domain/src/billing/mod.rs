//! Billing: what is owed, when, and what becomes of an account whose payments fail. Pure: amounts are whole smallest units, days are
//! those of the account's calendar, now is a parameter, and what has to be done outside is returned as values.
//!
//! The rule is in `docs/billing.md`. A [`Book`] is the billing of one account: people act on it, [`Book::step`] does what is due, and
//! [`Book::settle`] takes the gateway's answers.

mod anchor;
mod book;
mod card;
mod change;
mod charge;
mod collection;
mod customer;
mod document;
mod dunning;
mod effect;
mod invoice;
mod keep;
mod ledger;
mod line;
mod money;
mod offer;
mod orders;
mod period;
mod plan;
mod quote;
mod simulation;
mod state;
mod subscription;
mod tax;
mod tick;
mod view;

pub use anchor::{Anchor, Moment, local_day, start_of_day};
pub use book::{Book, Order};
pub use card::{Card, CardExpiry, EXPIRY_WARNING_DAYS};
pub use change::ChangePreview;
pub use charge::{Answer, Attempt, Cause, Doubt, Method};
pub use customer::Customer;
pub use document::{Document, Party};
pub use dunning::{Decline, Dunning, DunningStep, RETRY_DAYS};
pub use effect::{Effect, Mail, MailKind};
pub use invoice::{Draft, Invoice, InvoiceKind, InvoiceStatus};
pub use ledger::{Ledger, LedgerAccount, Posting};
pub use line::{Line, LineKind, LineRef};
pub use offer::{Beginning, Offer};
pub use orders::CancelWhen;
pub use period::Period;
use period::days_between;
pub use plan::{Effective, Excess, Interval, Limited, Limits, PRICE_MAX_MINOR, Plan, Terms, Usage};
pub use quote::{QUOTE_MINUTES, Quote};
pub use simulation::{
    Act, CardOutcome, Course, Event, Impossible, Outcome, SCENARIO_EVENTS_MAX, SCENARIO_YEARS_MAX, Scenario,
    TRIAL_DAYS_MAX, forecast, simulate,
};
pub use state::{Next, Start, State, StateName};
pub use subscription::{CHANGE_REMINDER_DAYS, Subscription};
pub use tax::{Tax, TaxRate};
pub use tick::{Due, STEPS_A_DAY_MAX, Step, Task};
pub use view::{
    AheadView, BillingView, CardView, DebtView, DraftView, ExcessView, InvoiceRow, InvoiceView, LimitView,
    LineView, PayView, PlanNow, PlanView, PlansView, QuoteView, Standing,
};
