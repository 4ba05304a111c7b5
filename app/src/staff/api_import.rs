#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    StaffImportId,
    staff::{ImportFilter, ImportProgress, StaffImport},
};
use leptos::prelude::*;

use crate::{AppError, Done, paths};

/// An import with one page of its lines. A verdict that does not exist shows all.
#[server(prefix = "/api", endpoint = "staff/import")]
pub async fn read_import(
    id: StaffImportId,
    verdict: Option<String>,
    page: u32,
) -> Result<StaffImport, AppError> {
    let (backend, access) = crate::request::reading()?;
    let filter = ImportFilter { verdict: verdict.and_then(|key| key.parse().ok()), page };
    Ok(backend::staff::import(&backend, &access, id, &filter).await?)
}

/// How far a run is; light enough to be asked every second.
#[server(prefix = "/api", endpoint = "staff/import-progress")]
pub async fn read_import_progress(id: StaffImportId) -> Result<ImportProgress, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::staff::import_progress(&backend, &access, id).await?)
}

#[server(prefix = "/api", endpoint = "staff/start-import")]
pub async fn start_import(
    id: StaffImportId,
    #[server(default)] places: Vec<String>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::staff::start_import(&backend, &access, id, &places).await?;
    Ok(Done::to(paths::staff_import(id)))
}
