use domain::{
    Permission, PermissionSet, Refusal,
    identity::Viewer,
    permissions::{ExplanationId, may_be_elevated},
};
use leptos::prelude::*;
use ui::WhyNot;

use crate::{Boot, error::with_explanation, paths};

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

/// What of it the viewer may give on to others.
pub fn grantable_permissions() -> PermissionSet {
    use_viewer()
        .and_then(|viewer| viewer.account)
        .map(|account| account.assignment.grantable())
        .unwrap_or_default()
}

/// Whether the viewer may do this here. Shapes the page only: the server decides again.
pub fn viewer_can(permission: Permission) -> bool {
    use_viewer().is_some_and(|viewer| viewer.can(permission))
}

/// Why a control is inert for this viewer: names the missing permission and who can give it; none when they may.
pub fn denied_reason(permission: Permission) -> Option<WhyNot> {
    (!viewer_can(permission)).then(|| explained(&Refusal::PermissionMissing(permission)))
}

/// Whether the viewer may ask for this beside their profile.
pub fn may_ask_for(permission: Permission) -> bool {
    may_be_elevated(permission).is_ok() && !viewer_can(permission)
}

/// A refusal as the viewer reads it: for a permission that they lack, with the id and the page of its explanation.
pub fn explained(refusal: &Refusal) -> WhyNot {
    let text = refusal.clone().as_heard_by(own_permissions(), grantable_permissions()).to_string();
    match explanation_of(refusal) {
        Some(id) => WhyNot {
            text: with_explanation(&text, &id),
            href: Some(paths::why(&id)),
            can_ask: matches!(refusal, Refusal::PermissionMissing(lacking) if may_ask_for(*lacking)),
        },
        None => text.into(),
    }
}

/// None for what no permission would allow, and for whoever sees Steward as somebody else: that is not their own access.
fn explanation_of(refusal: &Refusal) -> Option<String> {
    let (Refusal::PermissionMissing(permission) | Refusal::NotToGiveOn(permission)) = refusal else {
        return None;
    };
    let viewer = use_viewer().filter(|viewer| viewer.preview.is_none())?;
    Some(ExplanationId::new(viewer.account?.member_id, *permission).to_string())
}
