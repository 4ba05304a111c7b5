use std::time::{Duration, Instant};

use tokio::{sync::watch, task::JoinSet};
use tracing::Instrument;

use super::{
    give_up_by_name, max_attempts,
    queue::{self, Claimed},
    run_by_name,
};
use crate::{Backend, Error, Result, billing, identity, permissions, staff};

/// Jobs that one worker runs at a time.
const PLACES: usize = 4;
/// How long an idle worker waits before it looks again.
const IDLE: Duration = Duration::from_millis(500);
/// The longest pause between two attempts.
const LONGEST_BACKOFF_SECONDS: i64 = 3_600;

/// How often a worker forgets what is over, whatever else there is to do.
const SWEPT_EVERY: Duration = Duration::from_secs(3_600);
/// As [`SWEPT_EVERY`], for what is looked through account by account.
const ACCOUNTS_SWEPT_EVERY: Duration = Duration::from_secs(86_400);

/// Works until `stop` becomes true, then finishes what it has begun.
pub async fn work(backend: Backend, mut stop: watch::Receiver<bool>) {
    let mut running = JoinSet::new();
    let (mut swept, mut accounts_swept) = (None, None);
    // In a task of its own: a charge takes its time, and jobs do not wait.
    let mut ticking = JoinSet::new();
    while !*stop.borrow() {
        if is_due(&mut swept, SWEPT_EVERY)
            && let Err(error) = identity::sweep(&backend).await
        {
            tracing::warn!(%error, "what is over could not be forgotten; trying again in an hour");
        }
        if is_due(&mut accounts_swept, ACCOUNTS_SWEPT_EVERY) {
            // In a task of its own: with many accounts it takes a while, and jobs do not wait.
            let backend = backend.clone();
            running.spawn(async move {
                if let Err(error) = permissions::forget_old_uses(&backend).await {
                    tracing::warn!(%error, "old uses of permissions could not be forgotten; trying again tomorrow");
                }
                if let Err(error) = staff::attention::plan_looks(&backend).await {
                    tracing::warn!(%error, "not every account will be looked over; trying again tomorrow");
                }
            });
        }
        if ticking.try_join_next().is_some() || ticking.is_empty() {
            let backend = backend.clone();
            ticking.spawn(async move {
                if let Err(error) = billing::tick(&backend).await {
                    tracing::warn!(%error, "what is due in billing cannot be read; trying again");
                }
            });
        }
        let free = PLACES.saturating_sub(running.len());
        let claimed = match queue::claim(&backend, i64::try_from(free).unwrap_or(1)).await {
            Ok(claimed) => claimed,
            Err(error) => {
                tracing::warn!(%error, "jobs cannot be read; trying again");
                Vec::new()
            }
        };
        for job in claimed {
            let backend = backend.clone();
            running.spawn(async move { run_one(&backend, job).await });
        }
        tokio::select! {
            _ = stop.changed() => {}
            Some(_) = running.join_next(), if !running.is_empty() => {}
            // Also while a long job runs: the other places are for what comes meanwhile.
            () = tokio::time::sleep(IDLE), if running.len() < PLACES => {}
        }
    }
    while running.join_next().await.is_some() {}
    while ticking.join_next().await.is_some() {}
}

/// Whether something is to be done that was done `last`; it counts as done then.
fn is_due(last: &mut Option<Instant>, every: Duration) -> bool {
    let due = last.is_none_or(|at| at.elapsed() >= every);
    if due {
        *last = Some(Instant::now());
    }
    due
}

/// Runs everything that is due now, billing first, one after the other, and what that enqueues; answers how many jobs. For tests and commands.
///
/// # Errors
/// [`crate::Error::Internal`] when the queue cannot be read; a job's own failure is stored with the job.
pub async fn run_due(backend: &Backend) -> Result<usize> {
    let mut count = 0;
    billing::tick(backend).await?;
    loop {
        let claimed = queue::claim(backend, 1).await?;
        if claimed.is_empty() {
            return Ok(count);
        }
        for job in claimed {
            run_one(backend, job).await;
            count += 1;
        }
    }
}

