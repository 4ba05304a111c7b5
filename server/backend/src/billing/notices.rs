//! What the gateway tells by itself: charges whose outcome is known, cards that were entered by somebody who did not come back.

use domain::{AccountId, Refusal};

use super::{
    cards,
    carry_out::{attempt_of, carry_out},
    gateway::{Notice, NoticeAbout},
    queries,
    stored::Outside,
};
use crate::{Access, Backend, Result};

/// Acts on a notice as it was received. It is believed what it is about, and the gateway is asked what became of that; so the order of
/// notices does not matter, and the same one twice is acted on once.
///
/// # Errors
/// [`Refusal::LinkNotValid`] when the gateway has not signed it; [`Refusal::GatewayAway`] when it cannot be asked: it will tell again.
pub async fn hear(backend: &Backend, signature: &str, body: &[u8]) -> Result<()> {
    let now = backend.clock.now();
    let Some(notice) = backend.billing.gateway.notice(signature, body, now)? else { return Ok(()) };
    let account = match &notice.about {
        NoticeAbout::Charge { key } => attempt_of(key).map(|(account, _)| account),
        NoticeAbout::Visit { account, .. } => Some(*account),
        NoticeAbout::Other => None,
    };
    let Some(account) = account else { return Ok(()) };
    let mut tx = backend.db.tenant(account).await?;
    let is_known = queries::notice::is_known(&mut tx, account, &notice.id).await?;
    tx.commit().await?;
    if is_known {
        return Ok(());
    }
    match act_on(backend, account, &notice).await {
        Ok(()) => {}
        // Of something that another installation with the same gateway has begun.
        Err(error) if error.refusal() == Some(&Refusal::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    }
    let mut tx = backend.db.tenant(account).await?;
    queries::notice::remember(&mut tx, account, &notice.id, now).await?;
    tx.commit().await?;
    metrics::counter!("steward_gateway_notices_total").increment(1);
    Ok(())
}

async fn act_on(backend: &Backend, account: AccountId, notice: &Notice) -> Result<()> {
    let access = Access::steward(account);
    match &notice.about {
        NoticeAbout::Charge { key } => {
            let (_, attempt) = attempt_of(key).ok_or(Refusal::NotFound)?;
            carry_out(backend, &access, vec![Outside::Ask { attempt }], None).await
        }
        NoticeAbout::Visit { reference, .. } => {
            let mut tx = backend.db.tenant(account).await?;
            let setup = queries::card::setup_called(&mut tx, account, reference).await?;
            tx.commit().await?;
            cards::end_visit(backend, &access, setup.ok_or(Refusal::NotFound)?).await.map(drop)
        }
        NoticeAbout::Other => Ok(()),
    }
}
