use domain::account::InvitationNeed;
use leptos::prelude::*;
use ui::{Badge, Tone};

use super::{api::Attention, dashboard::BOARD_LINE};
use crate::{paths, time};

/// What has a page of its own, beside invitations.
pub(super) struct Needs {
    /// None between two reviews.
    pub review: Option<String>,
    pub requests: u64,
    pub not_ready: u64,
    pub findings: u64,
}

/// Invitations that somebody should look at, after everything that has a page of its own.
#[component]
pub(super) fn AttentionList(attention: Vec<Attention>, needs: Needs) -> impl IntoView {
    let Needs { review, requests, not_ready, findings } = needs;
    let counted = |count: u64, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let pages = [
        (paths::ATTENTION, "What cannot work", counted(findings, "thing", "things")),
        (paths::MEMBERS_NOT_READY, "Not ready to work", counted(not_ready, "person", "people")),
        (paths::ACCESS_REQUESTS, "Access requests", counted(requests, "waits", "wait")),
        (paths::REVIEWS, "Access review", review),
    ];
    let first = pages.into_iter().filter_map(|(href, label, what)| Some(linked(href, label, what?)));
    let first: Vec<_> = first.collect();
    let first = (!first.is_empty()).then_some(first);
    if attention.is_empty() {
        return match first {
            Some(first) => view! { <ul>{first}</ul> }.into_any(),
            None => {
                view! { <p class="text-muted">"Nothing. All invitations are on their way or answered."</p> }
                    .into_any()
            }
        };
    }
    let has_asked =
        attention.iter().any(|line| matches!(line.invitation.need, InvitationNeed::AskedAgain { .. }));
    let lines = attention.into_iter().map(|line| view! { <Line line/> }).collect_view();
    view! {
        <ul>{first}{lines}</ul>
        <p class="mt-3 flex flex-wrap gap-x-4 gap-y-1">
            {has_asked.then(|| view! { <a class="link" href=paths::staff_with_status("asked")>"All who asked for a new link"</a> })}
            <a class="link" href=paths::staff_with_status("expired")>"All expired invitations"</a>
        </p>
    }
    .into_any()
}

/// What has a page of its own.
fn linked(href: &'static str, label: &'static str, what: String) -> AnyView {
    view! {
        <li class=BOARD_LINE>
            <span class="flex flex-wrap items-center gap-2 min-w-0">
                <a class="link" href=href>{label}</a>
                <Badge tone=Tone::Warn>{what}</Badge>
            </span>
        </li>
    }
    .into_any()
}

#[component]
fn Line(line: Attention) -> impl IntoView {
    let Attention { invitation, since } = line;
    let (tone, what, detail) = match invitation.need {
        InvitationNeed::AskedAgain { .. } => (Tone::Info, "Asked for a new link", None),
        InvitationNeed::NotDelivered { reason } => (Tone::Bad, "Not delivered", Some(reason)),
        InvitationNeed::Expired { .. } => (Tone::Warn, "Expired", None),
    };
    let name = if invitation.name.is_empty() { invitation.email.to_string() } else { invitation.name };
    view! {
        <li class=BOARD_LINE>
            <span class="flex flex-wrap items-center gap-2 min-w-0">
                <a class="link" href=paths::invitation(invitation.id)>{name}</a>
                <Badge tone>{what}</Badge>
                {detail.map(|detail| view! { <span class="text-sm text-muted wrap-anywhere">{detail}</span> })}
            </span>
            {since.map(time)}
        </li>
    }
}
