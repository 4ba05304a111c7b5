use chrono::Days;

use super::super::queries;
use crate::{Backend, Result, operator};

/// Days that uses are kept: a year to look back on, and the month in which it is reviewed.
pub(super) const KEPT_DAYS: u64 = 400;

/// Forgets uses of longer ago, account by account. Every worker does it once a day.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn forget_old_uses(backend: &Backend) -> Result<()> {
    let oldest = backend.clock.now().date_naive() - Days::new(KEPT_DAYS);
    for account in operator::account_ids(backend).await? {
        let mut tx = backend.db.tenant(account).await?;
        queries::uses::delete_before(&mut tx, account, oldest).await?;
        tx.commit().await?;
    }
    Ok(())
}
