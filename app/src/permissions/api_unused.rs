#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    Permission, Problem, ProfileId, Refusal, When,
    permissions::{Kept, KeptBy},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::api::ProfileView;
use crate::{AppError, Done, paths, shared_api::UnusedLine};

/// A permission that is kept although nobody used it, with its time in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptLine {
    pub kept: Kept,
    pub when: When,
}

/// What a profile opens and nobody uses.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnusedView {
    pub view: ProfileView,
    pub unused: Vec<UnusedLine>,
    pub kept: Vec<KeptLine>,
    /// The day from which on uses are on record; none when there is none yet.
    pub recorded_since: Option<String>,
}

#[server(prefix = "/api", endpoint = "permissions/unused")]
pub async fn profile_unused(id: ProfileId) -> Result<UnusedView, AppError> {
    let view = super::api::read_profile(id).await?;
    let (backend, access) = crate::request::reading()?;
    let found = backend::permissions::profile_use(&backend, &access, id).await?;
    let kept = |kept: Kept| KeptLine { when: crate::request::local(kept.changed.at), kept };
    Ok(UnusedView {
        view,
        unused: found.unused.into_iter().map(UnusedLine::from).collect(),
        kept: found.kept.into_iter().map(kept).collect(),
        recorded_since: found.recorded_since.map(|day| day.format("%-d %b %Y").to_string()),
    })
}

/// Switches off in a draft what nobody uses.
#[server(prefix = "/api", endpoint = "permissions/narrow")]
pub async fn narrow_profile(id: ProfileId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::permissions::draft::narrow(&backend, &access, id).await?;
    Ok(Done::to(paths::profile_draft(id))
        .say("Your draft is without what nobody uses. Nothing has changed yet."))
}

/// `permission` is a key.
#[server(prefix = "/api", endpoint = "permissions/keep")]
pub async fn keep_permission(
    id: ProfileId,
    permission: String,
    #[server(default)] note: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let permission = permission_of(&permission)?;
    let whose = KeptBy::Profile(id);
    backend::permissions::keep_permission(&backend, &access, whose, permission, &note).await?;
    Ok(Done::to(paths::profile_unused(id)).say(format!("“{}” is kept.", permission.label())))
}

#[server(prefix = "/api", endpoint = "permissions/stop-keeping")]
pub async fn stop_keeping_permission(id: ProfileId, permission: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let permission = permission_of(&permission)?;
    backend::permissions::stop_keeping_permission(&backend, &access, KeptBy::Profile(id), permission).await?;
    Ok(Done::stay().say(format!("“{}” is pointed out again when nobody uses it.", permission.label())))
}

/// # Errors
/// [`Refusal::Invalid`] for `permission`.
pub fn permission_of(key: &str) -> Result<Permission, Refusal> {
    key.parse().map_err(|_unknown| Refusal::field("permission", Problem::InvalidChoice))
}
