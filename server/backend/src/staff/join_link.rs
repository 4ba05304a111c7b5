//! The link of an invitation: `/join/<link>`, where the link's two ids are the account's and the invitation's.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, InvitationId, Refusal,
    staff::{LinkVerdict, link_verdict, may_invite_as},
};

use super::queries::invitation::{self as queries, StoredInvitation};
use crate::{
    Backend, Result, account,
    db::Tx,
    mailed_link::{MailedLink, Purpose, link_text},
};

/// A link as it came in. Its account may be anything until [`JoinLink::load`] has found it genuine.
pub(super) struct JoinLink {
    pub account: AccountId,
    invitation: InvitationId,
    link: MailedLink,
}

impl JoinLink {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let link = MailedLink::parse(text)?;
        match link.ids[..] {
            [account, invitation] => {
                Some(Self { account: account.into(), invitation: invitation.into(), link })
            }
            _ => None,
        }
    }

    pub(super) fn version(&self) -> i32 {
        self.link.version
    }

    /// The invitation behind the link; none when we never made this link.
    pub(super) async fn load(&self, tx: &mut Tx, backend: &Backend) -> Result<Option<StoredInvitation>> {
        let stored = queries::find(tx, self.account, self.invitation).await?;
        Ok(stored.filter(|stored| self.link.is_genuine(&backend.keys, Purpose::Invitation, &stored.nonce)))
    }

    /// The invitation under the account's lock, which only the holder of a genuine link gets to take.
    ///
    /// # Errors
    /// [`Refusal::LinkNotValid`] for every other link.
    pub(super) async fn load_locked(&self, tx: &mut Tx, backend: &Backend) -> Result<StoredInvitation> {
        self.load(tx, backend).await?.ok_or(Refusal::LinkNotValid)?;
        account::lock(tx, self.account).await?;
        Ok(self.load(tx, backend).await?.ok_or(Refusal::LinkNotValid)?)
    }

    /// # Errors
    /// [`Refusal::LinkNotValid`] when the link cannot be accepted now, whatever the reason: [`super::open_link`] tells it.
    pub(super) fn require_good(&self, stored: &StoredInvitation, now: DateTime<Utc>) -> Result<(), Refusal> {
        match stored.verdict(self.version(), now) {
            LinkVerdict::Good => Ok(()),
            _ => Err(Refusal::LinkNotValid),
        }
    }
}

impl StoredInvitation {
    /// Judges a genuine link of version `link_version`.
    pub(super) fn verdict(&self, link_version: i32, now: DateTime<Utc>) -> LinkVerdict {
        let details = &self.details;
        match link_verdict(details.state, details.version, details.expires_at, link_version, now) {
            LinkVerdict::Good if may_invite_as(self.inviter_permissions, &details.assignment).is_err() => {
                LinkVerdict::NotBacked
            }
            verdict => verdict,
        }
    }

    /// The address of the newest link.
    pub(super) fn address(&self, backend: &Backend, account: AccountId) -> String {
        let ids = [account.0, self.details.id.0];
        let link = link_text(&backend.keys, Purpose::Invitation, &ids, self.details.version, &self.nonce);
        backend.link(&format!("/join/{link}"))
    }
}
