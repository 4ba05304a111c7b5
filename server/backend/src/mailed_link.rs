//! Links that are sent by mail: `<id>.<version>.<secret>`.
//!
//! The secret is an HMAC over the row's random nonce under the installation's key. So a link can be shown or mailed again
//! without being stored, who reads the database cannot make one, and a genuine but replaced link can be told from a forged one.

use uuid::Uuid;

use crate::{Keys, keys};

/// What a link is good for; a link of one purpose never works for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    ConfirmSignUp,
    ResetPassword,
    ConfirmEmail,
    Invitation,
    /// The invitation that is shown to who may invite: unlike the mailed one it proves nothing about the address.
    ShownInvitation,
    /// A visitor's own appointment.
    Appointment,
}

impl Purpose {
    const fn key(self) -> &'static str {
        match self {
            Self::ConfirmSignUp => "link/confirm-sign-up",
            Self::ResetPassword => "link/reset-password",
            Self::ConfirmEmail => "link/confirm-email",
            Self::Invitation => "link/invitation",
            Self::ShownInvitation => "link/shown-invitation",
            Self::Appointment => "link/appointment",
        }
    }
}

/// A link's parts as they came in, not yet proved genuine.
#[derive(Debug)]
pub(crate) struct MailedLink {
    /// For an invitation the account's and the invitation's id, else one id.
    pub ids: Vec<Uuid>,
    pub version: i32,
    secret: Vec<u8>,
}

/// The text of a link; `ids` as in [`MailedLink::ids`].
pub(crate) fn link_text(keys: &Keys, purpose: Purpose, ids: &[Uuid], version: i32, nonce: &[u8]) -> String {
    let id_bytes: Vec<u8> = ids.iter().flat_map(|id| *id.as_bytes()).collect();
    let secret = keys.tag(purpose.key(), &[&id_bytes, &version.to_be_bytes(), nonce]);
    format!("{}.{version}.{}", keys::encode(&id_bytes), keys::encode(&secret))
}

impl MailedLink {
    /// Takes a link apart; none when it has not even the form of one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let id_bytes = keys::decode(parts.next()?)?;
        let version = parts.next()?.parse().ok()?;
        let secret = keys::decode(parts.next()?)?;
        let whole = parts.next().is_none() && !id_bytes.is_empty() && id_bytes.len() % 16 == 0;
        let ids = id_bytes.chunks_exact(16).filter_map(|bytes| Uuid::from_slice(bytes).ok()).collect();
        whole.then_some(Self { ids, version, secret })
    }

    /// Whether we made this link, for this purpose, from this nonce.
    pub(crate) fn is_genuine(&self, keys: &Keys, purpose: Purpose, nonce: &[u8]) -> bool {
        let id_bytes: Vec<u8> = self.ids.iter().flat_map(|id| *id.as_bytes()).collect();
        keys.verify(purpose.key(), &[&id_bytes, &self.version.to_be_bytes(), nonce], &self.secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new("a test key that is long enough to be one").unwrap()
    }

    #[test]
    fn a_link_reads_back_and_is_genuine_only_as_it_was_made() {
        let (keys, id, nonce) = (keys(), Uuid::from_u128(7), [3; 32]);
        let text = link_text(&keys, Purpose::Invitation, &[id, id], 2, &nonce);
        let link = MailedLink::parse(&text).unwrap();
        assert_eq!((link.ids.as_slice(), link.version), ([id, id].as_slice(), 2));
        assert!(link.is_genuine(&keys, Purpose::Invitation, &nonce));
        for other in [Purpose::ResetPassword, Purpose::ShownInvitation] {
            assert!(!link.is_genuine(&keys, other, &nonce));
        }
        assert!(!link.is_genuine(&keys, Purpose::Invitation, &[4; 32]));
        let other_version = MailedLink::parse(&text.replacen(".2.", ".3.", 1)).unwrap();
        assert!(!other_version.is_genuine(&keys, Purpose::Invitation, &nonce));
    }

    #[test]
    fn what_is_no_link_is_no_link() {
        for text in
            ["", ".", "..", "a.1.b", "AAAA.1.AAAA", "AAAAAAAAAAAAAAAAAAAAAA.x.AAAA", "\0.1.\0", "é.1.é"]
        {
            assert!(MailedLink::parse(text).is_none(), "{text:?}");
        }
    }
}
