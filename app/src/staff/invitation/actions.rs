use domain::InvitationId;
use leptos::prelude::*;
use ui::{Button, ButtonKind, CopyButton, FormActions, FormError, IconName, LinkButton, Section, WhyNot};

use super::Acts;
use crate::{SaveForm, paths, staff::api::InvitationView};

#[component]
pub(super) fn OpenActions(view: InvitationView, acts: Acts, reason: Option<WhyNot>) -> impl IntoView {
    let id = view.details.id;
    let name = view.details.name.full();
    // After its end there is nothing to hand over.
    let link_section = view.days_left.is_some().then(|| {
        view! { <LinkSection id name=name.clone() acts reason=reason.clone()/> }
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

/// A link to hand over, when the mail does not arrive. It stands in no page until it is asked for: that it was shown is recorded.
#[component]
fn LinkSection(id: InvitationId, name: String, acts: Acts, reason: Option<WhyNot>) -> impl IntoView {
    let content = move || match acts.showing.shown.get() {
        Some(link) => view! { <CopyButton label="Invitation link" text=link/> }.into_any(),
        None => view! { <ShowLink id acts reason=reason.clone()/> }.into_any(),
    };
    let description = format!(
        "When the mail does not arrive, hand {name} this link. To join with it they sign in, or have the mail sent once more. \
         That you looked at it is recorded."
    );
    view! { <Section title="Link" description>{content}</Section> }
}

#[component]
fn ShowLink(id: InvitationId, acts: Acts, reason: Option<WhyNot>) -> impl IntoView {
    let form = acts.showing;
    view! {
        <SaveForm action=acts.show>
            <FormError message=form.error()/>
            <input type="hidden" name="id" value=id.to_string()/>
            <Button kind=ButtonKind::Secondary icon=IconName::Link pending=form.pending() disabled_reason=reason>
                "Show link"
            </Button>
        </SaveForm>
    }
}

/// Shown while somebody with a revoked invitation asks for a new link, and to whoever comes by an old address.
#[component]
pub(super) fn RevokedActions(view: InvitationView, acts: Acts, reason: Option<WhyNot>) -> impl IntoView {
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
