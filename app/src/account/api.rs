#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use chrono::{DateTime, Utc};
use domain::{
    MemberId, Permission, PermissionSet, When,
    account::{Account, InvitationInNeed, InvitationNeed, Overview, PlaceChoices, StaffOverview},
    calendars::{Readiness, ReadinessItem},
    permissions::ExplanationId,
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
    /// Members who are not ready; 0 where that is not for the viewer.
    pub not_ready: u64,
    /// What cannot work as it is, as far as it is the viewer's.
    pub findings: u64,
    /// What the viewer misses themselves to be able to work.
    pub steps: Vec<OwnStep>,
}

/// What the viewer misses, and the page where they can do something about it themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnStep {
    pub label: String,
    pub reason: String,
    /// Where it leads, and what the link says; none for what only others can do.
    pub mend: Option<(String, String)>,
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
    let own = access.member_id().unwrap_or_default();
    let steps = overview.own_missing.into_iter().map(|line| own_step(line, own, access.permissions()));
    Ok(Dashboard {
        steps: steps.collect(),
        not_ready: overview.not_ready.unwrap_or_default(),
        findings: overview.findings,
        staff: overview.staff.map(|staff| board(staff, crate::request::local)),
        review: overview.review.map(review_words),
        requests: overview.requests.unwrap_or_default(),
    })
}

/// Leads nowhere where the viewer, who holds `held`, would not be let in.
pub fn own_step(line: Readiness, own: MemberId, held: PermissionSet) -> OwnStep {
    let looks_after_staff =
        held.contains(Permission::SettingsEditStaff) && held.contains(Permission::SettingsViewStaff);
    let mend = match (line.item, line.lacks) {
        (ReadinessItem::WorkingHours, _) if held.contains(Permission::CalendarsView) => {
            Some((paths::OWN_HOURS.to_owned(), "Set your working hours"))
        }
        (ReadinessItem::Permissions, Some(permission)) if !looks_after_staff => {
            Some((paths::why(&ExplanationId::new(own, permission).to_string()), "Ask for it"))
        }
        _ if looks_after_staff => Some((paths::member(own), "See to it")),
        _ => None,
    };
    OwnStep {
        label: line.item.label().to_owned(),
        reason: line.reason,
        mend: mend.map(|(href, words)| (href, words.to_owned())),
    }
}

#[cfg(feature = "ssr")]
fn review_words(need: ReviewNeed) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn led(item: ReadinessItem, lacks: Option<Permission>, held: &[Permission]) -> Option<String> {
        let line = Readiness { item, is_ready: false, reason: String::new(), lacks };
        own_step(line, MemberId::default(), PermissionSet::of(held)).mend.map(|(href, _)| href)
    }

    #[test]
    fn what_somebody_misses_leads_to_where_they_are_let_in() {
        use Permission as P;
        let (hours, permissions) = (ReadinessItem::WorkingHours, ReadinessItem::Permissions);
        assert_eq!(led(hours, None, &[P::CalendarsView]).as_deref(), Some(paths::OWN_HOURS));
        assert_eq!(led(hours, None, &[]), None, "they would be turned away there");
        let asked = led(permissions, Some(P::CalendarsView), &[P::SettingsEditStaff]).unwrap();
        assert!(asked.contains("calendars.view"), "{asked}");
        let own = paths::member(MemberId::default());
        let editor = [P::SettingsEditStaff, P::SettingsViewStaff];
        assert_eq!(led(permissions, Some(P::CalendarsView), &editor), Some(own.clone()));
        assert_eq!(led(ReadinessItem::Calendars, None, &editor), Some(own));
        assert_eq!(led(ReadinessItem::Calendars, None, &[]), None);
    }
}
