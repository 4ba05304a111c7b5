//! What the operator does from the command line.

mod accounts;
mod given_up_jobs;

pub(crate) use accounts::account_ids;
pub use accounts::{OperatedAccount, accounts};
pub use given_up_jobs::{given_up_jobs, retry_job};
