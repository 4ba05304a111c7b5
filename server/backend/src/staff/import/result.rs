use domain::{
    Permission, Refusal, StaffImportId,
    csv_cell::neutralised,
    permissions::ProfileChoice,
    staff::{ImportRow, whereabouts},
};

use super::show::seen_places;
use crate::{Access, Backend, Error, Result, permissions, staff::queries};

/// Spreadsheets take a file for UTF-8 only with this mark.
const MARK: &[u8] = "\u{feff}".as_bytes();
const HEADINGS: [&str; 8] =
    ["line", "first name", "last name", "email", "phone", "role", "profile", "result"];

/// What became of every line, as a CSV file that people can correct and import again. Cells that a spreadsheet would take for
/// formulas are neutralised, and restored by the import.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn import_result(backend: &Backend, access: &Access, id: StaffImportId) -> Result<Vec<u8>> {
    access.require(Permission::SettingsInviteStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let summary = queries::import::summary(&mut tx, access.account(), id).await?.ok_or(Refusal::NotFound)?;
    let places = seen_places(&mut tx, access, &summary).await?;
    let rows = queries::import::all_rows(&mut tx, access.account(), id).await?;
    tx.commit().await?;
    let profiles = permissions::choices(backend, access).await?;
    write(&rows, &profiles, places.as_deref()).map_err(Error::internal)
}

fn write(
    rows: &[ImportRow],
    profiles: &[ProfileChoice],
    places: Option<&[String]>,
) -> std::result::Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(MARK.to_vec());
    writer.write_record(HEADINGS)?;
    for row in rows {
        let line = row.line.to_string();
        let result = match (&row.outcome, places) {
            (Some(Ok(())), Some(places)) => format!("{} {}", row.sentence(), whereabouts(places)),
            _ => row.sentence(),
        };
        let person = &row.employee;
        // Lines in order hold the profile's id.
        let named = profiles.iter().find(|profile| profile.id.to_string() == person.profile);
        let profile = named.map_or(&person.profile, |profile| &profile.name);
        let cells = [
            &line,
            &person.first_name,
            &person.last_name,
            &person.email,
            &person.phone,
            &person.role,
            profile,
            &result,
        ];
        writer.write_record(cells.map(|cell| neutralised(cell).into_owned()))?;
    }
    writer.flush()?;
    writer.into_inner().map_err(|error| error.into_error().into())
}
