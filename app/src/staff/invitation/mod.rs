//! One invitation: what became of it, and what can be done.

mod actions;
mod dialogs;
mod facts;
mod readiness;

use domain::{
    InvitationId, Permission, Refusal,
    permissions::Assignment,
    staff::{InvitationState, may_invite_as},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{BackLink, ButtonKind, LinkButton, Skeleton, WhyNot};

use self::{
    actions::{OpenActions, RevokedActions},
    dialogs::{EditDialog, RevokeDialog},
    facts::{Facts, Standing},
    readiness::InvitedReadiness,
};
use super::{
    api::{self, ChangeInvitation, InvitationView, ResendInvitation, RevokeInvitation, ShowInvitationLink},
    assignment_fields::ask_choices,
    places_field::ask_places,
};
use crate::{
    Data, Form,
    act::Act,
    error::LoadError,
    layout::Page,
    paths,
    viewer::{explained, grantable_permissions, own_permissions},
};

/// What can be done with an invitation. The questions before an act have addresses of their own: `?edit=1`, `?revoke=1`.
#[derive(Clone, Copy)]
struct Acts {
    change: Act<ChangeInvitation>,
    changing: Form,
    resend: Act<ResendInvitation>,
    resending: Form,
    revoke: Act<RevokeInvitation>,
    revoking: Form,
    show: Act<ShowInvitationLink>,
    showing: Form,
}

impl Acts {
    fn new() -> Self {
        let (change, resend, revoke, show) = (Act::new(), Act::new(), Act::new(), Act::new());
        let (changing, resending) = (Form::of(change), Form::of(resend));
        let (revoking, showing) = (Form::of(revoke), Form::of(show));
        Self { change, changing, resend, resending, revoke, revoking, show, showing }
    }
}

#[component]
pub fn InvitationPage() -> impl IntoView {
    let acts = Acts::new();
    let query = use_query_map();
    let id = paths::id_parameter::<InvitationId>();
    let has = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name).is_some()));
    let (is_edited, is_revoked) = (has("edit"), has("revoke"));
    let (changed, resent, revoked) = (acts.changing.saved(), acts.resending.saved(), acts.revoking.saved());
    let asked = move || id.get().ok_or(Refusal::NotFound);
    let details = Data::renewed(
        move || changed.get() + resent.get() + revoked.get(),
        move || Ok(api::Invitation { id: asked()? }),
    );
    let choices = Data::new(move || match is_edited.get() {
        true => ask_choices(Permission::SettingsInviteStaff),
        false => Err(Refusal::NotFound.into()),
    });
    let places = Data::new(move || match is_edited.get() {
        true => ask_places(),
        false => Err(Refusal::NotFound.into()),
    });
    // A link that was shown before is dead after these.
    Effect::new(move |before: Option<usize>| {
        let now = resent.get() + revoked.get();
        if before.is_some_and(|before| before != now) {
            acts.showing.shown.set(None);
        }
        now
    });
    let dialogs = move |view: &InvitationView| {
        let view = StoredValue::new(view.clone());
        move || match (is_edited.get(), is_revoked.get()) {
            (true, _) => view! { <EditDialog view=view.get_value() acts choices places/> }.into_any(),
            (_, true) => view! { <RevokeDialog view=view.get_value() acts/> }.into_any(),
            _ => ().into_any(),
        }
    };
    details.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |details| match details {
            Ok(view) => {
                let dialogs = dialogs(&view);
                view! { <Invitation view acts/> {dialogs} }.into_any()
            }
            Err(error) => view! {
                <Page title="Invitation" back=BackLink::new(paths::STAFF, "My Staff")><LoadError error/></Page>
            }
            .into_any(),
        },
    )
}

#[component]
fn Invitation(view: InvitationView, acts: Acts) -> impl IntoView {
    let details = view.details.clone();
    let name = details.name.full();
    let reason = denied(&details.assignment);
    let readiness = (!view.readiness.is_empty()).then(|| {
        view! { <InvitedReadiness details=details.clone() lines=view.readiness.clone() acts/> }
    });
    let actions = match details.state {
        InvitationState::Open => view! { <OpenActions view=view.clone() acts reason/> }.into_any(),
        InvitationState::Revoked => view! { <RevokedActions view=view.clone() acts reason/> }.into_any(),
        InvitationState::Accepted => {
            let found = format!("{}?q={}", paths::STAFF, paths::encode(details.email.as_str()));
            view! { <LinkButton href=found kind=ButtonKind::Secondary>"Find them in My Staff"</LinkButton> }
                .into_any()
        }
    };
    view! {
        <Page title=name description="An invitation that was sent by e-mail." back=BackLink::new(paths::STAFF, "My Staff")>
            <Standing view=view.clone()/>
            <Facts view/>
            {readiness}
            {actions}
        </Page>
    }
}

/// Why the viewer may do nothing with this invitation.
fn denied(offered: &Assignment) -> Option<WhyNot> {
    may_invite_as(own_permissions(), grantable_permissions(), offered)
        .err()
        .map(|refusal| explained(&refusal))
}
