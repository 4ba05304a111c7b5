use chrono::{DateTime, NaiveDate, Utc};
use domain::{AccountId, AppointmentId, ElevationId, InvitationId, LoginTokenId, MemberId, SignUpId};
use serde::{Deserialize, Serialize};

use super::{Message, SendError};
use crate::{
    Backend, Error, Result, billing,
    calendars::{self, letters::AppointmentNews},
    identity,
    jobs::Job,
    permissions::{self, elevation},
    staff,
};

/// Every mail there is, by what it is about. Its text is composed by the area it belongs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "letter")]
pub enum Letter {
    /// Confirms the address of a sign-up, or tells somebody who already has a login so.
    ConfirmSignUp { sign_up: SignUpId },
    /// Somebody asked to reset the password behind this address; whether there is a login is found out by the job.
    ResetPassword { email: domain::Email },
    /// The link that confirms a changed address, to the new one.
    ConfirmEmail { token: LoginTokenId },
    /// An invitation of this version; a newer version makes it pointless.
    Invitation { account: AccountId, invitation: InvitationId, version: i32 },
    /// A member has another role, profile or scope than before `since`.
    Reassigned { account: AccountId, member: MemberId, since: DateTime<Utc> },
    /// A guest's last day comes near; to them, or to who let them in.
    LastDay { account: AccountId, guest: MemberId, to: MemberId, last_day: NaiveDate },
    /// Somebody asks for a permission that this member could give.
    ElevationAsked { account: AccountId, elevation: ElevationId, approver: MemberId },
    /// Whoever asked for a permission has an answer.
    ElevationDecided { account: AccountId, elevation: ElevationId },
    /// A look over the account at this instant found something, or somebody who is not ready for longer; to an Admin.
    NeedsAttention { account: AccountId, to: MemberId, at: DateTime<Utc>, about_people: bool },
    /// What became of an appointment; to a host, or to the visitor (none). Pointless once `sequence` has grown.
    Appointment {
        account: AccountId,
        appointment: AppointmentId,
        sequence: i32,
        news: AppointmentNews,
        to: Option<MemberId>,
    },
    /// Something about plans, invoices or cards.
    Billing(billing::BillingMail),
    /// Something security-relevant happened to a login.
    Notice(identity::Notice),
}

/// Sends one letter.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendLetter {
    pub letter: Letter,
}

impl Letter {
    /// The mail, or none when it has become pointless.
    async fn compose(&self, backend: &Backend) -> Result<Option<Message>> {
        match self {
            Self::ConfirmSignUp { sign_up } => identity::letters::confirm_sign_up(backend, *sign_up).await,
            Self::ResetPassword { email } => identity::letters::reset_password(backend, email).await,
            Self::ConfirmEmail { token } => identity::letters::confirm_email(backend, *token).await,
            Self::Invitation { account, invitation, version } => {
                staff::letters::invitation(backend, *account, *invitation, *version).await
            }
            Self::Reassigned { account, member, since } => {
                permissions::reassigned_letter(backend, *account, *member, *since).await
            }
            Self::LastDay { account, guest, to, last_day } => {
                staff::guest::reminder(backend, *account, *guest, *to, *last_day).await
            }
            Self::ElevationAsked { account, elevation, approver } => {
                elevation::asked_letter(backend, *account, *elevation, *approver).await
            }
            Self::ElevationDecided { account, elevation } => {
                elevation::decided_letter(backend, *account, *elevation).await
            }
            Self::NeedsAttention { account, to, at, about_people } => {
                staff::attention::attention_letter(backend, *account, *to, *at, *about_people).await
            }
            Self::Appointment { account, appointment, sequence, news, to } => {
                let about = calendars::letters::About {
                    account: *account,
                    appointment: *appointment,
                    sequence: *sequence,
                    news: *news,
                };
                calendars::letters::appointment(backend, &about, *to).await
            }
            Self::Billing(mail) => billing::billing_letter(backend, mail).await,
            Self::Notice(notice) => identity::letters::notice(backend, notice).await,
        }
    }

    /// Tells the area that cares whether its mail has left.
    async fn settle(&self, backend: &Backend, outcome: Result<(), &str>) -> Result<()> {
        match self {
            Self::Invitation { account, invitation, version } => {
                staff::record_delivery(backend, *account, *invitation, *version, outcome).await
            }
            // Nobody sees that it failed, so it is tried again and waits for the operator in the end.
            _ => outcome.map_err(Error::internal),
        }
    }
}

impl Job for SendLetter {
    const NAME: &'static str = "send_letter";

    async fn run(&self, backend: &Backend) -> Result<()> {
        let Some(message) = self.letter.compose(backend).await? else { return Ok(()) };
        match backend.mailer.send(&message, backend.clock.now()).await {
            Ok(()) => self.letter.settle(backend, Ok(())).await,
            Err(SendError::Permanent(reason)) => {
                tracing::warn!(reason, "a mail was refused for good");
                self.letter.settle(backend, Err(&reason)).await
            }
            Err(error @ SendError::Transient(_)) => Err(Error::internal(error)),
        }
    }

    async fn give_up(&self, backend: &Backend, _reason: &str) -> Result<()> {
        // The last attempt's reason may be internal (a database that was away); people read this one.
        match self.letter {
            Letter::Invitation { .. } => {
                let reason = "The mail server did not take it, although we tried for hours.";
                self.letter.settle(backend, Err(reason)).await
            }
            _ => Ok(()),
        }
    }
}
