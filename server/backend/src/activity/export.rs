use chrono::{DateTime, Duration, Utc};
use domain::{
    ActivityExportId, Permission, Refusal,
    activity::{ActivityFilter, Event, ExportState},
};

use super::{queries, record, scope::Scope, write_export::WriteExport};
use crate::{Access, Backend, Result, account, db::Tx, id, jobs};

/// A file can be fetched for this many days; after that it is made anew.
const KEPT_DAYS: i64 = 7;
/// Files that the page lists.
const LISTED: i64 = 10;

/// Orders a file of everything that `filter` finds now; a job writes it. What is added later is not in it.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::FreshProofNeeded`]; [`Refusal::NotFound`] when it is no person who asks.
pub async fn request_export(
    backend: &Backend,
    access: &Access,
    filter: &ActivityFilter,
) -> Result<ActivityExportId> {
    access.require(Permission::SettingsExportActivity)?;
    access.require_fresh_proof()?;
    let requested_by = access.member_id().ok_or(Refusal::NotFound)?;
    let (account, now) = (access.account(), backend.clock.now());
    let id: ActivityExportId = id::new(now);
    let mut tx = backend.db.tenant(account).await?;
    let (scope, rows) = settle_scope(&mut tx, access, filter).await?;
    queries::delete_exports_before(&mut tx, account, kept_since(now)).await?;
    queries::insert_export(&mut tx, account, id, requested_by, now, &serde_json::to_value(&scope)?).await?;
    jobs::enqueue(&mut tx, now, &WriteExport { account, export: id }).await?;
    record::record(&mut tx, access, now, &Event::ActivityExported { rows }).await?;
    tx.commit().await?;
    Ok(id)
}

/// The scope up to the last row there is, and how many rows it holds.
async fn settle_scope(tx: &mut Tx, access: &Access, filter: &ActivityFilter) -> Result<(Scope, u64)> {
    let account = access.account();
    let time_zone = account::time_zone(tx, account).await?;
    let last_number = queries::end(tx, account).await?.last_row;
    let scope = Scope::new(filter, time_zone, last_number);
    queries::plan_for_these_values(tx).await?;
    let rows = queries::count(tx, account, &scope).await?;
    Ok((scope, u64::try_from(rows).unwrap_or(0)))
}

/// The account's newest files, ready or not, the newest first.
///
/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn exports(backend: &Backend, access: &Access) -> Result<Vec<ExportState>> {
    // Every visit to the activity page asks; whoever never orders a file does not use the permission.
    access.require_unnoted(Permission::SettingsExportActivity)?;
    let since = kept_since(backend.clock.now());
    let mut tx = backend.db.tenant(access.account()).await?;
    let exports = queries::exports(&mut tx, access.account(), since, LISTED).await?;
    tx.commit().await?;
    let state = |export: queries::Export| ExportState {
        id: export.id.into(),
        requested_at: export.requested_at,
        stopped: export.stopped,
        ready_rows: export.row_count.and_then(|rows| u64::try_from(rows).ok()),
    };
    Ok(exports.into_iter().map(state).collect())
}

/// A finished file: CSV in UTF-8.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`] when it is not there, not ready or not kept any more.
pub async fn export_file(backend: &Backend, access: &Access, id: ActivityExportId) -> Result<Vec<u8>> {
    access.require(Permission::SettingsExportActivity)?;
    let since = kept_since(backend.clock.now());
    let mut tx = backend.db.tenant(access.account()).await?;
    let file = queries::file(&mut tx, access.account(), id, since).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    Ok(file)
}

fn kept_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - Duration::days(KEPT_DAYS)
}
