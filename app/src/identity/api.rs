#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use leptos::prelude::*;

use crate::{AppError, Done, paths};

#[server(prefix = "/api", endpoint = "identity/sign-out")]
pub async fn sign_out() -> Result<Done, AppError> {
    let (backend, signed, access) = crate::request::signed()?;
    backend::identity::sign_out(&backend, &signed, access.as_ref()).await?;
    crate::request::end_session()?;
    Ok(Done::to(paths::SIGN_IN).new_session())
}
