#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use chrono::Duration;
use domain::{
    ActivityExportId, MemberId, Page, Permission, Refusal, When,
    activity::{ActivityPerson, ActivityRow, ExportState, Verification},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{line::ActivityLine, query::ActivityQuery};
use crate::{AppError, Done};

/// One page of the log. A person's own is theirs to read.
#[server(prefix = "/api", endpoint = "activity/log")]
pub async fn read_activity(query: ActivityQuery) -> Result<Page<ActivityLine>, AppError> {
    let (backend, access) = crate::request::reading()?;
    let page = backend::activity::list(&backend, &access, &query.filter()).await?;
    Ok(lines(page, crate::request::local))
}

/// Who can be chosen in the filter, whoever is chosen now among them.
#[server(prefix = "/api", endpoint = "activity/people")]
pub async fn read_people(chosen: Option<MemberId>) -> Result<Vec<ActivityPerson>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::activity::people(&backend, &access, chosen).await?)
}

/// Whose log it is.
#[server(prefix = "/api", endpoint = "activity/person")]
pub async fn read_person(id: MemberId) -> Result<ActivityPerson, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::activity::person(&backend, &access, id).await?)
}

pub fn lines(
    page: Page<ActivityRow>,
    local: impl Fn(chrono::DateTime<chrono::Utc>) -> When,
) -> Page<ActivityLine> {
    let rows =
        page.rows.into_iter().map(|row| (local(row.at), row)).map(|(when, row)| ActivityLine::new(row, when));
    Page { rows: rows.collect(), page: page.page, total: page.total }
}

#[server(prefix = "/api", endpoint = "activity/verify")]
pub async fn verify_log() -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let verification = backend::activity::verify(&backend, &access).await?;
    Ok(Done::stay().say(verdict(&verification, crate::request::local)?))
}

/// # Errors
/// [`Refusal::LogBroken`]: a broken log must not be told in passing.
pub fn verdict(
    verification: &Verification,
    local: impl Fn(chrono::DateTime<chrono::Utc>) -> When,
) -> Result<String, Refusal> {
    let rows = counted(verification.rows);
    let Some(found) = &verification.first_break else { return Ok(format!("{rows}, none altered.")) };
    let time = found.at.map(|at| format!(" of {}", local(at).text)).unwrap_or_default();
    let before = match verification.rows {
        0 => String::new(),
        1 => " The 1 row before it is intact.".to_owned(),
        rows => format!(" The {rows} rows before it are intact."),
    };
    Err(Refusal::LogBroken(format!("The log breaks at row {}{time}. {}{before}", found.number, found.reason)))
}

pub fn counted(rows: u64) -> String {
    if rows == 1 { "1 row".into() } else { format!("{rows} rows") }
}

#[server(prefix = "/api", endpoint = "activity/export")]
pub async fn export_activity(
    person: String,
    area: String,
    from: String,
    to: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let filter = ActivityQuery { person, area, from, to, page: 1 }.filter();
    backend::activity::request_export(&backend, &access, &filter).await?;
    Ok(Done::stay().say("The file is being written. It will be listed under “Exported files”."))
}

/// One requested file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportLine {
    pub state: ExportState,
    pub requested: When,
    /// Asked for a moment ago: somebody waits for it.
    pub is_recent: bool,
}

/// Minutes for which a requested file counts as waited for.
pub const RECENT_MINUTES: i64 = 10;

#[server(prefix = "/api", endpoint = "activity/exports")]
pub async fn read_exports() -> Result<Vec<ExportLine>, AppError> {
    let (backend, access) = crate::request::reading()?;
    let since = backend.clock.now() - Duration::minutes(RECENT_MINUTES);
    let states = backend::activity::exports(&backend, &access).await?;
    let line = |state: ExportState| ExportLine {
        requested: crate::request::local(state.requested_at),
        is_recent: state.requested_at > since,
        state,
    };
    Ok(states.into_iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use domain::activity::ChainBreak;

    use super::*;

    fn said(rows: u64, first_break: Option<ChainBreak>) -> Result<String, String> {
        let local = |at: chrono::DateTime<chrono::Utc>| When {
            exact: at.to_rfc3339(),
            text: "1 Jan 1970, 00:00".into(),
        };
        verdict(&Verification { rows, first_break }, local).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn an_intact_log_is_said_with_its_length_and_a_broken_one_is_refused_with_its_break() {
        assert_eq!(said(12, None).unwrap(), "12 rows, none altered.");
        let at = Some(chrono::DateTime::UNIX_EPOCH);
        let altered =
            ChainBreak { number: 2, at, reason: "The row was altered after it was written.".into() };
        assert_eq!(
            said(1, Some(altered)).unwrap_err(),
            "The log breaks at row 2 of 1 Jan 1970, 00:00. The row was altered after it was written. The 1 row before it is intact."
        );
        let missing = ChainBreak { number: 1, at: None, reason: "The row is missing.".into() };
        assert_eq!(said(0, Some(missing)).unwrap_err(), "The log breaks at row 1. The row is missing.");
    }
}
