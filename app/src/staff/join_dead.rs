//! Links of invitations that lead nowhere any more: each says why, and what to do.

use domain::staff::{DeadLink, LinkVerdict};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormError, LinkButton, Tone};

use super::api_join::AskAgain;
use crate::{Form, SaveForm, act::Act, layout::Narrow, paths};

#[component]
pub(super) fn Dead(dead: DeadLink, link: String, ask: Act<AskAgain>, asking: Form) -> impl IntoView {
    let DeadLink { verdict, account_name, inviter_name, asked_again } = dead;
    let (title, text) = words(verdict, &account_name, &inviter_name);
    let can_ask = verdict.can_ask_again();
    // Who may not invite any more is not the one to ask.
    let whom = if verdict == LinkVerdict::NotBacked { account_name } else { inviter_name };
    let next = if !can_ask {
        view! { <LinkButton href=paths::SIGN_IN kind=ButtonKind::Primary>"Sign in"</LinkButton> }.into_any()
    } else if asked_again {
        view! {
            <Callout tone=Tone::Good title="You asked for a new link">
                <p>{format!("{whom} sees your request. The new link comes by e-mail.")}</p>
            </Callout>
        }
        .into_any()
    } else {
        view! {
            <SaveForm action=ask>
                <FormError message=asking.error()/>
                <input type="hidden" name="link" value=link/>
                <Button kind=ButtonKind::Primary pending=asking.pending()>{format!("Ask {whom} for a new one")}</Button>
            </SaveForm>
        }
        .into_any()
    };
    view! { <Narrow title description=text>{next}</Narrow> }
}

/// Title and explanation of a dead link.
fn words(verdict: LinkVerdict, account: &str, inviter: &str) -> (&'static str, String) {
    match verdict {
        LinkVerdict::Expired => (
            "This invitation has expired",
            format!("Links work for 7 days. {inviter} can send you a new one for {account}."),
        ),
        LinkVerdict::Revoked => (
            "This invitation was withdrawn",
            format!("You are not invited to {account} any more. If that is a mistake, ask for a new link."),
        ),
        LinkVerdict::Replaced => (
            "There is a newer link",
            format!(
                "You were sent a newer invitation to {account}: open the newest mail. If you cannot find it, ask once more."
            ),
        ),
        LinkVerdict::NotBacked => (
            "This invitation is not valid any more",
            format!(
                "{inviter} cannot give access to {account} any more. Somebody else there can send you a new link."
            ),
        ),
        LinkVerdict::Used | LinkVerdict::Good => (
            "This invitation was used",
            format!(
                "Somebody joined {account} with it, most likely you. Sign in with your e-mail address and your password."
            ),
        ),
    }
}

#[component]
pub(super) fn Unknown() -> impl IntoView {
    view! {
        <Narrow title="We do not know this link"
            description="Maybe it was cut off on its way. Open it from the mail, or copy it as a whole.">
            <p>"If that does not help, ask the person who invited you to send you a new link."</p>
            <LinkButton href=paths::SIGN_IN kind=ButtonKind::Secondary>"Sign in"</LinkButton>
        </Narrow>
    }
}
