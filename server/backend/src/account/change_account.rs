use domain::{
    Permission, Refusal,
    account::Account,
    activity::{Change, Event, changes},
};

use super::{Business, check_business, places, queries};
use crate::{Access, Backend, Result, activity};

/// Changes what Business profile shows. Saying the same again changes and records nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::Invalid`] for `name`, `time_zone` or `country`.
pub async fn change_account(
    backend: &Backend,
    access: &Access,
    name: &str,
    time_zone: &str,
    country: &str,
) -> Result<()> {
    access.require(Permission::AccountSettings)?;
    let business = check_business(name, time_zone, country, "name")?;
    let mut tx = backend.db.tenant(access.account()).await?;
    super::lock(&mut tx, access.account()).await?;
    let before = queries::account(&mut tx, access.account()).await?.ok_or(Refusal::NotFound)?;
    let changes = differences(&before, &business);
    if !changes.is_empty() {
        queries::change(&mut tx, access.account(), &business).await?;
        activity::record(&mut tx, access, backend.clock.now(), &Event::AccountChanged { changes }).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn differences(before: &Account, business: &Business) -> Vec<Change> {
    let country = |code: &str| places::country_name(code).unwrap_or(code).to_owned();
    changes(&[
        ("name", before.name.clone(), business.name.clone()),
        ("time zone", before.time_zone.clone(), business.time_zone.clone()),
        ("country", country(&before.country), country(&business.country)),
    ])
}
