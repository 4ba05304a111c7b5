use domain::activity::Event;

use super::{membership, queries::session};
use crate::{Access, Backend, Result, Signed};

/// Ends the session that asks. Asking again is harmless.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn sign_out(backend: &Backend, signed: &Signed, access: Option<&Access>) -> Result<()> {
    let mut tx = membership::begin(backend, access).await?;
    if session::end(&mut tx, signed.login_id, signed.session_id).await? {
        membership::record(&mut tx, backend, access, &Event::SignedOut).await?;
    }
    tx.commit().await?;
    Ok(())
}
