use chrono::{DateTime, Duration, Utc};
use domain::JobId;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::Job;
use crate::{Backend, Result, db::Tx, id};

/// Adds a job that is due at once; it exists when the transaction commits.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn enqueue<J: Job>(tx: &mut Tx, now: DateTime<Utc>, job: &J) -> Result<JobId> {
    enqueue_at(tx, now, now, job).await
}

/// Adds a job that is due at `run_at`.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn enqueue_at<J: Job>(
    tx: &mut Tx,
    now: DateTime<Utc>,
    run_at: DateTime<Utc>,
    job: &J,
) -> Result<JobId> {
    let id: JobId = id::new(now);
    sqlx::query!(
        "insert into job (id, name, payload, run_at, created_at) values ($1, $2, $3, $4, $5)",
        id.0,
        J::NAME,
        serde_json::to_value(job)?,
        run_at,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// [`enqueue_at`] unless the same waits for the same time already.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn enqueue_once_at<J: Job>(
    tx: &mut Tx,
    now: DateTime<Utc>,
    run_at: DateTime<Utc>,
    job: &J,
) -> Result<()> {
    sqlx::query!(
        "insert into job (id, name, payload, run_at, created_at) select $1, $2, $3, $4, $5
         where not exists (select from job where run_at = $4 and name = $2 and payload = $3
                           and finished_at is null and gave_up_at is null)",
        id::new::<JobId>(now).0,
        J::NAME,
        serde_json::to_value(job)?,
        run_at,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds many jobs of one kind that are due at `run_at`, in one statement.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn enqueue_all_at<J: Job>(
    tx: &mut Tx,
    now: DateTime<Utc>,
    run_at: DateTime<Utc>,
    jobs: &[J],
) -> Result<()> {
    let ids: Vec<Uuid> = jobs.iter().map(|_| id::new(now)).collect();
    let payloads: Vec<Value> = jobs.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    sqlx::query!(
        "insert into job (id, name, payload, run_at, created_at)
         select id, $2, payload, $4, $5 from unnest($1::uuid[], $3::jsonb[]) as waiting (id, payload)",
        &ids,
        J::NAME,
        &payloads,
        run_at,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Real seconds for which a claimed job belongs to its worker; renewed while it runs.
pub(super) const LEASE_SECONDS: u64 = 30;

pub(super) struct Claimed {
    pub id: JobId,
    pub name: String,
    pub payload: Value,
    /// This attempt included.
    pub attempts: i32,
}

/// Takes up to `most` due jobs for this worker. The materialised list is what keeps the promise: as a subquery of the update the
/// planner may run it more than once, and each run skips what the one before has locked.
pub(super) async fn claim(backend: &Backend, most: i64) -> Result<Vec<Claimed>> {
    let mut tx = backend.db.begin().await?;
    let jobs = sqlx::query_as!(
        Claimed,
        r#"with due as materialized (
             select id from job
             where finished_at is null and gave_up_at is null and run_at <= $1
               and (leased_until is null or leased_until < clock_timestamp())
             order by run_at for update skip locked limit $2)
           update job
           set attempts = attempts + 1, leased_until = clock_timestamp() + make_interval(secs => $3)
           from due where job.id = due.id
           returning job.id, job.name, job.payload, job.attempts"#,
        backend.clock.now(),
        most,
        LEASE_SECONDS as f64,
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(jobs)
}

pub(super) async fn renew_lease(backend: &Backend, id: JobId) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    sqlx::query!(
        "update job set leased_until = clock_timestamp() + make_interval(secs => $2) where id = $1",
        id.0,
        LEASE_SECONDS as f64,
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// A finished job leaves the table: what it did is recorded where it did it.
pub(super) async fn finish(backend: &Backend, id: JobId) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    sqlx::query!("delete from job where id = $1", id.0).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Stores why it failed and when to try again; `delay` none means never.
pub(super) async fn fail(backend: &Backend, id: JobId, reason: &str, delay: Option<Duration>) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    sqlx::query!(
        "update job set leased_until = null, last_error = $2, run_at = $3, gave_up_at = $4 where id = $1",
        id.0,
        reason,
        now + delay.unwrap_or_default(),
        delay.is_none().then_some(now),
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// How long the oldest due job has been waiting, in seconds; 0 when none is. For the metrics and the operator's alert.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn waiting_seconds(backend: &Backend) -> Result<i64> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let oldest = sqlx::query_scalar!(
        "select min(run_at) from job where finished_at is null and gave_up_at is null and run_at <= $1",
        now,
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(oldest.map_or(0, |oldest| (now - oldest).num_seconds()))
}

/// A job that failed for good and waits for the operator.
#[derive(Clone, Debug, Serialize)]
pub struct GivenUpJob {
    pub id: JobId,
    pub name: String,
    pub attempts: i32,
    pub gave_up_at: DateTime<Utc>,
    /// Why its last attempt failed.
    pub reason: String,
}

/// The newest `most` of them.
pub(crate) async fn given_up(tx: &mut Tx, most: i64) -> Result<Vec<GivenUpJob>> {
    let jobs = sqlx::query_as!(
        GivenUpJob,
        r#"select id, name, attempts, gave_up_at as "gave_up_at!", coalesce(last_error, '') as "reason!"
           from job where gave_up_at is not null order by gave_up_at desc, id limit $1"#,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(jobs)
}

/// Lets a given-up job start over; whether there was one.
pub(crate) async fn retry(tx: &mut Tx, id: JobId, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update job set gave_up_at = null, attempts = 0, run_at = $2, leased_until = null
         where id = $1 and gave_up_at is not null",
        id.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
