use domain::{Refusal, staff::leaving::LeavingWay};

use super::leaving::end_with_nothing;
use crate::{Access, Backend, Result};

/// Takes oneself out of the account, when nothing depends on one; else there is [`super::leaving::end`]. Everybody may, but the last
/// Admin.
///
/// # Errors
/// [`Refusal::FreshProofNeeded`], [`Refusal::LastAdmin`], [`Refusal::NotFound`] for Steward itself, which is no member;
/// [`Refusal::ReceiversNeeded`] for whoever holds anything.
pub async fn leave(backend: &Backend, access: &Access) -> Result<()> {
    let own = access.member_id().ok_or(Refusal::NotFound)?;
    end_with_nothing(backend, access, own, LeavingWay::Leave).await
}
