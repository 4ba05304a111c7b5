//! One customer of the operator.

mod application;
mod currency;

pub use application::{
    APPLICATION_ADDRESS_MAX_CHARS, APPLICATION_NAME_MAX_CHARS, ApplicationForm, ConnectedApplication,
    application_field,
};
use chrono::{DateTime, Utc};
pub use currency::Currency;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Email, InvitationId, MemberId, calendars::Readiness, staff::ReviewNeed};

/// Characters that the name of a business may have.
pub const ACCOUNT_NAME_MAX_CHARS: usize = 120;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    /// IANA name, for example `America/Denver`.
    pub time_zone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    /// BCP 47, for example `en`.
    pub language: String,
}

/// One entry of a select: what is stored and what people read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// What sign-up and Business profile offer to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceChoices {
    pub time_zones: Vec<Choice>,
    pub countries: Vec<Choice>,
}

/// What the dashboard shows: only what the viewer may see is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// None without the permission to view staff.
    pub staff: Option<StaffOverview>,
    /// What an Admin hears about the access review; none between two of them.
    pub review: Option<ReviewNeed>,
    /// Requests for access that wait for an answer; none without the permission to edit staff.
    pub requests: Option<u64>,
    /// Members who are not ready; likewise.
    pub not_ready: Option<u64>,
    /// What cannot work as it is, as far as the viewer could mend some of it.
    pub findings: u64,
    /// What the viewer misses themselves to be able to work.
    pub own_missing: Vec<Readiness>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffOverview {
    /// Active members, the viewer included.
    pub active: u64,
    pub deactivated: u64,
    /// Open invitations that still work.
    pub pending: u64,
    /// Open invitations whose link has died.
    pub expired: u64,
    /// Invitations that somebody should look at, the most urgent first; at most [`OVERVIEW_ROWS`].
    pub attention: Vec<InvitationInNeed>,
    /// Who joined in the last [`RECENT_DAYS`] days, the latest first; at most [`OVERVIEW_ROWS`].
    pub joined: Vec<Joined>,
}

/// Rows that each list of the dashboard shows.
pub const OVERVIEW_ROWS: u32 = 5;
/// Days for which joining counts as recent.
pub const RECENT_DAYS: u32 = 14;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationInNeed {
    pub id: InvitationId,
    pub name: String,
    pub email: Email,
    pub need: InvitationNeed,
}

/// Why somebody should look at an invitation, the most urgent first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationNeed {
    /// The invited person asked for a new link.
    AskedAgain {
        #[serde(with = "chrono::serde::ts_microseconds")]
        at: DateTime<Utc>,
    },
    /// The mail could not be delivered.
    NotDelivered { reason: String },
    Expired {
        #[serde(with = "chrono::serde::ts_microseconds")]
        at: DateTime<Utc>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    pub id: MemberId,
    pub name: String,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub at: DateTime<Utc>,
}
