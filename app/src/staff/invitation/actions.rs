use domain::{InvitationId, Refusal};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Callout, CopyButton, FormActions, FormError, IconName, LinkButton, Section, Skeleton,
    Tone,
};

use super::{Acts, Link};
use crate::{AppError, SaveForm, error::LoadError, paths, staff::api::InvitationView};

#[component]
pub(super) fn OpenActions(
    view: InvitationView,
    link: Link,
    acts: Acts,
    reason: Option<String>,
) -> impl IntoView {
    let id = view.details.id;
    let name = view.details.name.full();
    // After its end there is nothing to copy.
    let link_section = view.days_left.is_some().then(|| {
        view! { <LinkSection id name=name.clone() link reason=reason.clone()/> }
    });
    let (resend_reason, form) = (reason.clone(), acts.resending);
    let error = Signal::derive(move || form.problem("email").get().or_else(|| form.error().get()));
    let revoke_href = format!("{}?revoke=1", paths::invitation(id));
    view! {
        <Section title="New link"
            description="Sends the mail again, with a new link that works for 7 days. The old link stops working at once.">
            <SaveForm action=acts.resend>
                <FormError message=error/>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button kind=ButtonKind::Primary icon=IconName::Mail pending=form.pending() disabled_reason=resend_reason>
                    "Send a new link"
                </Button>
            </SaveForm>
        </Section>
        {link_section}
        <Section title="Revoke" description=format!("{name} is not invited any more, and the link stops working.")>
            <FormActions>
                <LinkButton href=revoke_href kind=ButtonKind::Danger disabled_reason=reason>"Revoke invitation"</LinkButton>
            </FormActions>
        </Section>
    }
}

/// The link itself, when the mail does not arrive.
#[component]
fn LinkSection(id: InvitationId, name: String, link: Link, reason: Option<String>) -> impl IntoView {
    let content = move || {
        if link.is_shown.get() {
            return link
                .address
                .show_either(|| view! { <Skeleton lines=1/> }.into_any(), move |address| shown(id, address));
        }
        let href = show_link(id);
        view! {
            <LinkButton href kind=ButtonKind::Secondary icon=IconName::Link disabled_reason=reason.clone()>"Copy link"</LinkButton>
        }
        .into_any()
    };
    let description = format!(
        "Whoever has it can join as {name}, so hand it to nobody else. That you looked at it is recorded."
    );
    view! { <Section title="Link" description>{content}</Section> }
}

fn show_link(id: InvitationId) -> String {
    format!("{}?link=1", paths::invitation(id))
}

fn shown(id: InvitationId, address: Result<String, AppError>) -> AnyView {
    match address {
        Ok(address) => view! { <CopyButton label="Invitation link" text=address/> }.into_any(),
        Err(AppError::Refused(Refusal::FreshProofNeeded)) => {
            let prove = paths::with_next(paths::PROVE, &show_link(id));
            view! {
                <Callout tone=Tone::Info title="Please confirm that it is you">
                    <p>"This link gives full access to the account. "<a class="link" href=prove>"Enter your password"</a>" to see it."</p>
                </Callout>
            }
            .into_any()
        }
        Err(error) => view! { <LoadError error/> }.into_any(),
    }
}

/// Shown while somebody with a revoked invitation asks for a new link, and to whoever comes by an old address.
#[component]
pub(super) fn RevokedActions(view: InvitationView, acts: Acts, reason: Option<String>) -> impl IntoView {
    let id = view.details.id;
    let again = format!("{}?again={id}", paths::ADD_STAFF);
    let dismissal_reason = reason.clone();
    let dismissal = view.asked_again.map(move |_| {
        view! {
            <SaveForm action=acts.revoke>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button kind=ButtonKind::Secondary pending=acts.revoking.pending() disabled_reason=dismissal_reason>
                    "Dismiss the request"
                </Button>
            </SaveForm>
        }
    });
    view! {
        <FormError message=acts.revoking.error()/>
        <FormActions>
            <LinkButton href=again icon=IconName::Mail disabled_reason=reason>"Invite again"</LinkButton>
            {dismissal}
        </FormActions>
    }
}
