use domain::{
    Page, Permission, Refusal, StaffImportId,
    staff::{ImportFilter, ImportProgress, StaffImport},
};
use sqlx::types::Json;

use crate::{
    Access, Backend, Result,
    db::Tx,
    staff::{
        places::Asked,
        queries::{self, import::Summary},
    },
};

/// An import as it stands: the dry run, how far the run is, or what became of it, with one page of its lines.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn import(
    backend: &Backend,
    access: &Access,
    id: StaffImportId,
    filter: &ImportFilter,
) -> Result<StaffImport> {
    access.require(Permission::SettingsInviteStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let summary = queries::import::summary(&mut tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
    let places = seen_places(&mut tx, access, &summary).await?;
    let rows = queries::import::rows(&mut tx, access.account(), id, filter).await?;
    tx.commit().await?;
    let mut import = StaffImport {
        id,
        progress: summary.progress(),
        places,
        counts: summary.counts(),
        file_name: summary.file_name,
        rows: Page { rows, page: filter.page.max(1), total: 0 },
    };
    let total = filter.verdict.map_or_else(|| import.counts.iter().sum(), |kind| import.count(kind));
    import.rows.total = total.into();
    Ok(import)
}

/// How far an import is, without its lines.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn import_progress(
    backend: &Backend,
    access: &Access,
    id: StaffImportId,
) -> Result<ImportProgress> {
    access.require(Permission::SettingsInviteStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let summary = queries::import::summary(&mut tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    Ok(summary.progress())
}

/// Names of where whoever the import invites will be. Into which places one may put nobody is not told, nor is which are gone again;
/// none when nothing is left to tell.
pub(super) async fn seen_places(
    tx: &mut Tx,
    access: &Access,
    summary: &Summary,
) -> Result<Option<Vec<String>>> {
    let Some(Json(places)) = &summary.places else { return Ok(None) };
    if places.is_empty() {
        return Ok(Some(vec![]));
    }
    let asked = Asked::of(tx, access).await?;
    let names: Vec<_> =
        places.iter().filter(|place| asked.has(place.place)).map(|place| place.name.clone()).collect();
    Ok(Some(names).filter(|names| !names.is_empty()))
}

/// Counts of at most [`domain::staff::IMPORT_MAX_LINES`] lines.
fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Summary {
    fn counts(&self) -> [u32; 6] {
        [self.new, self.already_member, self.pending, self.repeated, self.no_seat, self.refused].map(small)
    }

    /// Of all lines.
    pub(super) fn invited_and_not(&self) -> (u32, u32) {
        let all: u32 = self.counts().iter().sum();
        (small(self.invited), all - small(self.invited))
    }

    fn progress(&self) -> ImportProgress {
        match self.state.as_str() {
            "checked" => ImportProgress::Checked,
            "running" => ImportProgress::Running { done: small(self.done), of: small(self.new) },
            _ => {
                let (invited, not_invited) = self.invited_and_not();
                ImportProgress::Finished { invited, not_invited }
            }
        }
    }
}
