use chrono::Duration;

use super::queries::{session, sign_up, token};
use crate::{Backend, Result, throttle};

/// Days that used-up and expired links and sign-ups are kept, so that support can see what happened.
const KEPT_DAYS: i64 = 7;
/// Longer than any window in which attempts are counted.
const ATTEMPTS_KEPT_HOURS: i64 = 48;

/// Forgets ended sessions, dead links, sign-ups that nobody confirmed and old attempts. Every worker does it once an hour.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn sweep(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    session::delete_ended(&mut tx, now).await?;
    token::delete_expired(&mut tx, now - Duration::days(KEPT_DAYS)).await?;
    sign_up::delete_expired(&mut tx, now - Duration::days(KEPT_DAYS)).await?;
    tx.commit().await?;
    throttle::sweep(backend, now - Duration::hours(ATTEMPTS_KEPT_HOURS)).await
}
