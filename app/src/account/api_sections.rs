#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use std::collections::BTreeMap;

use domain::{
    Section,
    account::{ApplicationForm, ConnectedApplication},
};
use leptos::prelude::*;

use crate::{AppError, Done, paths};

/// The application behind a section; none where none is connected.
#[server(prefix = "/api", endpoint = "account/section")]
pub async fn read_section(section: Section) -> Result<Option<ConnectedApplication>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::account::section_application(&backend, &access, section).await?)
}

#[server(prefix = "/api", endpoint = "account/applications")]
pub async fn read_applications() -> Result<Vec<ConnectedApplication>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::account::applications(&backend, &access).await?)
}

/// Keyed by section.
#[server(prefix = "/api", endpoint = "account/connect")]
pub async fn connect_applications(
    #[server(default)] applications: BTreeMap<String, ApplicationForm>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::account::connect_applications(&backend, &access, &applications).await?;
    Ok(Done::to(paths::BUSINESS).say("The connected applications are saved."))
}
