use domain::{
    Permission, Refusal, StaffImportId, csv_cell::neutralised, permissions::ProfileChoice, staff::ImportRow,
};

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
    let rows = queries::import::all_rows(&mut tx, access.account(), id).await?;
    tx.commit().await?;
    let profiles = permissions::choices(backend, access).await?;
    // An import has at least one line, so no lines mean that there is no such import.
    if rows.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    write(&rows, &profiles).map_err(Error::internal)
}

fn write(rows: &[ImportRow], profiles: &[ProfileChoice]) -> std::result::Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(MARK.to_vec());
    writer.write_record(HEADINGS)?;
    for row in rows {
        let (line, result) = (row.line.to_string(), row.sentence());
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
