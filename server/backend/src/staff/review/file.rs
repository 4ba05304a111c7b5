use domain::{
    AccessReviewId, Permission, Refusal,
    csv_cell::neutralised,
    permissions::summary,
    staff::{LastDay, ReviewLine, ReviewState},
};

use crate::{
    Access, Backend, Error, Result, account,
    staff::queries::{review as queries, review_line},
};

/// Spreadsheets take a file for UTF-8 only with this mark.
const MARK: &[u8] = "\u{feff}".as_bytes();
const HEADINGS: [&str; 11] = [
    "name",
    "email",
    "role",
    "profile",
    "opens",
    "given beside it",
    "last day",
    "verdict",
    "note",
    "decided by",
    "decided at",
];

/// Every verdict of a review, finished or not, as a CSV file for whoever asks for evidence. Times are in the account's zone.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn review_file(backend: &Backend, access: &Access, id: AccessReviewId) -> Result<Vec<u8>> {
    access.require(Permission::ReviewAccess)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    queries::summaries(&mut tx, account, Some(id), 1).await?.pop().ok_or(Refusal::NotFound)?;
    let lines = review_line::all(&mut tx, account, id, backend.clock.now()).await?;
    let zone = account::time_zone(&mut tx, account).await?;
    tx.commit().await?;
    write(&lines, &zone).map_err(Error::internal)
}

fn write(lines: &[ReviewLine], zone: &str) -> std::result::Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(MARK.to_vec());
    writer.write_record(HEADINGS)?;
    for line in lines {
        let opens = summary(line.permissions);
        let beside: Vec<_> = line.elevated.iter().map(|(permission, _)| permission.label()).collect();
        let (beside, last_day) = (beside.join(", "), line.last_day.map(LastDay::words).unwrap_or_default());
        let (verdict, note, by, at) = match &line.state {
            ReviewState::Open => ("Not decided yet", "", "", String::new()),
            ReviewState::Gone => ("Access lost before a verdict", "", "", String::new()),
            ReviewState::Decided(made) => {
                let at = account::local(made.at, zone).text;
                (made.verdict.label(), made.note.as_str(), made.by.as_str(), at)
            }
        };
        let (email, role) = (line.email.as_str(), line.role.label());
        let cells =
            [&line.name, email, role, &line.profile, &opens, &beside, &last_day, verdict, note, by, &at];
        writer.write_record(cells.map(|cell| neutralised(cell).into_owned()))?;
    }
    writer.flush()?;
    writer.into_inner().map_err(|error| error.into_error().into())
}
