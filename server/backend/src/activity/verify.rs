use domain::{
    AccountId, MemberId, Permission,
    activity::{ChainBreak, Event, Verification},
};

use super::{
    queries::{self, End, FIRST_HASH, StoredRow},
    record::{self, Hashed, row_hash},
};
use crate::{Access, Backend, Result, db::Tx};

/// Rows read at a time.
const BATCH: i64 = 1_000;

/// Recomputes the account's whole chain and names the first row that does not follow from what stands before it; also finds
/// rows missing from the end, by the end that was noted apart. Records that it was done, and what came out.
///
/// Rows that are added meanwhile do not disturb it: it looks at the log as it was when it began.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn verify(backend: &Backend, access: &Access) -> Result<Verification> {
    access.require(Permission::SettingsViewActivity)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let verification = walk(&mut tx, access.account()).await?;
    tx.commit().await?;
    match (note(backend, access, &verification).await, &verification.first_break) {
        // Whoever forged the end of the chain keeps every further row out; that must not hide what was found.
        (Err(error), Some(found)) => {
            tracing::error!(%error, ?found, "the activity log is broken and takes no rows")
        }
        (noted, _) => noted?,
    }
    Ok(verification)
}

async fn note(backend: &Backend, access: &Access, verification: &Verification) -> Result<()> {
    let event =
        Event::ActivityVerified { rows: verification.rows, intact: verification.first_break.is_none() };
    let mut tx = backend.db.tenant(access.account()).await?;
    record::record(&mut tx, access, backend.clock.now(), &event).await?;
    tx.commit().await?;
    Ok(())
}

async fn walk(tx: &mut Tx, account: AccountId) -> Result<Verification> {
    let end = queries::end(tx, account).await?;
    let mut chain = Chain { account, number: 0, hash: FIRST_HASH.to_vec() };
    while chain.number < end.number {
        let left = BATCH.min(end.number - chain.number);
        let rows = queries::rows_after(tx, account, chain.number, left).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if let Some(first_break) = chain.follow(row) {
                return Ok(chain.verified(Some(first_break)));
            }
        }
    }
    let first_break = chain.wrong_end(&end);
    Ok(chain.verified(first_break))
}

/// How far the chain holds.
struct Chain {
    account: AccountId,
    number: i64,
    hash: Vec<u8>,
}

impl Chain {
    /// Goes one row on, or tells why it cannot.
    fn follow(&mut self, row: StoredRow) -> Option<ChainBreak> {
        let expected = self.number + 1;
        if row.number != expected {
            return Some(ChainBreak { number: expected, at: None, reason: "The row is missing.".into() });
        }
        if let Some(reason) = self.contradiction(&row) {
            return Some(ChainBreak { number: row.number, at: Some(row.at), reason: reason.into() });
        }
        (self.number, self.hash) = (row.number, row.hash);
        None
    }

    fn contradiction(&self, row: &StoredRow) -> Option<&'static str> {
        if row.previous_hash != self.hash {
            return Some("The row does not follow from the one before it.");
        }
        let hashed = Hashed {
            account: self.account,
            number: row.number,
            at: row.at,
            member_id: row.member_id.map(MemberId::from),
            actor_name: &row.actor_name,
            event: &row.event,
        };
        if row_hash(&hashed, &self.hash)[..] != row.hash {
            return Some("The row was altered after it was written.");
        }
        // These columns only repeat what the event says, so the hash does not cover them.
        let event: Event = serde_json::from_value(row.event.clone()).unwrap_or(Event::Unknown);
        let repeats =
            event.area().key() == row.area && event.subject().map(|id| id.0) == row.subject_member_id;
        (event != Event::Unknown && !repeats).then_some("The row is filed under another area or person.")
    }

    fn wrong_end(&self, end: &End) -> Option<ChainBreak> {
        let reason = if self.number < end.number {
            "The row is missing, and so is everything after it."
        } else if self.hash != end.hash {
            "The last row is not the one that was noted as the end."
        } else if end.last_row > end.number {
            "A row stands after the end that was noted."
        } else {
            return None;
        };
        let number =
            if self.number == end.number && self.hash != end.hash { self.number } else { self.number + 1 };
        Some(ChainBreak { number, at: None, reason: reason.into() })
    }

    fn verified(&self, first_break: Option<ChainBreak>) -> Verification {
        Verification { rows: u64::try_from(self.number).unwrap_or(0), first_break }
    }
}
