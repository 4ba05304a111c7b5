use serde::{Deserialize, Serialize};

use super::LinkVerdict;
use crate::{Email, PersonName, permissions::Assignment};

/// What somebody sees who opens the link of an invitation.
///
/// Only the holder of a genuine link learns anything: a forged one and one that never was answer alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinPage {
    Good(JoinOffer),
    /// The browser is signed in as somebody else than who was invited.
    WrongPerson {
        signed_in: Email,
        invited: Email,
        account_name: String,
    },
    Dead(DeadLink),
    Unknown,
}

/// What the invited person would join, and as whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinOffer {
    pub account_name: String,
    pub inviter_name: String,
    pub email: Email,
    pub name: PersonName,
    pub assignment: Assignment,
    pub step: JoinStep,
}

/// What is still missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinStep {
    /// Nobody has this address yet: choose a password.
    ChoosePassword,
    /// There is a login with this address; its owner signs in with it. The link never sets its password.
    SignIn,
    /// Signed in as the invited person.
    Accept,
    /// The link was handed over, not mailed: to go on takes the mailed one, which can be asked for. Whether there is a login stays
    /// untold.
    AskForMail,
}

/// A genuine link that does not work any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLink {
    /// Never [`LinkVerdict::Good`].
    pub verdict: LinkVerdict,
    pub account_name: String,
    pub inviter_name: String,
    /// A new link was asked for and nobody has answered yet.
    pub asked_again: bool,
}

impl LinkVerdict {
    /// Whether asking for a new link makes sense.
    #[must_use]
    pub const fn can_ask_again(self) -> bool {
        match self {
            Self::Expired | Self::Revoked | Self::Replaced | Self::NotBacked => true,
            Self::Good | Self::Used => false,
        }
    }
}
