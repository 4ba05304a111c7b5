use std::time::Duration;

use chrono::NaiveDate;
use domain::{AccountId, Permission, PermissionSet};
use tokio::{sync::watch, time::MissedTickBehavior};
use uuid::Uuid;

use super::{super::queries, noting::Whose};
use crate::{Backend, Result};

/// How long a use waits in memory at most.
const WRITTEN_EVERY: Duration = Duration::from_secs(30);

/// Writes what this server noted, time and again until `stop` becomes true. Call [`write_uses`] once more when the last request is
/// answered.
pub async fn keep_writing_uses(backend: Backend, mut stop: watch::Receiver<bool>) {
    let mut due = tokio::time::interval(WRITTEN_EVERY);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stop.borrow() {
        tokio::select! {
            _ = stop.changed() => return,
            _ = due.tick() => {}
        }
        if let Err(error) = write_uses(&backend).await {
            tracing::warn!(%error, "uses of permissions could not be written; trying again");
        }
    }
}

/// Writes what this server noted and has not written yet: one statement an account. What cannot be written stays noted, and does not
/// keep the other accounts' from being written.
///
/// # Errors
/// [`crate::Error::Internal`], the last account's that failed.
pub async fn write_uses(backend: &Backend) -> Result<()> {
    let mut outcome = Ok(());
    for rows in backend.uses.fresh().chunk_by(|(one, _), (next, _)| one.account == next.account) {
        match write(backend, rows[0].0.account, rows).await {
            Ok(()) => backend.uses.written(rows),
            Err(error) => outcome = Err(error),
        }
    }
    backend.uses.forget_written(backend.clock.now());
    outcome
}

async fn write(backend: &Backend, account: AccountId, rows: &[(Whose, PermissionSet)]) -> Result<()> {
    let (mut members, mut permissions, mut days) = (Vec::<Uuid>::new(), Vec::new(), Vec::<NaiveDate>::new());
    for (whose, set) in rows {
        for permission in set.iter() {
            members.push(whose.member.0);
            permissions.push(Permission::key(permission));
            days.push(whose.day);
        }
    }
    let mut tx = backend.db.tenant(account).await?;
    queries::uses::add(&mut tx, account, &members, &permissions, &days).await?;
    tx.commit().await?;
    Ok(())
}
