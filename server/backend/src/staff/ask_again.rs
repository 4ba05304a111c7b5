use domain::{Refusal, activity::Event, staff::LinkVerdict};

use super::{join_link::JoinLink, queries::invitation as queries};
use crate::{
    Access, Backend, Client, Result, activity,
    throttle::{self, Limit},
};

const PER_ADDRESS: Limit = Limit { attempts: 20, window_minutes: 60 };

/// The holder of a dead link asks for a new one; the request stands in My Staff until somebody answers it. Asking again, or with
/// a link that works, changes nothing.
///
/// # Errors
/// [`Refusal::TooManyAttempts`]; [`Refusal::LinkNotValid`] when the link is forged, or used: its owner has joined already.
pub async fn ask_again(backend: &Backend, client: &Client, link: &str) -> Result<()> {
    throttle::attempt(backend, "ask_again", &client.network(), PER_ADDRESS).await?;
    let link = JoinLink::parse(link).ok_or(Refusal::LinkNotValid)?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(link.account).await?;
    let stored = link.load_locked(&mut tx, backend).await?;
    let verdict = stored.verdict(link.version(), now);
    if verdict == LinkVerdict::Used {
        return Err(Refusal::LinkNotValid.into());
    }
    let details = stored.details;
    if verdict.can_ask_again() && queries::ask_again(&mut tx, link.account, details.id, now).await? {
        let event = Event::InvitationAskedAgain {
            invitation: details.id,
            name: details.name.full(),
            email: details.email,
        };
        activity::record(&mut tx, &Access::steward(link.account), now, &event).await?;
    }
    tx.commit().await?;
    Ok(())
}
