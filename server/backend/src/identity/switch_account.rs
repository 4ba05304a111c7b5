use domain::{AccountId, Refusal, activity::Event, identity::device_label};

use super::{Opened, enter_account, membership, queries::session};
use crate::{Backend, Client, Result, Signed, activity};

/// Goes on in another of one's own accounts, with a renewed session.
///
/// # Errors
/// [`Refusal::NotFound`] for an account that the person is no active member of, [`Refusal::SignInNeeded`].
pub async fn switch_account(
    backend: &Backend,
    signed: &Signed,
    client: &Client,
    account: AccountId,
) -> Result<Opened> {
    let own = membership::memberships(backend, signed.login_id).await?;
    let chosen = own.iter().find(|membership| membership.account() == account).ok_or(Refusal::NotFound)?;
    let access = chosen.access(signed.login_id, signed.freshly_proved);
    let mut tx = backend.db.tenant(account).await?;
    let is_there_already = session::account(&mut tx, signed.session_id).await? == Some(account);
    let opened = enter_account(&mut tx, backend, client, signed, account).await?;
    if !is_there_already {
        let device = device_label(&client.user_agent);
        let event = Event::SignedIn { device, ip_address: client.ip_address.clone() };
        activity::record(&mut tx, &access, backend.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(opened)
}
