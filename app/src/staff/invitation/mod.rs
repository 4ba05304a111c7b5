//! One invitation: what became of it, and what can be done.

mod actions;
mod dialogs;
mod facts;

use domain::{
    InvitationId, Refusal,
    permissions::Assignment,
    staff::{InvitationState, may_invite_as},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{BackLink, ButtonKind, LinkButton, Skeleton};

use self::{
    actions::{OpenActions, RevokedActions},
    dialogs::{EditDialog, RevokeDialog},
    facts::{Facts, Standing},
};
use super::{
    api::{self, ChangeInvitation, InvitationLink, InvitationView, ResendInvitation, RevokeInvitation},
    assignment_fields::own_permissions,
    id_parameter,
};
use crate::{Data, Form, act::Act, error::LoadError, layout::Page, paths};

/// What can be done with an invitation. The questions before an act have addresses of their own: `?edit=1`, `?revoke=1`; so has
/// the link, `?link=1`.
#[derive(Clone, Copy)]
struct Acts {
    change: Act<ChangeInvitation>,
    changing: Form,
    resend: Act<ResendInvitation>,
    resending: Form,
    revoke: Act<RevokeInvitation>,
    revoking: Form,
}

impl Acts {
    fn new() -> Self {
        let (change, resend, revoke) = (Act::new(), Act::new(), Act::new());
        let (changing, resending, revoking) = (Form::of(change), Form::of(resend), Form::of(revoke));
        Self { change, changing, resend, resending, revoke, revoking }
    }
}

#[component]
pub fn InvitationPage() -> impl IntoView {
    let acts = Acts::new();
    let query = use_query_map();
    let id = id_parameter::<InvitationId>();
    let has = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name).is_some()));
    let (is_edited, is_revoked, is_shown) = (has("edit"), has("revoke"), has("link"));
    let (changed, resent, revoked) = (acts.changing.saved(), acts.resending.saved(), acts.revoking.saved());
    let asked = move || id.get().ok_or(Refusal::NotFound);
    let details = Data::renewed(
        move || changed.get() + resent.get() + revoked.get(),
        move || Ok(api::Invitation { id: asked()? }),
    );
    let address = Data::new(move || match is_shown.get() {
        true => Ok(InvitationLink { id: asked()? }),
        false => Err(Refusal::NotFound.into()),
    });
    let link = Link { is_shown, address };
    let dialogs = move |view: &InvitationView| {
        let view = StoredValue::new(view.clone());
        move || match (is_edited.get(), is_revoked.get()) {
            (true, _) => view! { <EditDialog view=view.get_value() acts/> }.into_any(),
            (_, true) => view! { <RevokeDialog view=view.get_value() acts/> }.into_any(),
            _ => ().into_any(),
        }
    };
    details.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |details| match details {
            Ok(view) => {
                let dialogs = dialogs(&view);
                view! { <Invitation view link acts/> {dialogs} }.into_any()
            }
            Err(error) => view! {
                <Page title="Invitation" back=BackLink::new(paths::STAFF, "My Staff")><LoadError error/></Page>
            }
            .into_any(),
        },
    )
}

/// The address that was mailed. It is read only once it was asked for: that it was shown is recorded.
#[derive(Clone, Copy)]
struct Link {
    is_shown: Memo<bool>,
    address: Data<String>,
}

#[component]
fn Invitation(view: InvitationView, link: Link, acts: Acts) -> impl IntoView {
    let details = view.details.clone();
    let name = details.name.full();
    let reason = denied(&details.assignment);
    let actions = match details.state {
        InvitationState::Open => view! { <OpenActions view=view.clone() link acts reason/> }.into_any(),
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
            {actions}
        </Page>
    }
}

/// Why the viewer may do nothing with this invitation.
fn denied(offered: &Assignment) -> Option<String> {
    may_invite_as(own_permissions(), offered).err().map(|refusal| refusal.to_string())
}
