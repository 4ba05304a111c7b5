use domain::{Permission, billing::BillingView};
use leptos::prelude::*;
use ui::{BackLink, Button, ButtonKind, Callout, FormActions, FormError, LinkButton, Skeleton};

use super::api::{CancelSubscription, ReadBilling};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths, viewer::denied_reason};

/// Says what ending the subscription brings, and ends it.
#[component]
pub fn CancelPage() -> impl IntoView {
    let cancel = Act::<CancelSubscription>::new();
    let form = Form::of(cancel);
    let found = Data::new(|| Ok(ReadBilling {}));
    let back = BackLink::new(paths::BILLING, "Billing");
    view! {
        <Page title="Cancel the subscription?" back>
            {found.show(|| view! { <Skeleton lines=4/> }.into_any(), move |found| {
                view! { <Cancel found cancel form/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Cancel(found: BillingView, cancel: Act<CancelSubscription>, form: Form) -> impl IntoView {
    let Some(plan) = found.plan.filter(|plan| !plan.is_over && !plan.is_ending) else {
        return view! { <Callout title="There is nothing to cancel">"No subscription runs, or it ends already."</Callout> }
            .into_any();
    };
    let reason = denied_reason(Permission::ChangeBilling);
    let text = format!(
        "{} ({}) goes on until the end of what is paid for and ends then. Nothing more is charged, and nothing is given back. \
         Until then you can keep it.",
        plan.name, plan.period
    );
    view! {
        <SaveForm action=cancel>
            <div class="stack">
                <FormError message=form.error()/>
                <p>{text}</p>
                <p>"Your account and everything in it stay, to be read. From then on nothing can be changed until a plan is chosen."</p>
                <FormActions>
                    <Button kind=ButtonKind::Danger pending=form.pending() disabled_reason=reason>"Cancel the subscription"</Button>
                    <LinkButton href=paths::BILLING kind=ButtonKind::Ghost>"Keep it"</LinkButton>
                </FormActions>
            </div>
        </SaveForm>
    }
    .into_any()
}
