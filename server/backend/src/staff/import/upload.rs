use domain::{Permission, Refusal, Role, StaffImportId, permissions::Assignment, staff::may_invite_as};
use tokio::task::spawn_blocking;

use super::{
    judge::{Checked, Rules, check, judge},
    read_file::read_file,
    run::RunImport,
};
use crate::{
    Access, Backend, Error, Result, account, id, jobs,
    permissions::{self, require_now},
    staff::{places::Asked, queries},
};

/// Characters of a file's name that are kept.
const FILE_NAME_MAX_CHARS: usize = 120;

/// Reads and judges a list of employees and keeps both; nobody is invited yet. `file_name` is only for people to recognise it.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::UnreadableFile`].
pub async fn upload_import(
    backend: &Backend,
    access: &Access,
    file_name: &str,
    bytes: &[u8],
) -> Result<StaffImportId> {
    access.require(Permission::SettingsInviteStaff)?;
    let uploader = access.member_id().ok_or(Refusal::NotFound)?;
    let checked = check_all(backend, access, bytes).await?;
    let now = backend.clock.now();
    let import: StaffImportId = id::new(now);
    let mut tx = backend.db.tenant(access.account()).await?;
    let judged = judge(&mut tx, access.account(), checked, now).await?;
    queries::import::insert(&mut tx, access.account(), import, &recognisable(file_name), uploader, now)
        .await?;
    queries::import::insert_rows(&mut tx, access.account(), import, &judged).await?;
    tx.commit().await?;
    Ok(import)
}

/// Reads the file and checks each line, with the rights that the uploader has at this instant.
async fn check_all(backend: &Backend, access: &Access, bytes: &[u8]) -> Result<Vec<Checked>> {
    let mut tx = backend.db.tenant(access.account()).await?;
    let now = backend.clock.now();
    let uploader = require_now(&mut tx, access, Permission::SettingsInviteStaff, now).await?;
    let (may, own) = (uploader.permissions(), uploader.grantable());
    let country = account::load(&mut tx, access.account()).await?.country;
    tx.commit().await?;
    let profiles = permissions::choices(backend, access).await?;
    let (bytes, rules) = (bytes.to_vec(), Rules { may, own, country, profiles });
    let checked = spawn_blocking(move || Ok(check(read_file(&bytes)?, &rules)));
    checked.await.map_err(Error::internal)?
}

/// Lets Steward do what the dry run showed, in the name of who starts it, and put everybody whom it invites into `places`. An import
/// that was started already goes on undisturbed.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (also when a line would give more rights than one's own, and for a place into which one may put
/// nobody), [`Refusal::Invalid`] for `places`, which have to be answered where [`crate::staff::place_choices`] asks;
/// [`Refusal::FreshProofNeeded`] when it invites an Admin, [`Refusal::NotFound`].
pub async fn start_import(
    backend: &Backend,
    access: &Access,
    import: StaffImportId,
    places: &[String],
) -> Result<()> {
    access.require(Permission::SettingsInviteStaff)?;
    let starter = access.member_id().ok_or(Refusal::NotFound)?;
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(access.account()).await?;
    let acting = require_now(&mut tx, access, Permission::SettingsInviteStaff, now).await?;
    let waiting =
        queries::import_run::waiting(&mut tx, access.account(), import).await?.ok_or(Refusal::NotFound)?;
    if !waiting.is_checked {
        return Ok(());
    }
    if waiting.invites_admin {
        may_invite_as(acting.permissions(), acting.grantable(), &Assignment::of_role(Role::Admin))?;
        access.require_fresh_proof()?;
    }
    let places = Asked::of(&mut tx, &acting).await?.answer(places)?.map(|answer| answer.places());
    queries::import_run::start(&mut tx, access.account(), import, starter, places.as_deref()).await?;
    jobs::enqueue(&mut tx, now, &RunImport { account: access.account(), import }).await?;
    tx.commit().await?;
    Ok(())
}

/// The name without folders and without characters that no name needs.
fn recognisable(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(FILE_NAME_MAX_CHARS).collect();
    if name.trim().is_empty() { "employees.csv".to_owned() } else { name.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::recognisable;

    #[test]
    fn keeps_of_a_files_name_what_people_recognise() {
        assert_eq!(recognisable("C:\\Users\\olive\\team.csv"), "team.csv");
        assert_eq!(recognisable("../../etc/team\0.csv\n"), "team.csv");
        assert_eq!(recognisable("folder/"), "employees.csv");
        assert_eq!(recognisable(&"é".repeat(500)).chars().count(), 120);
    }
}
