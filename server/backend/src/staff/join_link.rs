//! The link of an invitation: `/join/<link>`, where the link's two ids are the account's and the invitation's.
//!
//! There are two of each version. The mailed one proves that its holder reads the invited address. The other is shown to whoever
//! may invite, for when the mail does not arrive: it leads to the same page, but there it takes the mailed one, or a session of
//! the invited person, to join.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, InvitationId, Permission, Refusal,
    staff::{LastDay, LinkVerdict, link_verdict, may_invite_as},
};

use super::{
    guest::end_of,
    queries::invitation::{self as queries, StoredInvitation},
};
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
        let kinds = [Purpose::Invitation, Purpose::ShownInvitation];
        Ok(stored.filter(|stored| kinds.iter().any(|kind| self.is(*kind, backend, stored))))
    }

    /// Whether the link went by mail, so that its holder reads what comes to the invited address.
    pub(super) fn is_mailed(&self, backend: &Backend, stored: &StoredInvitation) -> bool {
        self.is(Purpose::Invitation, backend, stored)
    }

    fn is(&self, kind: Purpose, backend: &Backend, stored: &StoredInvitation) -> bool {
        self.link.is_genuine(&backend.keys, kind, &stored.nonce)
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
            LinkVerdict::Good if !self.is_backed(now) => LinkVerdict::NotBacked,
            verdict => verdict,
        }
    }

    /// Whether the inviter could invite to this now.
    fn is_backed(&self, now: DateTime<Utc>) -> bool {
        let is_gone = self.inviter_last_day.is_some_and(|day| end_of(day, &self.time_zone) <= now);
        if is_gone || LastDay::may_give(self.inviter_last_day, self.details.last_day).is_err() {
            return false;
        }
        let own = self.inviter_permissions;
        let is_elevated = self.inviter_elevated_until.is_some_and(|until| now < until);
        let may = if is_elevated { own.with(Permission::SettingsInviteStaff) } else { own };
        may_invite_as(may, own, &self.details.assignment).is_ok()
    }

    /// The address of the newest link, for the mail to the invited address and for nothing else.
    pub(super) fn mailed_address(&self, backend: &Backend, account: AccountId) -> String {
        self.address(Purpose::Invitation, backend, account)
    }

    /// The address of the newest link that may be shown.
    pub(super) fn shown_address(&self, backend: &Backend, account: AccountId) -> String {
        self.address(Purpose::ShownInvitation, backend, account)
    }

    fn address(&self, kind: Purpose, backend: &Backend, account: AccountId) -> String {
        let ids = [account.0, self.details.id.0];
        let link = link_text(&backend.keys, kind, &ids, self.details.version, &self.nonce);
        backend.link(&format!("/join/{link}"))
    }
}
