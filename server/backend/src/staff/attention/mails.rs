use domain::{
    Permission, Refusal,
    activity::{Event, changes},
};

use crate::{Access, Backend, Result, account, activity, staff::queries::attention as queries};

/// Says whether Admins get a mail every morning about what needs attention. Saying the same again changes and records nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn set_mails(backend: &Backend, access: &Access, on: bool) -> Result<()> {
    access.require(Permission::AccountSettings)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    account::lock(&mut tx, account).await?;
    let before = queries::looked(&mut tx, account).await?.ok_or(Refusal::NotFound)?.mails;
    let words = |on: bool| if on { "on" } else { "off" }.to_owned();
    let changes = changes(&[("daily mail about what needs attention", words(before), words(on))]);
    if !changes.is_empty() {
        queries::set_mails(&mut tx, account, on).await?;
        activity::record(&mut tx, access, backend.clock.now(), &Event::AccountChanged { changes }).await?;
    }
    tx.commit().await?;
    Ok(())
}
