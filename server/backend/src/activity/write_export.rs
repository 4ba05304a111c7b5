use domain::{
    AccountId, ActivityExportId, MemberId, Permission,
    activity::{ActivityRow, Area},
    csv_cell,
};
use serde::{Deserialize, Serialize};

use super::{queries, scope::Scope};
use crate::{Backend, Error, Result, account::zone, db::Tx, jobs::Job, permissions};

/// Rows read at a time.
const BATCH: i64 = 1_000;
/// Tells spreadsheets that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes one requested file. Running it again makes the same file, or finds it there.
#[derive(Debug, Serialize, Deserialize)]
pub struct WriteExport {
    pub account: AccountId,
    pub export: ActivityExportId,
}

impl Job for WriteExport {
    const NAME: &'static str = "write_activity_export";

    async fn run(&self, backend: &Backend) -> Result<()> {
        let mut tx = backend.db.tenant(self.account).await?;
        if let Some(asked) = queries::unwritten(&mut tx, self.account, self.export).await? {
            let scope: Scope = serde_json::from_value(asked.filter)?;
            match write(&mut tx, backend, self.account, asked.requested_by, &scope).await? {
                Some((rows, content)) => {
                    queries::store_file(&mut tx, self.account, self.export, rows, &content).await?;
                }
                None => queries::stop(&mut tx, self.account, self.export).await?,
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

/// None as soon as whoever asked for the file may not have it any more.
async fn write(
    tx: &mut Tx,
    backend: &Backend,
    account: AccountId,
    asked_by: MemberId,
    scope: &Scope,
) -> Result<Option<(i64, Vec<u8>)>> {
    let mut file = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    file.write_record([
        "Number",
        "Time (UTC)",
        &format!("Time ({})", scope.time_zone),
        "Person",
        "Area",
        "What happened",
    ])
    .map_err(Error::internal)?;
    queries::plan_for_these_values(tx).await?;
    let (mut count, mut last) = (0, 0);
    loop {
        let access = permissions::access_now(tx, account, asked_by, backend.clock.now()).await?;
        if access.is_none_or(|access| access.require(Permission::SettingsExportActivity).is_err()) {
            return Ok(None);
        }
        let found = queries::oldest_after(tx, account, scope, last, BATCH).await?;
        let Some(newest) = found.last() else { break };
        last = newest.number;
        for row in found {
            file.write_record(line(&row.into(), &scope.time_zone)).map_err(Error::internal)?;
            count += 1;
        }
    }
    let content = file.into_inner().map_err(|error| Error::internal(error.to_string()))?;
    Ok(Some((count, content)))
}

fn line(row: &ActivityRow, time_zone: &str) -> [String; 6] {
    [
        row.number.to_string(),
        row.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        zone::local(row.at, time_zone).text,
        csv_cell::neutralised(&row.actor_name).into_owned(),
        Area::label(row.event.area()).to_owned(),
        csv_cell::neutralised(&row.event.sentence()).into_owned(),
    ]
}
