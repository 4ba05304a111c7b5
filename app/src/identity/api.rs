use leptos::prelude::*;

use crate::{AppError, Done, paths};
#[allow(unused_imports, reason = "the macro removes bodies from the browser build")]
use crate::*;

#[server(prefix = "/api", endpoint = "identity/sign-out")]
pub async fn sign_out() -> Result<Done, AppError> {
    let (backend, signed, access) = request::signed()?;
    backend::identity::sign_out(&backend, &signed, access.as_ref()).await?;
    request::end_session()?;
    Ok(Done::to(paths::SIGN_IN).new_session())
}
