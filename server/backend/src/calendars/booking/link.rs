//! The visitor's link: `/appointment/<link>`, where the link's two ids are the account's and the appointment's.

use domain::{AccountId, AppointmentId, Refusal};

use crate::{
    Backend, Result,
    calendars::queries::{self, appointment::Stored},
    db::Tx,
    mailed_link::{MailedLink, Purpose, link_text},
};

/// An appointment has one link as long as it is there.
const VERSION: i32 = 1;

/// A link as it came in. Its account may be anything until it was found genuine.
pub(in crate::calendars) struct VisitorLink {
    pub account: AccountId,
    pub appointment: AppointmentId,
    link: MailedLink,
}

impl VisitorLink {
    /// # Errors
    /// [`Refusal::LinkNotValid`] for what has not even the form of one.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let link = MailedLink::parse(text).ok_or(Refusal::LinkNotValid)?;
        match link.ids[..] {
            [account, appointment] => {
                Ok(Self { account: account.into(), appointment: appointment.into(), link })
            }
            _ => Err(Refusal::LinkNotValid),
        }
    }

    /// # Errors
    /// [`Refusal::LinkNotValid`] when we never made this link.
    pub fn require_genuine(&self, backend: &Backend, stored: &Stored) -> Result<(), Refusal> {
        match self.link.is_genuine(&backend.keys, Purpose::Appointment, &stored.nonce) {
            true => Ok(()),
            false => Err(Refusal::LinkNotValid),
        }
    }

    /// The appointment behind the link, in a transaction of its account.
    ///
    /// # Errors
    /// [`Refusal::LinkNotValid`] when we never made this link.
    pub async fn open(&self, backend: &Backend) -> Result<(Tx, Stored)> {
        let mut tx = backend.db.tenant(self.account).await?;
        let stored = queries::appointment::find(&mut tx, self.account, self.appointment).await?;
        let stored = stored.ok_or(Refusal::LinkNotValid)?;
        self.require_genuine(backend, &stored)?;
        Ok((tx, stored))
    }
}

/// The text of an appointment's link.
pub(super) fn visitor_link(
    backend: &Backend,
    account: AccountId,
    appointment: AppointmentId,
    nonce: &[u8],
) -> String {
    link_text(&backend.keys, Purpose::Appointment, &[account.0, appointment.0], VERSION, nonce)
}

/// Where a visitor sees, moves and cancels their appointment.
pub(in crate::calendars) fn visitor_address(
    backend: &Backend,
    account: AccountId,
    stored: &Stored,
) -> String {
    backend.link(&format!("/appointment/{}", visitor_link(backend, account, stored.id, &stored.nonce)))
}
