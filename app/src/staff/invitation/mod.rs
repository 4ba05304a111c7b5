//! One invitation: what became of it, and what can be done.

mod actions;
mod dialogs;
mod facts;

use domain::{
    InvitationId, Refusal, Role,
    staff::{InvitationState, may_invite_as},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ui::{BackLink, ButtonKind, LinkButton, Skeleton};

use self::{
    actions::{OpenActions, RevokedActions},
    dialogs::{EditDialog, RevokeDialog},
    facts::{Facts, Standing},
};
use super::{
    add::own_permissions,
    api::{
        ChangeInvitation, InvitationView, ResendInvitation, RevokeInvitation, invitation, invitation_link,
    },
};
use crate::{AppError, Form, act::Act, error::LoadError, layout::Page, paths};

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
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let has = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name).is_some()));
    let (is_edited, is_revoked, is_link_shown) = (has("edit"), has("revoke"), has("link"));
    let (changed, resent, revoked) = (acts.changing.saved(), acts.resending.saved(), acts.revoking.saved());
    let details = Resource::new(
        move || (id.get(), changed.get(), resent.get(), revoked.get()),
        |(id, ..)| async move { invitation(parsed(&id)?).await },
    );
    let link =
        Resource::new(move || (id.get(), is_link_shown.get()), |(id, is_shown)| shown_link(id, is_shown));
    let dialogs = move |view: &InvitationView| {
        let view = StoredValue::new(view.clone());
        move || match (is_edited.get(), is_revoked.get()) {
            (true, _) => view! { <EditDialog view=view.get_value() acts/> }.into_any(),
            (_, true) => view! { <RevokeDialog view=view.get_value() acts/> }.into_any(),
            _ => ().into_any(),
        }
    };
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8/> }>
            {move || Suspend::new(async move {
                match (details.await, link.await) {
                    (Ok(view), link) => {
                        let dialogs = dialogs(&view);
                        view! { <Invitation view link acts/> {dialogs} }.into_any()
                    }
                    (Err(error), _) => view! {
                        <Page title="Invitation" back=BackLink::new(paths::STAFF, "My Staff")><LoadError error/></Page>
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
}

fn parsed(id: &str) -> Result<InvitationId, AppError> {
    id.parse().map_err(|_| Refusal::NotFound.into())
}

/// The link, once it was asked for: that it was shown is recorded.
async fn shown_link(id: String, is_shown: bool) -> Option<Result<String, AppError>> {
    if !is_shown {
        return None;
    }
    Some(match parsed(&id) {
        Ok(id) => invitation_link(id).await,
        Err(error) => Err(error),
    })
}

#[component]
fn Invitation(view: InvitationView, link: Option<Result<String, AppError>>, acts: Acts) -> impl IntoView {
    let details = view.details.clone();
    let name = details.name.full();
    let reason = denied(details.role);
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

/// Why the viewer may do nothing with an invitation to this role.
fn denied(role: Role) -> Option<String> {
    may_invite_as(own_permissions(), role).err().map(|refusal| refusal.to_string())
}
