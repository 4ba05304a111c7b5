use chrono::{DateTime, Utc};
use domain::{
    AccountId,
    staff::{ReviewNeed, review_due_at},
};

use crate::{Result, db::Tx, staff::queries::review as queries};

/// What the dashboard says about the review; nothing between two of them.
pub(crate) async fn review_need(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<Option<ReviewNeed>> {
    let state = queries::state(tx, account).await?;
    if let Some((done, total)) = state.running {
        return Ok(Some(ReviewNeed::Running { done, total }));
    }
    let since = review_due_at(state.last_finished);
    Ok((since <= now).then_some(ReviewNeed::Due { since }))
}
