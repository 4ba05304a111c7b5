use domain::{MemberId, Permission};

use crate::{Access, Result};

/// What of calendars and appointments somebody sees. Every query about them takes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// Who has to be a host of a calendar to see it; none for whoever sees all of them.
    pub viewer: Option<MemberId>,
    /// Whose appointments alone are seen; none for everybody's.
    pub owner: Option<MemberId>,
}

impl Sight {
    pub fn of(access: &Access) -> Self {
        let own = access.member_id().unwrap_or_default();
        let holds = |permission| access.permissions().contains(permission);
        let sees_all = holds(Permission::CalendarsAllRecords);
        let manages = holds(Permission::CalendarsManage) || holds(Permission::CalendarsManageRoundRobin);
        Self { viewer: (!sees_all && !manages).then_some(own), owner: (!sees_all).then_some(own) }
    }
}

/// For what shows or changes who is in a calendar, before its kind is known.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] for whoever neither manages calendars nor the members of round robins.
pub(super) fn require_people(access: &Access) -> Result<()> {
    match access.permissions().contains(Permission::CalendarsManage) {
        true => access.require(Permission::CalendarsManage),
        false => access.require(Permission::CalendarsManageRoundRobin),
    }
}
