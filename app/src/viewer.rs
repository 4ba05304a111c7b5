use domain::{Permission, PermissionSet, identity::Viewer};
use leptos::prelude::*;

use crate::Boot;

/// Who is looking, as of now: what they may do can change while a page is open. Frames follow it and show their pages anew.
#[derive(Clone, Copy)]
pub struct ViewerNow(pub RwSignal<Option<Viewer>>);

impl ViewerNow {
    /// Begins with who asked for the page.
    pub fn provide() {
        provide_context(Self(RwSignal::new(Boot::current().viewer)));
    }
}

/// Who is looking; none on pages that need no sign-in.
pub fn use_viewer() -> Option<Viewer> {
    expect_context::<ViewerNow>().0.get_untracked()
}

/// What the viewer may do in the account they work in; nothing without one.
pub fn own_permissions() -> PermissionSet {
    use_viewer()
        .and_then(|viewer| viewer.account)
        .map(|account| account.assignment.permissions)
        .unwrap_or_default()
}

/// Whether the viewer may do this here. Shapes the page only: the server decides again.
pub fn viewer_can(permission: Permission) -> bool {
    use_viewer().is_some_and(|viewer| viewer.can(permission))
}

/// Why a control is inert for this viewer: names the missing permission and who can give it; none when they may.
pub fn denied_reason(permission: Permission) -> Option<String> {
    (!viewer_can(permission)).then(|| domain::Refusal::PermissionMissing(permission).to_string())
}
