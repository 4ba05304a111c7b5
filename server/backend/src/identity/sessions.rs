use chrono::{DateTime, Utc};
use domain::{AccountId, LoginId, Refusal, SessionId, activity::Event, identity::SessionRow};

use super::{membership, queries::session};
use crate::{Access, Backend, Error, Result, Signed, db::Tx};

/// Where the person is signed in, the last used first, with the session that asks marked.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn list_sessions(backend: &Backend, signed: &Signed) -> Result<Vec<SessionRow>> {
    let mut tx = backend.db.begin().await?;
    let mut rows = session::list(&mut tx, signed.login_id, None, backend.clock.now()).await?;
    tx.commit().await?;
    for row in &mut rows {
        row.is_current = row.id == signed.session_id;
    }
    Ok(rows)
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`Refusal::NotFound`], also for somebody else's.
pub async fn end_session(
    backend: &Backend,
    signed: &Signed,
    access: Option<&Access>,
    session: SessionId,
) -> Result<()> {
    let mut tx = membership::begin(backend, access).await?;
    if !session::end(&mut tx, signed.login_id, session).await? {
        return Err(Refusal::NotFound.into());
    }
    membership::record(&mut tx, backend, access, &Event::SessionsEnded { count: 1 }).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all of one's own sessions but the one that asks; answers how many.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn end_other_sessions(backend: &Backend, signed: &Signed, access: Option<&Access>) -> Result<u32> {
    let mut tx = membership::begin(backend, access).await?;
    let count = count(session::end_others(&mut tx, signed.login_id, Some(signed.session_id)).await?)?;
    if count > 0 {
        membership::record(&mut tx, backend, access, &Event::SessionsEnded { count }).await?;
    }
    tx.commit().await?;
    Ok(count)
}

/// Where a person is signed in to `account`, for those who may see it; none is marked as the one that asks.
pub(crate) async fn sessions_in_account(
    tx: &mut Tx,
    now: DateTime<Utc>,
    login: LoginId,
    account: AccountId,
) -> Result<Vec<SessionRow>> {
    session::list(tx, login, Some(account), now).await
}

/// Signs a person out of `account` everywhere; answers how many sessions ended. What they have open elsewhere stays.
pub(crate) async fn end_sessions_in_account(tx: &mut Tx, login: LoginId, account: AccountId) -> Result<u32> {
    count(session::end_in_account(tx, login, account).await?)
}

fn count(rows: u64) -> Result<u32> {
    u32::try_from(rows).map_err(Error::internal)
}
