//! Who may do what: the whole vocabulary, sets of it, roles and the one decision about granting.

mod grant;
mod permission;
mod permission_set;
mod preset;
mod profile;
mod role;
mod section;

pub use grant::{may_grant, may_grant_role};
pub use permission::Permission;
pub use permission_set::PermissionSet;
pub use preset::Preset;
pub use profile::{
    PROFILE_DESCRIPTION_MAX_CHARS, PROFILE_NAME_MAX_CHARS, Profile, check_profile_words, effective, replaced,
    summary, switched,
};
pub use role::Role;
pub use section::Section;
