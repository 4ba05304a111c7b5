use domain::{
    Permission,
    billing::{PlanView, PlansView, Standing},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, Badge, Button, ButtonKind, DescriptionItem, DescriptionList, EmptyState, FormError, Skeleton,
    TabItem, Tabs, Tone,
};

use super::{
    api::{MakeQuote, ReadPlans},
    overview::Call,
    parts::limit_words,
};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths, viewer::denied_reason};

/// Plans side by side; choosing one shows first what it would do.
#[component]
pub fn PlansPage() -> impl IntoView {
    let query = use_query_map();
    let interval = Memo::new(move |_| query.with(|query| query.get("interval")).unwrap_or_default());
    let make = Act::<MakeQuote>::new();
    let form = Form::of(make);
    let found = Data::new(move || Ok(ReadPlans { interval: interval.get() }));
    let back = BackLink::new(paths::BILLING, "Billing");
    view! {
        <Page title="Choose a plan" back description="You see exactly what a plan costs, and from when, before anything happens.">
            <FormError message=form.error()/>
            {found.show(|| view! { <Skeleton lines=12/> }.into_any(), move |found| {
                view! { <Plans found interval=interval.get_untracked() make form/> }.into_any()
            })}
            <Call/>
        </Page>
    }
}

#[component]
fn Plans(found: PlansView, interval: String, make: Act<MakeQuote>, form: Form) -> impl IntoView {
    let PlansView { plans, trial_days, has_months, has_years } = found;
    if plans.is_empty() {
        return view! { <EmptyState title="No plan is offered" body="Please ask us: there is nothing to choose here yet."/> }
            .into_any();
    }
    let is_year = interval == "year";
    let tabs = (has_months && has_years).then(|| {
        let items = vec![
            TabItem::new("By the month", paths::PLANS, !is_year),
            TabItem::new("By the year", format!("{}?interval=year", paths::PLANS), is_year),
        ];
        view! { <Tabs label="Interval" items/> }
    });
    let trial = (trial_days > 0)
        .then(|| view! { <p>{format!("The first {trial_days} days are free. You can end it before they are over.")}</p> });
    let interval = if is_year { "year" } else { "month" };
    let plans = plans.into_iter().map(|plan| view! { <Offer plan interval make form/> }).collect_view();
    view! { {tabs}{trial}<div class="plan-grid">{plans}</div> }.into_any()
}

#[component]
fn Offer(plan: PlanView, interval: &'static str, make: Act<MakeQuote>, form: Form) -> impl IntoView {
    let PlanView { code, name, description, price, limits, is_custom, standing } = plan;
    let reason = denied_reason(Permission::ChangeBilling);
    let mark = match standing {
        Standing::Current => Some(view! { <Badge tone=Tone::Good>"Your plan"</Badge> }.into_any()),
        Standing::Chosen => Some(view! { <Badge>"From the next period on"</Badge> }.into_any()),
        _ if is_custom => Some(view! { <Badge>"Made for you"</Badge> }.into_any()),
        _ => None,
    };
    let verb = match standing {
        Standing::Up => format!("Upgrade to {name}"),
        Standing::Down => format!("Downgrade to {name}"),
        _ => format!("Choose {name}"),
    };
    let can_choose = price.is_some() && !matches!(standing, Standing::Current | Standing::Chosen);
    let limits = limits.into_iter().map(|limit| {
        let words = limit.limit.map_or_else(|| "Without limit".to_owned(), |most| most.to_string());
        let used = limit_words(&limit);
        view! { <DescriptionItem term=limit.what><span title=used>{words}</span></DescriptionItem> }
    });
    let choose = can_choose.then(|| {
        view! {
            <SaveForm action=make>
                <input type="hidden" name="plan" value=code/>
                <input type="hidden" name="interval" value=interval/>
                <Button kind=ButtonKind::Primary pending=form.pending() disabled_reason=reason>{verb}</Button>
            </SaveForm>
        }
    });
    let price = price.unwrap_or_else(|| format!("Not sold by the {interval}"));
    view! {
        <section class="plan-card">
            <h2>{name}" " {mark}</h2>
            <p class="plan-price">{price}</p>
            {(!description.is_empty()).then(|| view! { <p class="text-muted">{description}</p> })}
            <DescriptionList>{limits.collect_view()}</DescriptionList>
            {choose}
        </section>
    }
}
