//! Background work in PostgreSQL: enqueued in the caller's transaction, retried with a stored backoff, taken up by another
//! worker when one dies. A job only calls a use case and must bear being run twice.
//!
//! Own table instead of a queue crate, because the injected clock decides what is due (tests move it) and a dead worker's
//! job must be taken up within a minute.

mod queue;
mod worker;

use std::future::Future;

pub use queue::{GivenUpJob, enqueue, enqueue_all_at, enqueue_at, enqueue_once_at, waiting_seconds};
pub(crate) use queue::{given_up, retry};
use serde::{Serialize, de::DeserializeOwned};
pub use worker::{run_due, work};

use crate::{Backend, Error, Result};

/// One kind of background work; its fields are what it needs to know. Never put a secret into one: they are stored.
pub trait Job: Serialize + DeserializeOwned + Send + Sync {
    /// Stored with each job: never rename one that may be waiting.
    const NAME: &'static str;
    /// With the backoff of [`worker`] twelve attempts take about four hours.
    const MAX_ATTEMPTS: i32 = 12;

    fn run(&self, backend: &Backend) -> impl Future<Output = Result<()>> + Send;

    /// Called once, after the last attempt failed for `reason`.
    fn give_up(&self, _backend: &Backend, _reason: &str) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }
}

/// Every job there is. A job that is missing here cannot be enqueued by mistake: the worker says so in the log and retries.
macro_rules! registry {
    ($($job:ty),* $(,)?) => {
        async fn run_by_name(backend: &Backend, name: &str, payload: serde_json::Value) -> Result<()> {
            match name {
                $(<$job>::NAME => serde_json::from_value::<$job>(payload)?.run(backend).await,)*
                other => Err(Error::internal(format!("no job is called {other:?}"))),
            }
        }

        async fn give_up_by_name(backend: &Backend, name: &str, payload: serde_json::Value, why: &str) -> Result<()> {
            match name {
                $(<$job>::NAME => serde_json::from_value::<$job>(payload)?.give_up(backend, why).await,)*
                _ => Ok(()),
            }
        }

        fn max_attempts(name: &str) -> i32 {
            match name {
                $(<$job>::NAME => <$job>::MAX_ATTEMPTS,)*
                // A newer version's, during a roll-out: it will be taken up there.
                _ => 12,
            }
        }
    };
}

registry![
    crate::activity::WriteExport,
    crate::mail::SendLetter,
    crate::permissions::elevation::EndElevation,
    crate::staff::attention::LookOver,
    crate::staff::guest::EndAccess,
    crate::staff::RunImport,
];
