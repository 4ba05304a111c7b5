use chrono::{DateTime, Utc};
use domain::{Email, LoginId, PersonName};

use super::queries::login::{self, Login};
use crate::{Result, db::Tx, id};

/// Makes a person. The address must have been proved by a mailed link, and the password checked and hashed.
///
/// # Errors
/// [`domain::Refusal::LinkNotValid`] when the address has a login by now: whatever led here has been overtaken.
pub(crate) async fn create_login(
    tx: &mut Tx,
    now: DateTime<Utc>,
    email: &Email,
    name: &PersonName,
    password_hash: String,
) -> Result<LoginId> {
    let login = Login { id: id::new(now), email: email.clone(), name: name.clone(), password_hash };
    login::insert(tx, &login, now).await?;
    Ok(login.id)
}

/// Whose address this is. Tell it only to somebody who has proved to own the address.
pub(crate) async fn find_login(tx: &mut Tx, email: &Email) -> Result<Option<LoginId>> {
    Ok(login::by_email(tx, email).await?.map(|login| login.id))
}
