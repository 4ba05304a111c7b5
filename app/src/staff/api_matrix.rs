#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::staff::Matrix;
use leptos::prelude::*;

use super::matrix::MatrixQuery;
use crate::{AppError, Done};

/// One part of the matrix; the page's parameters as they came.
#[server(prefix = "/api", endpoint = "staff/matrix")]
pub async fn read_matrix(
    search: Option<String>,
    kind: Option<String>,
    page: Option<String>,
    places: Option<String>,
) -> Result<Matrix, AppError> {
    let (backend, access) = crate::request::reading()?;
    let filter = MatrixQuery { search, kind, page, places }.filter();
    Ok(backend::staff::matrix::show(&backend, &access, &filter).await?)
}

/// Both hold keys of [`domain::staff::Crossing`]s: what was ticked when the form was shown, and what is now.
#[server(prefix = "/api", endpoint = "staff/change-matrix")]
pub async fn change_matrix(
    #[server(default)] shown: Vec<String>,
    #[server(default)] ticked: Vec<String>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let changes = backend::staff::matrix::change(&backend, &access, &shown, &ticked).await?;
    Ok(Done::stay().say(match changes {
        0 => "Nothing was to be changed.".to_owned(),
        1 => "1 change is saved.".to_owned(),
        changes => format!("{changes} changes are saved."),
    }))
}
