use domain::{Permission, billing::PlanNow};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, DescriptionItem, DescriptionList, FormError, LinkButton, Section};

use super::{
    api::KeepPlan,
    overview::Call,
    parts::{StateBadge, limit_words},
};
use crate::{Form, SaveForm, act::Act, paths, viewer::denied_reason};

/// What the account has, and what is to become of it.
#[component]
pub(super) fn Plan(plan: PlanNow) -> impl IntoView {
    let PlanNow { name, price, state, period, pending, limits, is_over, is_ending } = plan;
    let reason = denied_reason(Permission::ChangeBilling);
    let verb = if is_over { "Choose a plan" } else { "Change plan" };
    let change = view! { <LinkButton href=paths::PLANS kind=ButtonKind::Primary small=true disabled_reason=reason>{verb}</LinkButton> };
    let limits = limits.into_iter().map(|limit| {
        let words = limit_words(&limit);
        view! { <DescriptionItem term=limit.what>{words}</DescriptionItem> }
    });
    let cancel = (!is_over && !is_ending).then(
        || view! { <p><a class="link" href=paths::CANCEL_SUBSCRIPTION>"Cancel the subscription"</a></p> },
    );
    view! {
        <Section title="Plan" action=change>
            <div class="stack">
                <DescriptionList>
                    <DescriptionItem term="Plan">{name}" " <StateBadge state/></DescriptionItem>
                    <DescriptionItem term="Price">{price}</DescriptionItem>
                    <DescriptionItem term="Period">{period}</DescriptionItem>
                    {limits.collect_view()}
                </DescriptionList>
                {pending.map(|pending| view! { <Pending pending/> })}
                {cancel}
                <Call/>
            </div>
        </Section>
    }
}

/// What is to change at the end of the period, and the way to drop it.
#[component]
fn Pending(pending: String) -> impl IntoView {
    let keep = Act::<KeepPlan>::new();
    let form = Form::of(keep);
    let reason = denied_reason(Permission::ChangeBilling);
    view! {
        <Callout title="Something changes at the end of the period">
            <div class="stack">
                <p>{pending}</p>
                <SaveForm action=keep>
                    <FormError message=form.error()/>
                    <Button kind=ButtonKind::Secondary small=true pending=form.pending() disabled_reason=reason>"Keep everything as it is"</Button>
                </SaveForm>
            </div>
        </Callout>
    }
}
