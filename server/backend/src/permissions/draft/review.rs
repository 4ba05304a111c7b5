use domain::{Page, Permission, ProfileId, Refusal, listing, permissions::DraftReview};

use super::{super::queries, own};
use crate::{Access, Backend, Result};

/// The editor's own draft against the profile as it is now, with who is touched; `page` counts from 1.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`] without a draft, also for another account's profile.
pub async fn review(backend: &Backend, access: &Access, id: ProfileId, page: u32) -> Result<DraftReview> {
    access.require(Permission::SettingsManageProfiles)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let found = queries::profile::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let draft = own(&mut tx, access, &found.profile).await?.ok_or(Refusal::NotFound)?;
    let counts = queries::holder::count(&mut tx, account, id).await?;
    let page = page.max(1);
    let (skipped, most) = (listing::offset(page), i64::from(listing::ROWS_PER_PAGE));
    let rows = queries::draft::touched(&mut tx, account, id, skipped, most).await?;
    tx.commit().await?;
    let people = Page { rows, page, total: counts.members };
    Ok(DraftReview { draft, changed_by: found.changed.by, people, invited: counts.invited })
}
