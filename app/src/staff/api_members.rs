#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use chrono::{DateTime, Utc};
use domain::{
    MemberId, Refusal, When,
    calendars::Readiness,
    identity::SessionRow,
    staff::{MemberDetails, MemberForm, PlaceChoice, leaving::LeavingWay},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::leaving_view::LeavingNotice;
use crate::{AppError, Done, paths};

/// What a member's page shows, with its times in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MemberProfile {
    pub member: MemberDetails,
    pub joined: When,
    pub last_active: Option<When>,
    /// Where they are signed in to this account; none for a viewer who may not know.
    pub sessions: Option<Vec<MemberSession>>,
    /// Whether they can work; nothing where that is not for the viewer.
    pub readiness: Vec<Readiness>,
    /// Ids and names of calendars and pipelines into which the viewer could put them, who are nowhere yet.
    pub calendars: Vec<(String, String)>,
    pub pipelines: Vec<(String, String)>,
    pub leaving: LeavingNotice,
}

/// One browser that a member is signed in with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MemberSession {
    pub row: SessionRow,
    pub last_seen: When,
    pub signed_in: When,
}

impl MemberSession {
    pub fn new(row: SessionRow, local: fn(DateTime<Utc>) -> When) -> Self {
        Self { last_seen: local(row.last_seen_at), signed_in: local(row.created_at), row }
    }
}

#[server(prefix = "/api", endpoint = "staff/member")]
pub async fn member(id: MemberId) -> Result<MemberProfile, AppError> {
    let (backend, access) = crate::request::reading()?;
    let page = backend::staff::member_page(&backend, &access, id).await?;
    let backend::staff::MemberPage { member, sessions, readiness, places, leaving } = page;
    let local = crate::request::local;
    Ok(MemberProfile {
        leaving: LeavingNotice::new(leaving, &member.name.first, local),
        readiness,
        calendars: places.calendars.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        pipelines: places.pipelines.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        joined: local(member.joined_at),
        last_active: member.last_active_at.map(local),
        sessions: sessions.map(|rows| rows.into_iter().map(|row| MemberSession::new(row, local)).collect()),
        member,
    })
}

/// Where a member could be put, and where they are; empty where nothing is asked.
#[server(prefix = "/api", endpoint = "staff/member-places")]
pub async fn member_places(id: MemberId) -> Result<Vec<PlaceChoice>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::staff::member_places(&backend, &access, id).await?)
}

/// Who changes themselves loads the next page anew, because the frame shows their name and their rights.
#[server(prefix = "/api", endpoint = "staff/edit-member")]
pub async fn edit_member(
    id: MemberId,
    version: i32,
    first_name: String,
    last_name: String,
    phone: String,
    role: String,
    #[server(default)] profile: String,
    #[server(default)] only_assigned: String,
    #[server(default)] last_day: String,
    #[server(default)] places: Vec<String>,
    #[server(default)] shown_places: Vec<String>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let said = format!("{} is saved.", format!("{first_name} {last_name}").trim());
    let typed = MemberForm {
        version,
        first_name,
        last_name,
        phone,
        role,
        profile,
        only_assigned,
        last_day,
        places,
        shown_places,
    };
    backend::staff::change_member(&backend, &access, id, &typed).await?;
    let done = Done::to(paths::member(id)).say(said);
    Ok(if access.member_id() == Some(id) { done.new_session() } else { done })
}

#[server(prefix = "/api", endpoint = "staff/deactivate")]
pub async fn deactivate_member(id: MemberId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let ended = backend::staff::deactivate(&backend, &access, id).await;
    let done =
        Done::to(paths::member(id)).say("Deactivated. All their browsers are signed out of this account.");
    asked_first(ended, id, LeavingWay::Deactivate, done)
}

#[server(prefix = "/api", endpoint = "staff/reactivate")]
pub async fn reactivate_member(id: MemberId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::staff::reactivate(&backend, &access, id).await?;
    Ok(Done::to(paths::member(id)).say("Reactivated. They can sign in again."))
}

#[server(prefix = "/api", endpoint = "staff/remove")]
pub async fn remove_member(id: MemberId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let ended = backend::staff::remove(&backend, &access, id).await;
    asked_first(ended, id, LeavingWay::Remove, Done::to(paths::STAFF).say("Removed from your account."))
}

/// Leaving ends this session too: it belongs to the account that was left.
#[server(prefix = "/api", endpoint = "staff/leave")]
pub async fn leave_account() -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let own = access.member_id().ok_or(Refusal::NotFound)?;
    let ended = backend::staff::leave(&backend, &access).await;
    if ended.is_ok() {
        crate::request::end_session()?;
    }
    let done = Done::to(paths::SIGN_IN).say("You have left the account.").new_session();
    asked_first(ended, own, LeavingWay::Leave, done)
}

/// Where others depend on what somebody holds, it leads to the page that asks who gets it.
#[cfg(feature = "ssr")]
fn asked_first(
    ended: backend::Result<()>,
    id: MemberId,
    way: LeavingWay,
    done: Done,
) -> Result<Done, AppError> {
    match ended {
        Ok(()) => Ok(done),
        Err(backend::Error::Refused(Refusal::ReceiversNeeded)) => Ok(Done::to(paths::leaving(id, way.key()))
            .say("Nothing has happened yet: choose first who gets what others depend on.")),
        Err(error) => Err(error.into()),
    }
}

#[server(prefix = "/api", endpoint = "staff/end-sessions")]
pub async fn end_member_sessions(id: MemberId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let count = backend::staff::end_member_sessions(&backend, &access, id).await?;
    let browsers = if count == 1 { "1 browser".to_owned() } else { format!("{count} browsers") };
    Ok(Done::stay().say(format!("Signed out of {browsers}.")))
}
