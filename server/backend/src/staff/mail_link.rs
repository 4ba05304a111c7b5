use domain::{Refusal, activity::Event};

use super::{invite::letter_of, join_link::JoinLink, mail_limits::count_mail};
use crate::{
    Access, Backend, Client, Result, activity, jobs,
    throttle::{self, Limit},
};

const PER_NETWORK: Limit = Limit { attempts: 20, window_minutes: 60 };

/// Mails the invitation to the invited address once more, for somebody who holds a link that was shown and not mailed. The answer
/// is the same whether the address has a login or not.
///
/// # Errors
/// [`Refusal::TooManyAttempts`]; [`Refusal::LinkNotValid`] when the link is forged, or cannot be accepted now.
pub async fn mail_link(backend: &Backend, client: &Client, link: &str) -> Result<()> {
    throttle::attempt(backend, "mail_link", &client.network(), PER_NETWORK).await?;
    let link = JoinLink::parse(link).ok_or(Refusal::LinkNotValid)?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(link.account).await?;
    let stored = link.load_locked(&mut tx, backend).await?;
    link.require_good(&stored, now)?;
    let details = stored.details;
    count_mail(&mut tx, backend, link.account, &details.email).await?;
    jobs::enqueue(&mut tx, now, &letter_of(link.account, details.id, details.version)).await?;
    let event =
        Event::InvitationMailed { invitation: details.id, name: details.name.full(), email: details.email };
    activity::record(&mut tx, &Access::steward(link.account), now, &event).await?;
    tx.commit().await?;
    Ok(())
}
