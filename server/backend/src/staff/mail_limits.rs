//! How many mails the invitations of an account may cause: who signs up for free must not be able to write to the world, nor to
//! one person again and again.

use domain::{AccountId, Email};

use crate::{
    Backend, Result,
    db::Tx,
    throttle::{self, Limit},
};

/// Of one account, lists of employees included, as many as the operator says. A list that is longer goes on the day after: its lines
/// that were invited are skipped then.
const PER_ACCOUNT_MINUTES: i64 = 24 * 60;
/// Of one account to one address.
const PER_ADDRESS: Limit = Limit { attempts: 5, window_minutes: 60 };

/// Counts one mail of an invitation, in the transaction that sends it: what does not happen does not count.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`].
pub(super) async fn count_mail(
    tx: &mut Tx,
    backend: &Backend,
    account: AccountId,
    email: &Email,
) -> Result<()> {
    let now = backend.clock.now();
    let account = account.to_string();
    let per_day = i32::try_from(backend.installation.invitations_per_day).unwrap_or(i32::MAX);
    let per_account = Limit { attempts: per_day, window_minutes: PER_ACCOUNT_MINUTES };
    throttle::attempt_in(tx, now, "invitation/address", &format!("{account} {email}"), PER_ADDRESS).await?;
    throttle::attempt_in(tx, now, "invitation/account", &account, per_account).await
}
