#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    ProfileId, When,
    permissions::{DraftReview, Profile},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, paths};

/// A draft as it is read before it is applied, with its time in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftView {
    pub review: DraftReview,
    pub changed: When,
}

/// `page` is of who is touched.
#[server(prefix = "/api", endpoint = "permissions/draft")]
pub async fn read_draft(id: ProfileId, page: Option<String>) -> Result<DraftView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let page = page.and_then(|page| page.parse().ok()).unwrap_or(1);
    let review = backend::permissions::draft::review(&backend, &access, id, page).await?;
    Ok(DraftView { changed: crate::request::local(review.draft.changed_at), review })
}

/// One switch of the draft; `key` is a permission's or a section's. Answers the profile as it would be with the draft.
#[server(prefix = "/api", endpoint = "permissions/change-draft")]
pub async fn change_draft(id: ProfileId, key: String, on: bool) -> Result<Profile, AppError> {
    let (backend, access) = crate::request::acting()?;
    Ok(backend::permissions::draft::change(&backend, &access, id, key.parse()?, on).await?)
}

#[server(prefix = "/api", endpoint = "permissions/apply-draft")]
pub async fn apply_draft(id: ProfileId, version: i32) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let profile = backend::permissions::draft::apply(&backend, &access, id, version).await?;
    Ok(Done::to(paths::profile(id)).say(format!("Your draft is applied to “{}”.", profile.name)))
}

#[server(prefix = "/api", endpoint = "permissions/discard-draft")]
pub async fn discard_draft(id: ProfileId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::permissions::draft::discard(&backend, &access, id).await?;
    Ok(Done::to(paths::profile(id)).say("Your draft is thrown away. The profile is as it was."))
}
