//! Elevations: one permission beside what somebody's profile opens, for an hour, a day or for good.
//!
//! People ask for themselves; whoever edits staff and holds the permission decides. What was given for a time stops counting at its
//! end by the clock alone: the job at that instant only writes it down, and lets open pages follow. An elevation is for use: whoever
//! has one can give it to nobody, as it would outlast its end there.

mod ask;
mod decide;
mod end;
mod letters;
mod list;
mod withdraw;

pub use ask::ask;
pub use decide::{grant, refuse};
pub use end::EndElevation;
pub(crate) use letters::{asked_letter, decided_letter};
pub use list::list;
pub use withdraw::withdraw;

use domain::{ElevationId, Permission, Refusal, permissions::may_elevate};

use super::{assignment::require_now, queries::elevation::Stored};
use crate::{Access, Backend, Result, account, db::Tx};

/// An elevation on which somebody acts, under the account's lock.
///
/// # Errors
/// [`Refusal::SignInNeeded`] for an actor who is gone, [`Refusal::PermissionMissing`] (also to give what one lacks),
/// [`Refusal::NotFound`].
async fn acted_on(tx: &mut Tx, backend: &Backend, access: &Access, id: ElevationId) -> Result<Stored> {
    account::lock(tx, access.account()).await?;
    let now = backend.clock.now();
    let acting = require_now(tx, access, Permission::SettingsEditStaff, now).await?;
    let found =
        super::queries::elevation::find(tx, access.account(), id, now).await?.ok_or(Refusal::NotFound)?;
    // Giving back what is one's own takes nothing from anybody else.
    if access.member_id() != Some(found.elevation.member) {
        may_elevate(acting.grantable(), found.elevation.permission)?;
    }
    Ok(found)
}
