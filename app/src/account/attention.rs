use domain::account::InvitationNeed;
use leptos::prelude::*;
use ui::{Badge, Tone};

use super::{api::Attention, dashboard::BOARD_LINE};
use crate::{paths, time};

/// Invitations that somebody should look at, after requests for access and the access review when it is due or runs.
#[component]
pub(super) fn AttentionList(
    attention: Vec<Attention>,
    review: Option<String>,
    requests: u64,
) -> impl IntoView {
    let requests = (requests > 0).then(|| {
        let what = if requests == 1 { "1 waits".to_owned() } else { format!("{requests} wait") };
        linked(paths::ACCESS_REQUESTS, "Access requests", what)
    });
    let review = review.map(|what| linked(paths::REVIEWS, "Access review", what));
    let first = (requests.is_some() || review.is_some()).then(|| view! { {requests} {review} });
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
