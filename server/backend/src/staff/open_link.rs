use domain::staff::{DeadLink, JoinOffer, JoinPage, JoinStep, LinkVerdict};

use super::{join_link::JoinLink, queries::invitation::StoredInvitation};
use crate::{Backend, Result, Signed, identity};

/// What the page behind an invitation's link says; changes nothing, so a mail scanner that follows links does no harm.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn open_link(backend: &Backend, signed: Option<&Signed>, link: &str) -> Result<JoinPage> {
    let Some(link) = JoinLink::parse(link) else { return Ok(JoinPage::Unknown) };
    let mut tx = backend.db.tenant(link.account).await?;
    let Some(stored) = link.load(&mut tx, backend).await? else { return Ok(JoinPage::Unknown) };
    let verdict = stored.verdict(link.version(), backend.clock.now());
    if verdict != LinkVerdict::Good {
        tx.commit().await?;
        return Ok(JoinPage::Dead(dead(stored, verdict)));
    }
    let is_mailed = link.is_mailed(backend, &stored);
    // Only who reads the address's mail hears whether it has a login.
    let has_login = is_mailed && identity::find_login(&mut tx, &stored.details.email).await?.is_some();
    tx.commit().await?;
    Ok(match signed {
        Some(signed) if signed.email != stored.details.email => JoinPage::WrongPerson {
            signed_in: signed.email.clone(),
            invited: stored.details.email,
            account_name: stored.account_name,
        },
        Some(_) => JoinPage::Good(offer(stored, JoinStep::Accept)),
        None if !is_mailed => JoinPage::Good(offer(stored, JoinStep::AskForMail)),
        None if has_login => JoinPage::Good(offer(stored, JoinStep::SignIn)),
        None => JoinPage::Good(offer(stored, JoinStep::ChoosePassword)),
    })
}

fn offer(stored: StoredInvitation, step: JoinStep) -> JoinOffer {
    JoinOffer {
        account_name: stored.account_name,
        inviter_name: stored.details.invited_by_name,
        email: stored.details.email,
        name: stored.details.name,
        assignment: stored.details.assignment,
        step,
    }
}

fn dead(stored: StoredInvitation, verdict: LinkVerdict) -> DeadLink {
    DeadLink {
        verdict,
        account_name: stored.account_name,
        inviter_name: stored.details.invited_by_name,
        asked_again: stored.details.asked_again_at.is_some(),
    }
}
