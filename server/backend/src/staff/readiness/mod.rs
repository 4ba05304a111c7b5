//! Whether people can work. Facts come from the database, `domain::calendars::readiness` judges them; whoever edits staff sees it of
//! everybody, and everybody of themselves.

mod facts;
mod need_no_place;
mod own;
mod places;

use domain::Permission;
pub(super) use facts::{InvitedFacts, PlaceFacts};
pub use need_no_place::need_no_place;
pub(super) use need_no_place::note_answer;
pub(crate) use own::own_missing;
pub use places::PlacesToJoin;
pub(super) use places::places_to_join;

use crate::Access;

/// Whether the viewer learns who is ready.
pub(super) fn may_see(access: &Access) -> bool {
    access.permissions().contains(Permission::SettingsEditStaff)
}
