use domain::{AccountId, InvitationId, activity::Event};

use super::queries::delivery as queries;
use crate::{Access, Backend, Result, activity};

/// Characters of a mail server's answer that are kept.
const REASON_MAX_CHARS: usize = 300;

/// Notes whether the mail with the link of this version has left. An answer about a replaced link is of no interest any more.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn record_delivery(
    backend: &Backend,
    account: AccountId,
    invitation: InvitationId,
    version: i32,
    outcome: Result<(), &str>,
) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(account).await?;
    match outcome {
        Ok(()) => queries::mark_sent(&mut tx, account, invitation, version, now).await?,
        Err(reason) => {
            let reason = printable(reason);
            if let Some(failed) = queries::mark_failed(&mut tx, account, invitation, version, &reason).await?
            {
                let event = Event::InvitationFailed {
                    invitation,
                    name: failed.name.full(),
                    email: failed.email,
                    reason,
                };
                activity::record(&mut tx, &Access::steward(account), now, &event).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(())
}

/// A mail server may answer anything; people read this.
fn printable(reason: &str) -> String {
    let one_line: String = reason.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    one_line.trim().chars().take(REASON_MAX_CHARS).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_answer_becomes_one_bounded_line() {
        assert_eq!(super::printable("550 no\r\nsuch user\0"), "550 no  such user");
        assert_eq!(super::printable(&"é".repeat(1_000)).chars().count(), super::REASON_MAX_CHARS);
    }
}
