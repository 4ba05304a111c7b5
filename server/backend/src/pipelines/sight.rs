use domain::{MemberId, Permission};

use crate::Access;

/// What of pipelines and opportunities somebody sees. Every query about them takes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// Who has to be in a pipeline to see it; none for whoever sees all of them.
    pub viewer: Option<MemberId>,
    /// Whose opportunities alone are seen; none for everybody's.
    pub owner: Option<MemberId>,
    pub values: bool,
}

impl Sight {
    pub fn of(access: &Access) -> Self {
        let unless = |permission| match access.permissions().contains(permission) {
            true => None,
            false => Some(access.member_id().unwrap_or_default()),
        };
        Self {
            viewer: unless(Permission::OpportunitiesManagePipelines),
            owner: unless(Permission::OpportunitiesAllRecords),
            values: access.permissions().contains(Permission::OpportunitiesSeeValue),
        }
    }
}
