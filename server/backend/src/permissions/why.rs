use domain::{MemberId, ProfileId};

use super::queries;
use crate::{Access, Backend, Result, activity, live::Notice};

/// Who changed what somebody may do, in a sentence for them; none when it cannot be told. `notice` is what their page was told.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn why_changed(backend: &Backend, access: &Access, notice: &Notice) -> Result<Option<String>> {
    match notice {
        Notice::Profile { profile, .. } => profile_changed(backend, access, *profile).await,
        Notice::Member { member, .. } => member_changed(backend, access, *member).await,
        _ => Ok(None),
    }
}

async fn profile_changed(backend: &Backend, access: &Access, id: ProfileId) -> Result<Option<String>> {
    let mut tx = backend.db.tenant(access.account()).await?;
    let found = queries::profile::find(&mut tx, access.account(), id).await?;
    tx.commit().await?;
    Ok(found.and_then(|found| {
        Some(format!("{} changed your permission profile “{}”.", found.changed.by?, found.profile.name))
    }))
}

async fn member_changed(backend: &Backend, access: &Access, id: MemberId) -> Result<Option<String>> {
    let last = activity::last_change_of_access(backend, access, id).await?;
    Ok(last.map(|row| format!("{}.", row.sentence())))
}
