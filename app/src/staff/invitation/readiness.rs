use domain::{
    calendars::{Readiness, ReadinessItem},
    staff::InvitationDetails,
};
use leptos::prelude::*;
use ui::{Button, ButtonKind, LinkButton, Section};

use super::{Acts, denied};
use crate::{SaveForm, paths, staff::readiness::readiness_list};

/// What is missing before somebody invited can work; the rest comes once they have joined.
#[component]
pub(super) fn InvitedReadiness(
    details: InvitationDetails,
    lines: Vec<Readiness>,
    acts: Acts,
) -> impl IntoView {
    let id = details.id;
    let reason = denied(&details.assignment);
    let mend = |item: ReadinessItem| {
        let reason = reason.clone();
        match item {
            ReadinessItem::Joined => view! {
                <SaveForm action=acts.resend is_live=true>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Button kind=ButtonKind::Secondary small=true pending=acts.resending.pending() disabled_reason=reason>
                        "Remind them"
                    </Button>
                </SaveForm>
            }
            .into_any(),
            _ => view! {
                <LinkButton href=paths::edit_invitation(id) kind=ButtonKind::Secondary small=true disabled_reason=reason
                    aria_label=format!("Change the invitation: {}", item.label())>
                    "Change the invitation"
                </LinkButton>
            }
            .into_any(),
        }
    };
    let with_mend = |line: Readiness| {
        let mend = if line.is_ready { ().into_any() } else { mend(line.item) };
        (line, mend)
    };
    let list = readiness_list(lines.into_iter().map(with_mend).collect());
    view! { <Section title="Readiness">{list}</Section> }
}
