use domain::{Permission, identity::Viewer};

use crate::Boot;

/// Who is looking; none on pages that need no sign-in.
pub fn use_viewer() -> Option<Viewer> {
    Boot::current().viewer
}

/// Whether the viewer may do this here. Shapes the page only: the server decides again.
pub fn viewer_can(permission: Permission) -> bool {
    use_viewer().is_some_and(|viewer| viewer.can(permission))
}

/// Why a control is inert for this viewer: names the missing permission and who can give it; none when they may.
pub fn denied_reason(permission: Permission) -> Option<String> {
    (!viewer_can(permission)).then(|| domain::Refusal::PermissionMissing(permission).to_string())
}
