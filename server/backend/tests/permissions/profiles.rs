//! What the tests of this area do again and again.

use backend::{
    Access,
    permissions::{self, Start},
};
use domain::{
    Permission, PermissionSet, ProfileId, Role,
    permissions::{Preset, Profile},
};

use crate::support::{Person, World};

impl World {
    /// A profile that Olive made with exactly these permissions.
    pub async fn profile(&self, name: &str, permissions: PermissionSet) -> Profile {
        let olive = &self.olive().access;
        let made = permissions::create(&self.backend, olive, name, "", Start::Empty).await.unwrap();
        self.arrange_profile(made.id, permissions).await;
        Profile { permissions, ..made }
    }

    /// Everything about it as Olive sees it.
    pub async fn profile_now(&self, id: ProfileId) -> Profile {
        permissions::profile(&self.backend, &self.olive().access, id).await.unwrap().profile
    }

    /// Gives somebody a profile, by Olive, and answers their access as of their next request.
    pub async fn give(&self, person: &Person, profile: ProfileId) -> Access {
        permissions::assign(&self.backend, &self.olive().access, profile, &[person.member_id]).await.unwrap();
        self.access_again(person).await.unwrap()
    }

    /// Max as somebody who manages profiles and staff, but holds only the standard set beside.
    pub async fn max_manages(&self) -> Access {
        let set = Role::User.permissions().union(PermissionSet::of(&[
            Permission::SettingsManageProfiles,
            Permission::SettingsEditStaff,
            Permission::SettingsInviteStaff,
        ]));
        let managers = self.profile("Managers", set).await;
        self.give(self.max(), managers.id).await
    }
}

pub fn virtual_assistant() -> PermissionSet {
    Preset::VirtualAssistant.permissions()
}
