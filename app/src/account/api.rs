#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use chrono::{DateTime, Utc};
use domain::{
    MemberId, When,
    account::{Account, InvitationInNeed, InvitationNeed, Overview, PlaceChoices, StaffOverview},
    staff::ReviewNeed,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, paths};

/// The account, and the places it could be in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Business {
    pub account: Account,
    pub choices: PlaceChoices,
}

#[server(prefix = "/api", endpoint = "account/business")]
pub async fn read_business() -> Result<Business, AppError> {
    let (backend, access) = crate::request::reading()?;
    let account = backend::account::account(&backend, &access).await?;
    Ok(Business { account, choices: backend::account::place_choices() })
}

#[server(prefix = "/api", endpoint = "account/change")]
pub async fn change_business(name: String, time_zone: String, country: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::account::change_account(&backend, &access, &name, &time_zone, &country).await?;
    Ok(Done::to(paths::BUSINESS).say("The business profile is saved.").new_session())
}

/// What the dashboard shows, with its times in the account's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dashboard {
    /// None without the permission to view staff.
    pub staff: Option<StaffBoard>,
    /// What an Admin hears about the access review, in words; none between two of them.
    pub review: Option<String>,
    /// Requests for access that wait for an answer of somebody like the viewer.
    pub requests: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StaffBoard {
    pub active: u64,
    pub deactivated: u64,
    pub pending: u64,
    pub expired: u64,
    pub attention: Vec<Attention>,
    pub joined: Vec<JoinedLine>,
}

/// An invitation that somebody should look at, and since when; none for mail that could not be delivered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attention {
    pub invitation: InvitationInNeed,
    pub since: Option<When>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JoinedLine {
    pub id: MemberId,
    pub name: String,
    pub when: When,
}

#[server(prefix = "/api", endpoint = "account/dashboard")]
pub async fn read_dashboard() -> Result<Dashboard, AppError> {
    let (backend, access) = crate::request::reading()?;
    let overview = backend::account::overview(&backend, &access).await?;
    Ok(Dashboard {
        staff: overview.staff.map(|staff| board(staff, crate::request::local)),
        review: overview.review.map(review_words),
        requests: overview.requests.unwrap_or_default(),
    })
}

pub fn review_words(need: ReviewNeed) -> String {
    match need {
        ReviewNeed::Due { .. } => "Due".to_owned(),
        ReviewNeed::Running { done, total } => format!("{done} of {total} decided"),
    }
}

pub fn board(staff: StaffOverview, local: impl Fn(DateTime<Utc>) -> When) -> StaffBoard {
    let StaffOverview { active, deactivated, pending, expired, attention, joined } = staff;
    let since = |need: &InvitationNeed| match need {
        InvitationNeed::AskedAgain { at } | InvitationNeed::Expired { at } => Some(local(*at)),
        InvitationNeed::NotDelivered { .. } => None,
    };
    let attention =
        attention.into_iter().map(|invitation| Attention { since: since(&invitation.need), invitation });
    let joined = joined.into_iter().map(|row| JoinedLine { id: row.id, when: local(row.at), name: row.name });
    StaffBoard {
        active,
        deactivated,
        pending,
        expired,
        attention: attention.collect(),
        joined: joined.collect(),
    }
}
