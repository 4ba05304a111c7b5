#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    Page, Problem, ProfileId, Refusal, Role, When,
    permissions::{Compared, PermissionSource, ProfileChoice, ProfileDetails, ProfileRow, ProfileVersion},
    staff::{ProfilePlaces, StaffFilter, StaffRow, StatusFilter},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;

/// One line of the list of profiles, with its time in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProfileLine {
    pub row: ProfileRow,
    pub changed: When,
}

#[server(prefix = "/api", endpoint = "permissions/profiles")]
pub async fn profile_list() -> Result<Vec<ProfileLine>, AppError> {
    let (backend, access) = crate::request::reading()?;
    let rows = backend::permissions::list(&backend, &access).await?;
    let line = |row: ProfileRow| ProfileLine { changed: crate::request::local(row.changed.at), row };
    Ok(rows.into_iter().map(line).collect())
}

/// What a profile's page shows, with its time in the viewer's zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileView {
    pub details: ProfileDetails,
    pub changed: When,
}

#[server(prefix = "/api", endpoint = "permissions/profile")]
pub async fn read_profile(id: ProfileId) -> Result<ProfileView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let details = backend::permissions::profile(&backend, &access, id).await?;
    Ok(ProfileView { changed: crate::request::local(details.changed.at), details })
}

/// A state that a profile has been in, with its time in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VersionLine {
    pub version: ProfileVersion,
    pub changed: When,
}

/// A profile with its versions, the newest first, and one more than the page shows: each is read against the one before it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HistoryView {
    pub view: ProfileView,
    pub versions: Vec<VersionLine>,
}

#[server(prefix = "/api", endpoint = "permissions/history")]
pub async fn profile_history(id: ProfileId, newest: Option<i32>) -> Result<HistoryView, AppError> {
    let view = read_profile(id).await?;
    let (backend, access) = crate::request::reading()?;
    let versions = backend::permissions::history(&backend, &access, id, newest).await?;
    let line =
        |version: ProfileVersion| VersionLine { changed: crate::request::local(version.changed.at), version };
    Ok(HistoryView { view, versions: versions.into_iter().map(line).collect() })
}

/// A profile with who holds it, and Users who could.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PeopleView {
    pub view: ProfileView,
    pub holders: Page<StaffRow>,
    pub others: Page<StaffRow>,
    pub places: ProfilePlaces,
}

/// `page` is of the holders; `search` finds among the others.
#[server(prefix = "/api", endpoint = "permissions/people")]
pub async fn profile_people(
    id: ProfileId,
    search: Option<String>,
    page: Option<String>,
) -> Result<PeopleView, AppError> {
    let view = read_profile(id).await?;
    let (backend, access) = crate::request::reading()?;
    let page = page.and_then(|page| page.parse().ok()).unwrap_or(1);
    let holders = StaffFilter { profile: Some(id), page, ..StaffFilter::default() };
    let others = StaffFilter {
        search: search.unwrap_or_default().trim().to_owned(),
        status: Some(StatusFilter::Active),
        role: Some(Role::User),
        page: 1,
        ..StaffFilter::default()
    };
    let name = &view.details.profile.name;
    Ok(PeopleView {
        holders: backend::staff::list(&backend, &access, &holders).await?,
        others: backend::staff::list(&backend, &access, &others).await?,
        places: backend::staff::profile_places(&backend, &access, name).await?,
        view,
    })
}

/// What has to be known before a profile is deleted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProfileDeletion {
    pub details: ProfileDetails,
    pub places: ProfilePlaces,
}

#[server(prefix = "/api", endpoint = "permissions/deletion")]
pub async fn read_profile_deletion(id: ProfileId) -> Result<ProfileDeletion, AppError> {
    let (backend, access) = crate::request::reading()?;
    let details = backend::permissions::profile(&backend, &access, id).await?;
    let places = backend::staff::profile_places(&backend, &access, &details.profile.name).await?;
    Ok(ProfileDeletion { details, places })
}

/// What can be put side by side.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CompareChoices {
    pub profiles: Vec<ProfileChoice>,
    pub people: Page<StaffRow>,
}

/// All profiles, and the active people whom `search` finds: what others may choose from, too; comparing itself takes more.
#[server(prefix = "/api", endpoint = "permissions/compare-choices")]
pub async fn read_compare_choices(search: String) -> Result<CompareChoices, AppError> {
    let (backend, access) = crate::request::reading()?;
    let people =
        StaffFilter { search, status: Some(StatusFilter::Active), page: 1, ..StaffFilter::default() };
    Ok(CompareChoices {
        profiles: backend::permissions::choices(&backend, &access).await?,
        people: backend::staff::list(&backend, &access, &people).await?,
    })
}

/// Two sides beside each other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comparison {
    pub left: Compared,
    pub right: Compared,
}

/// Each side is a [`PermissionSource`]; `on` is a local day, empty for now.
#[server(prefix = "/api", endpoint = "permissions/compare")]
pub async fn compare(left: String, right: String, on: Option<String>) -> Result<Comparison, AppError> {
    let (backend, access) = crate::request::reading()?;
    let on = on.filter(|on| !on.is_empty()).map(|on| on.parse()).transpose();
    let on = on.map_err(|_no_day| Refusal::field("on", Problem::InvalidChoice))?;
    let side = async |text: &str| {
        let source: PermissionSource = text.parse()?;
        backend::permissions::compared(&backend, &access, source, on).await.map_err(AppError::from)
    };
    Ok(Comparison { left: side(&left).await?, right: side(&right).await? })
}
