use domain::staff::{Delivery, InvitationState};
use leptos::prelude::*;
use ui::{Badge, ButtonKind, Callout, DescriptionItem, DescriptionList, IconName, LinkButton, Section, Tone};

use super::denied;
use crate::{
    paths,
    staff::{
        api::InvitationView,
        given::{Given, last_day},
        status::invited,
    },
    time,
};

/// What needs attention, in words.
#[component]
pub(super) fn Standing(view: InvitationView) -> impl IntoView {
    let name = view.details.name.full();
    let asked = view.asked_again.map(|when| {
        let title = format!("{name} asked for a new link");
        view! { <Callout tone=Tone::Warn title=title><p>{format!("On {}.", when.text)}</p></Callout> }
    });
    let (tone, title, text) = match (view.details.state, view.days_left, view.details.delivery) {
        (InvitationState::Accepted, ..) => {
            (Tone::Good, format!("{name} has joined"), "The invitation is used up.".to_owned())
        }
        (InvitationState::Revoked, ..) => (
            Tone::Neutral,
            "This invitation is revoked".to_owned(),
            "Its link does not work any more.".to_owned(),
        ),
        (_, None, _) => {
            let text = format!("Its link worked until {}. Send a new one.", view.expires.text);
            (Tone::Warn, "This invitation has expired".to_owned(), text)
        }
        (_, _, Delivery::Failed { reason }) => {
            let text = format!(
                "{reason} Check the address: send a new link, or revoke the invitation and add the person anew."
            );
            (Tone::Bad, "The mail was not delivered".to_owned(), text)
        }
        _ => return asked.into_any(),
    };
    view! { {asked} <Callout tone title=title><p>{text}</p></Callout> }.into_any()
}

#[component]
pub(super) fn Facts(view: InvitationView) -> impl IntoView {
    let details = view.details;
    let (tone, status) = match (details.state, view.days_left) {
        (InvitationState::Accepted, _) => (Tone::Good, "Accepted".to_owned()),
        (InvitationState::Revoked, _) => (Tone::Neutral, "Revoked".to_owned()),
        (InvitationState::Open, None) => (Tone::Warn, "Invitation expired".to_owned()),
        (InvitationState::Open, days_left) => (Tone::Info, invited(days_left)),
    };
    let mail = match (details.delivery, view.sent) {
        (Delivery::Failed { reason }, _) => format!("Not delivered: {reason}").into_any(),
        (_, Some(sent)) => view! { "Sent " {time(sent)} }.into_any(),
        _ => "Waiting to be sent".into_any(),
    };
    let edit = (details.state == InvitationState::Open).then(|| {
        let reason = denied(&details.assignment);
        let href = format!("{}?edit=1", paths::invitation(details.id));
        view! { <LinkButton href kind=ButtonKind::Secondary icon=IconName::Pencil disabled_reason=reason>"Edit details"</LinkButton> }
    });
    let names: Vec<_> = details.places.into_iter().map(|place| place.name).collect();
    let places = (!names.is_empty()).then(|| {
        view! { <DescriptionItem term="Pipelines and calendars">{names.join(", ")}</DescriptionItem> }
    });
    let phone = details.phone.map_or_else(|| "None".to_owned(), String::from);
    view! {
        <Section title="Invitation" action=view! { {edit} }>
            <DescriptionList>
                <DescriptionItem term="Status"><Badge tone>{status}</Badge></DescriptionItem>
                <DescriptionItem term="E-mail">{details.email.to_string()}</DescriptionItem>
                <DescriptionItem term="Phone">{phone}</DescriptionItem>
                <Given assignment=details.assignment/>
                {details.last_day.map(last_day)}
                {places}
                <DescriptionItem term="Invited by">
                    <a class="link" href=paths::member(details.invited_by)>{details.invited_by_name}</a>", "{time(view.invited)}
                </DescriptionItem>
                <DescriptionItem term="Works until">{time(view.expires)}</DescriptionItem>
                <DescriptionItem term="Mail">{mail}</DescriptionItem>
            </DescriptionList>
        </Section>
    }
}
