//! Who may do what: the whole vocabulary, sets of it, roles and the one decision about granting.

mod permission;
mod permission_set;
mod role;
mod section;

pub use permission::Permission;
pub use permission_set::PermissionSet;
pub use role::{Role, may_grant_role};
pub use section::Section;
