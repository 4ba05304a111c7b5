#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use chrono::{DateTime, Utc};
use domain::{
    ElevationId, MemberId, Permission, Refusal, When,
    permissions::{Elevation, ElevationTime},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done};

/// What somebody asked for, and was given, with its times in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestLine {
    pub id: ElevationId,
    pub member: MemberId,
    pub name: String,
    pub permission: Permission,
    pub note: String,
    pub asked: When,
    pub given: Option<GivenText>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GivenText {
    pub when: When,
    pub by: String,
    /// None for good.
    pub ends: Option<When>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestsView {
    pub open: Vec<RequestLine>,
    pub running: Vec<RequestLine>,
    pub is_cut: bool,
}

#[server(prefix = "/api", endpoint = "staff/access-requests")]
pub async fn read_access_requests() -> Result<RequestsView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let found = backend::permissions::elevation::list(&backend, &access).await?;
    let lines = |list: Vec<Elevation>| list.into_iter().map(|one| line(one, crate::request::local)).collect();
    Ok(RequestsView { open: lines(found.open), running: lines(found.running), is_cut: found.is_cut })
}

pub fn line(elevation: Elevation, local: impl Fn(DateTime<Utc>) -> When) -> RequestLine {
    let Elevation { id, member, name, permission, note, asked_at, given } = elevation;
    let given =
        given.map(|given| GivenText { when: local(given.at), by: given.by, ends: given.ends_at.map(&local) });
    RequestLine { id, member, name, permission, note, asked: local(asked_at), given }
}

/// The verdict that gives nothing; the others are [`ElevationTime::key`]s.
pub const REFUSE: &str = "refuse";

#[server(prefix = "/api", endpoint = "staff/decide-access-request")]
pub async fn decide_access_request(id: ElevationId, verdict: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    if verdict == REFUSE {
        backend::permissions::elevation::refuse(&backend, &access, id).await?;
        return Ok(Done::stay().say("Refused. They get a mail."));
    }
    let time: ElevationTime = verdict.parse().map_err(|problem| Refusal::field("verdict", problem))?;
    backend::permissions::elevation::grant(&backend, &access, id, time).await?;
    Ok(Done::stay().say(format!("Given {}.", time.label())))
}

#[server(prefix = "/api", endpoint = "staff/take-back-access")]
pub async fn take_back_access(id: ElevationId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::permissions::elevation::withdraw(&backend, &access, id).await?;
    Ok(Done::stay().say("Taken back."))
}
