//! Counted attempts in PostgreSQL, so that several servers count together.

use chrono::{DateTime, Duration, Utc};
use domain::Refusal;

use crate::{Backend, Error, Result, db::Tx, keys};

/// How often something may be tried.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    pub attempts: i32,
    pub window_minutes: i64,
}

/// Counts one attempt for `what` by `who` before it happens, so that parallel attempts cannot slip through together.
///
/// # Errors
/// [`Refusal::TooManyAttempts`] with the seconds until the window ends.
pub(crate) async fn attempt(backend: &Backend, what: &str, who: &str, limit: Limit) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    let outcome = attempt_in(&mut tx, backend.clock.now(), what, who, limit).await;
    tx.commit().await?;
    outcome
}

/// As [`attempt`], counted only when `tx` is committed, for what happens in `tx`. Who goes on after a refusal has lost nothing.
///
/// # Errors
/// [`Refusal::TooManyAttempts`] with the seconds until the window ends.
pub(crate) async fn attempt_in(
    tx: &mut Tx,
    now: DateTime<Utc>,
    what: &str,
    who: &str,
    limit: Limit,
) -> Result<()> {
    let oldest_window = now - Duration::minutes(limit.window_minutes);
    let key = keys::sha256(&[what.as_bytes(), who.as_bytes()]);
    // A look first, which locks nothing: whoever goes on and on must not make everybody else wait for the row.
    let used_up = sqlx::query_scalar!(
        "select window_started_at from throttle where key = $1 and attempts >= $2 and window_started_at > $3",
        &key,
        limit.attempts,
        oldest_window,
    )
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(window_started_at) = used_up {
        return Err(refusal(window_started_at, limit, now));
    }
    // Once over the limit the count stays there: it cannot overflow, however long somebody goes on.
    let row = sqlx::query!(
        r#"insert into throttle (key, window_started_at, attempts) values ($1, $2, 1)
           on conflict (key) do update set
             attempts = case when throttle.window_started_at <= $3 then 1
                             else least(throttle.attempts + 1, $4 + 1) end,
             window_started_at = case when throttle.window_started_at <= $3 then $2
                                      else throttle.window_started_at end
           returning attempts, window_started_at"#,
        &key,
        now,
        oldest_window,
        limit.attempts,
    )
    .fetch_one(&mut **tx)
    .await?;
    if row.attempts <= limit.attempts {
        return Ok(());
    }
    Err(refusal(row.window_started_at, limit, now))
}

fn refusal(window_started_at: DateTime<Utc>, limit: Limit, now: DateTime<Utc>) -> Error {
    let until = window_started_at + Duration::minutes(limit.window_minutes);
    Refusal::TooManyAttempts { retry_after_seconds: seconds(until - now) }.into()
}

/// Takes one attempt back, because it turned out to be no guess.
pub(crate) async fn give_back(backend: &Backend, what: &str, who: &str) -> Result<()> {
    let key = keys::sha256(&[what.as_bytes(), who.as_bytes()]);
    let mut tx = backend.db.begin().await?;
    sqlx::query!("update throttle set attempts = greatest(attempts - 1, 0) where key = $1", &key)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Removes windows that ended before `before`.
pub(crate) async fn sweep(backend: &Backend, before: DateTime<Utc>) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    sqlx::query!("delete from throttle where window_started_at < $1", before).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}

fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.num_seconds().max(1)).unwrap_or(u32::MAX)
}
