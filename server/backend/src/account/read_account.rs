use domain::{Refusal, account::Account};

use super::queries;
use crate::{Access, Backend, Result};

/// The account somebody works in. Every member may see it.
///
/// # Errors
/// [`Refusal::NotFound`] when it is gone.
pub async fn account(backend: &Backend, access: &Access) -> Result<Account> {
    let mut tx = backend.db.tenant(access.account()).await?;
    let account = queries::account(&mut tx, access.account()).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    Ok(account)
}
