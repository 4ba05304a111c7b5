use domain::{MemberId, staff::leaving::LeavingWay};

use super::leaving::end_with_nothing;
use crate::{Access, Backend, Result};

/// Takes a member on whom nothing depends out of the account, at once and for good: their history stays under their name, and invited
/// again they come as a new member. For everybody else there is [`super::leaving::end`]. Somebody removed already stays so.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] (only an Admin removes people), `FreshProofNeeded`, `NotToYourself` (that is
/// [`super::leave`]), `NotFound`, `LastAdmin`, `ReceiversNeeded` for whoever holds anything.
pub async fn remove(backend: &Backend, access: &Access, id: MemberId) -> Result<()> {
    end_with_nothing(backend, access, id, LeavingWay::Remove).await
}