async fn run_one(backend: &Backend, job: Claimed) {
    let account = account_of(&job.payload).unwrap_or_default();
    let span = tracing::info_span!("job", id = %job.id, name = job.name, account);
    run_claimed(backend, job).instrument(span).await;
}

/// The account a job is about, for the log; a mail's stands inside its letter.
fn account_of(payload: &serde_json::Value) -> Option<&str> {
    payload.get("account").or_else(|| payload.pointer("/letter/account"))?.as_str()
}

async fn run_claimed(backend: &Backend, job: Claimed) {
    let Claimed { id, name, payload, attempts } = job;
    let started = Instant::now();
    let outcome = {
        // In a task of its own, so that a panic is a failure like any other.
        let (backend_of_work, name, payload) = (backend.clone(), name.clone(), payload.clone());
        let work = async move { run_by_name(&backend_of_work, &name, payload).await };
        let mut work = tokio::spawn(work.in_current_span());
        let mut heartbeat = tokio::time::interval(Duration::from_secs(queue::LEASE_SECONDS / 3));
        heartbeat.tick().await;
        loop {
            tokio::select! {
                outcome = &mut work => break outcome.unwrap_or_else(|panic| Err(Error::internal(panic))),
                _ = heartbeat.tick() => {
                    if let Err(error) = queue::renew_lease(backend, id).await {
                        tracing::warn!(%error, job = %id, "the lease could not be renewed");
                    }
                }
            }
        }
    };
    metrics::histogram!("steward_job_seconds", "job" => name.clone()).record(started.elapsed().as_secs_f64());
    let settled = match outcome {
        Ok(()) => queue::finish(backend, id).await,
        Err(error) => {
            let reason = error.to_string();
            tracing::warn!(job = %id, name, attempts, reason, "a job failed");
            metrics::counter!("steward_job_failures_total", "job" => name.clone()).increment(1);
            settle_failure(backend, id, &name, payload, attempts, &reason).await
        }
    };
    if let Err(error) = settled {
        tracing::error!(job = %id, %error, "a job's end could not be stored; it will run again");
    }
}

async fn settle_failure(
    backend: &Backend,
    id: domain::JobId,
    name: &str,
    payload: serde_json::Value,
    attempts: i32,
    reason: &str,
) -> Result<()> {
    if attempts < max_attempts(name) {
        return queue::fail(backend, id, reason, Some(backoff(attempts))).await;
    }
    if let Err(error) = give_up_by_name(backend, name, payload, reason).await {
        tracing::error!(job = %id, name, %error, "nobody could be told that a job was given up");
    }
    queue::fail(backend, id, reason, None).await
}

/// 5, 10, 20, 40 … seconds, at most an hour.
fn backoff(attempts: i32) -> chrono::Duration {
    let doubled = 5_i64.saturating_mul(1 << attempts.clamp(1, 20).saturating_sub(1));
    chrono::Duration::seconds(doubled.min(LONGEST_BACKOFF_SECONDS))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn the_log_names_the_account_of_a_job_wherever_it_stands() {
        for (payload, account) in [
            (json!({ "account": "a", "import": "b" }), Some("a")),
            (json!({ "letter": { "letter": "invitation", "account": "a" } }), Some("a")),
            (json!({ "letter": { "letter": "reset_password", "email": "e" } }), None),
        ] {
            assert_eq!(super::account_of(&payload), account);
        }
    }

    #[test]
    fn pauses_double_up_to_an_hour() {
        let seconds: Vec<_> = [1, 2, 3, 10, 11, 30].map(|n| super::backoff(n).num_seconds()).into();
        assert_eq!(seconds, [5, 10, 20, 2560, 3600, 3600]);
    }
}
