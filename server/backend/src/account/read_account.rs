use domain::account::Account;

use super::load;
use crate::{Access, Backend, Result};

/// The account somebody works in. Every member may see it.
///
/// # Errors
/// [`domain::Refusal::NotFound`] when it is gone.
pub async fn account(backend: &Backend, access: &Access) -> Result<Account> {
    let mut tx = backend.db.tenant(access.account()).await?;
    let account = load(&mut tx, access.account()).await?;
    tx.commit().await?;
    Ok(account)
}
