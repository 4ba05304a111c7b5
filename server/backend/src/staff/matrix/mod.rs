//! Who is in which calendars and pipelines, on one page.

mod change;
mod show;

use domain::Permission;

pub use change::change;
pub use show::show;

use crate::{Access, Result, calendars};

/// Whoever sees staff, and the people of calendars or of pipelines.
fn require(access: &Access) -> Result<()> {
    match access.permissions().contains(Permission::OpportunitiesManagePipelines) {
        true => access.require(Permission::OpportunitiesManagePipelines)?,
        false => calendars::require_people(access)?,
    }
    access.require(Permission::SettingsViewStaff)
}
