//! What can be done to a member, and why a viewer may not do it.

use domain::{
    MemberId, Permission, Refusal,
    staff::{MemberDetails, may_act_on},
};
use leptos::prelude::*;
use ui::WhyNot;

use super::{
    api_members::{DeactivateMember, EndMemberSessions, LeaveAccount, ReactivateMember, RemoveMember},
    readiness::ReadinessActs,
};
use crate::{
    Form,
    act::Act,
    use_viewer,
    viewer::{denied_reason, explained, grantable_permissions},
};

/// The actions of a member's page. They live above its data, so that they outlast its reloading.
#[derive(Clone, Copy)]
pub(super) struct MemberActs {
    pub deactivate: Act<DeactivateMember>,
    pub deactivating: Form,
    pub reactivate: Act<ReactivateMember>,
    pub reactivating: Form,
    pub remove: Act<RemoveMember>,
    pub removing: Form,
    pub leave: Act<LeaveAccount>,
    pub leaving: Form,
    pub end_sessions: Act<EndMemberSessions>,
    pub ending_sessions: Form,
    pub readiness: ReadinessActs,
}

impl MemberActs {
    pub fn new() -> Self {
        let (deactivate, reactivate) = (Act::new(), Act::new());
        let (remove, leave, end_sessions) = (Act::new(), Act::new(), Act::new());
        Self {
            deactivating: Form::of(deactivate),
            reactivating: Form::of(reactivate),
            removing: Form::of(remove),
            leaving: Form::of(leave),
            ending_sessions: Form::of(end_sessions),
            deactivate,
            reactivate,
            remove,
            leave,
            end_sessions,
            readiness: ReadinessActs::new(),
        }
    }

    /// Changes when the member has changed.
    pub fn saved(self) -> Memo<usize> {
        let ReadinessActs { putting_in_calendar, putting_in_pipeline, needing_none, .. } = self.readiness;
        let forms = [self.deactivating, self.reactivating, self.ending_sessions];
        let saved = forms.into_iter().chain([putting_in_calendar, putting_in_pipeline, needing_none]);
        let saved: Vec<_> = saved.map(Form::saved).collect();
        Memo::new(move |_| saved.iter().map(Get::get).sum())
    }
}

pub(super) fn is_viewer(id: MemberId) -> bool {
    use_viewer().and_then(|viewer| viewer.account).is_some_and(|account| account.member_id == id)
}

/// Why the viewer may not do this to this member; none when they may.
pub(super) fn why_not(permission: Permission, member: &MemberDetails) -> Option<WhyNot> {
    let holds_less =
        || may_act_on(grantable_permissions(), &member.assignment).err().map(|refusal| explained(&refusal));
    denied_reason(permission).or_else(holds_less)
}

/// As [`why_not`], for what nobody does to themselves.
pub(super) fn why_not_to_others(permission: Permission, member: &MemberDetails) -> Option<WhyNot> {
    let oneself = || is_viewer(member.id).then(|| explained(&Refusal::NotToYourself));
    why_not(permission, member).or_else(oneself)
}
