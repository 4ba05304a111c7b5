use domain::{AccountId, ElevationId, activity::Event, permissions::Elevation};
use serde::{Deserialize, Serialize};

use super::super::queries::elevation::{self as queries, Verdict};
use crate::{Access, Backend, Result, account, activity, jobs::Job};

/// Writes down that an elevation is over, and lets the open pages of whose it was follow. It stopped counting without this.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndElevation {
    pub account: AccountId,
    pub elevation: ElevationId,
}

impl Job for EndElevation {
    const NAME: &'static str = "end_elevation";

    async fn run(&self, backend: &Backend) -> Result<()> {
        let (account, id, now) = (self.account, self.elevation, backend.clock.now());
        let mut tx = backend.db.tenant(account).await?;
        account::lock(&mut tx, account).await?;
        let found = queries::find(&mut tx, account, id, now).await?;
        // Taken back before its end, or written down by an earlier run.
        let Some(found) = found.filter(|found| {
            found.verdict == Some(Verdict::Granted) && !found.is_ended && !found.is_running(now)
        }) else {
            return Ok(());
        };
        queries::end(&mut tx, account, id, None, now).await?;
        let Elevation { member, name, permission, .. } = found.elevation;
        let permission = permission.label().to_owned();
        let event = Event::ElevationEnded { elevation: id, member, name, permission };
        activity::record(&mut tx, &Access::steward(account), now, &event).await?;
        tx.commit().await?;
        Ok(())
    }
}
