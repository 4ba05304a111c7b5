#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    InvitationId, Page, When,
    calendars::Readiness,
    staff::{Delivery, EmployeeForm, InvitationDetails, PlaceChoice, StaffRow, StaffStatus},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::list_query::ListQuery;
use crate::{AppError, Done, paths};

/// One line of My Staff, with its times in the account's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StaffLine {
    pub row: StaffRow,
    /// Days until an invitation dies.
    pub days_left: Option<i64>,
    /// When it dies, or died.
    pub expires: Option<When>,
    pub last_active: Option<When>,
}

/// The page's parameters as they came.
#[server(prefix = "/api", endpoint = "staff/list")]
pub async fn staff_list(
    search: Option<String>,
    status: Option<String>,
    role: Option<String>,
    profile: Option<String>,
    readiness: Option<String>,
    sort: Option<String>,
    direction: Option<String>,
    page: Option<String>,
) -> Result<Page<StaffLine>, AppError> {
    let (backend, access) = crate::request::reading()?;
    let filter = ListQuery { search, status, role, profile, readiness, sort, direction, page }.filter();
    let Page { rows, page, total } = backend::staff::list(&backend, &access, &filter).await?;
    let now = backend.clock.now();
    let line = |row: StaffRow| StaffLine {
        days_left: row.status.days_left(now),
        expires: match row.status {
            StaffStatus::Invited { expires_at: at, .. } | StaffStatus::Expired { expired_at: at } => {
                Some(crate::request::local(at))
            }
            _ => None,
        },
        last_active: row.last_active_at.map(crate::request::local),
        row,
    };
    Ok(Page { rows: rows.into_iter().map(line).collect(), page, total })
}

#[server(prefix = "/api", endpoint = "staff/invite")]
pub async fn invite(
    first_name: String,
    #[server(default)] last_name: String,
    email: String,
    #[server(default)] phone: String,
    #[server(default)] role: String,
    #[server(default)] profile: String,
    #[server(default)] only_assigned: String,
    #[server(default)] last_day: String,
    #[server(default)] places: Vec<String>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let said = format!("Invitation sent to {}.", format!("{first_name} {last_name}").trim());
    let form =
        EmployeeForm { first_name, last_name, email, phone, role, profile, only_assigned, last_day, places };
    backend::staff::invite(&backend, &access, &form).await?;
    Ok(Done::to(paths::STAFF).say(said))
}

/// Where somebody new could be put; empty where nothing is asked.
#[server(prefix = "/api", endpoint = "staff/place-choices")]
pub async fn place_choices() -> Result<Vec<PlaceChoice>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::staff::place_choices(&backend, &access).await?)
}

/// One invitation, with its times in the account's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InvitationView {
    pub details: InvitationDetails,
    pub days_left: Option<i64>,
    pub invited: When,
    pub expires: When,
    /// When the mail left.
    pub sent: Option<When>,
    pub asked_again: Option<When>,
    /// Whether they could work; nothing where that is not for the viewer.
    pub readiness: Vec<Readiness>,
}

#[server(prefix = "/api", endpoint = "staff/invitation")]
pub async fn invitation(id: InvitationId) -> Result<InvitationView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let backend::staff::InvitationPage { details, readiness } =
        backend::staff::invitation(&backend, &access, id).await?;
    let local = crate::request::local;
    Ok(InvitationView {
        days_left: details.days_left(backend.clock.now()),
        invited: local(details.invited_at),
        expires: local(details.expires_at),
        sent: if let Delivery::Sent { at } = details.delivery { Some(local(at)) } else { None },
        asked_again: details.asked_again_at.map(local),
        readiness,
        details,
    })
}

/// The address stays: who is invited is what an invitation is about.
#[server(prefix = "/api", endpoint = "staff/change-invitation")]
pub async fn change_invitation(
    id: InvitationId,
    first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] phone: String,
    #[server(default)] role: String,
    #[server(default)] profile: String,
    #[server(default)] only_assigned: String,
    #[server(default)] last_day: String,
    #[server(default)] places: Vec<String>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let email = String::new();
    let form =
        EmployeeForm { first_name, last_name, email, phone, role, profile, only_assigned, last_day, places };
    backend::staff::change_invitation(&backend, &access, id, &form).await?;
    Ok(Done::to(paths::invitation(id)).say("The invitation is changed. Its link stays the same."))
}

#[server(prefix = "/api", endpoint = "staff/resend-invitation")]
pub async fn resend_invitation(id: InvitationId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::staff::resend(&backend, &access, id).await?;
    Ok(Done::to(paths::invitation(id)).say("A new link is on its way. The old one does not work any more."))
}

#[server(prefix = "/api", endpoint = "staff/revoke-invitation")]
pub async fn revoke_invitation(id: InvitationId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::staff::revoke(&backend, &access, id).await?;
    Ok(Done::to(paths::STAFF).say("The invitation is revoked. Its link does not work any more."))
}

/// A link to hand over when the mail does not arrive. That it was shown is recorded.
#[server(prefix = "/api", endpoint = "staff/show-invitation-link")]
pub async fn show_invitation_link(id: InvitationId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    Ok(Done::show(backend::staff::show_link(&backend, &access, id).await?))
}
