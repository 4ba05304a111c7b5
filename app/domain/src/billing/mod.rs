//! Billing: what is owed, when, and what becomes of an account whose payments fail. Pure: amounts are whole smallest units, days are
//! those of the account's calendar, now is a parameter, and what has to be done outside is returned as values.
//!
//! The rule is in `docs/billing.md`.

mod anchor;
mod line;
mod money;
mod period;
mod plan;
mod tax;

pub use anchor::{Anchor, local_day};
pub use line::{Line, LineKind, LineRef};
pub use period::Period;
use period::days_between;
pub use plan::{Effective, Excess, Interval, Limited, Limits, PRICE_MAX_MINOR, Plan, Terms, Usage};
pub use tax::{Tax, TaxRate};
