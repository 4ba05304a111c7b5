//! The mails of this area.

use domain::{
    AccountId, InvitationId,
    staff::{INVITATION_DAYS, InvitationState},
};

use super::queries::invitation as queries;
use crate::{
    Backend, Result,
    account::local,
    mail::{Action, Message},
};

/// The mail with the link of this version; none when a newer one replaced it, or nobody can accept it any more.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn invitation(
    backend: &Backend,
    account: AccountId,
    invitation: InvitationId,
    version: i32,
) -> Result<Option<Message>> {
    let mut tx = backend.db.tenant(account).await?;
    let stored = queries::find(&mut tx, account, invitation).await?;
    tx.commit().await?;
    let now = backend.clock.now();
    let waiting = |details: &domain::staff::InvitationDetails| {
        details.state == InvitationState::Open && details.version == version && now < details.expires_at
    };
    let Some(stored) = stored.filter(|stored| waiting(&stored.details)) else { return Ok(None) };
    let (details, account_name) = (&stored.details, &stored.account_name);
    let inviter = &details.invited_by_name;
    let until = local(details.expires_at, &stored.time_zone).text;
    let brand = &backend.installation.brand_name;
    let url = stored.mailed_address(backend, account);
    Ok(Some(Message {
        attachment: None,
        to: details.email.clone(),
        sender_name: account_name.clone(),
        subject: format!("{inviter} invites you to {account_name}"),
        paragraphs: vec![
            format!("Hello {},", details.name.first),
            format!(
                "{inviter} invites you to work in {account_name} on {brand}, as {}.",
                details.assignment.role
            ),
            details.assignment.role.description().to_owned(),
        ],
        action: Some(Action { label: format!("Join {account_name}"), url }),
        note: format!(
            "The link is for you alone and works for {INVITATION_DAYS} days, until {until} ({account_name}’s time). \
             If you did not expect this mail, you need not do anything."
        ),
    }))
}
