use domain::{
    Permission,
    billing::{BillingView, CardView},
};
use leptos::prelude::*;
use ui::{
    Badge, ButtonKind, Callout, DescriptionItem, DescriptionList, EmptyState, IconName, LinkButton, Section,
    Skeleton, Tone,
};

use super::{
    api::ReadBilling,
    debt::Debt,
    draft::Draft,
    parts::{Dates, Invoices, Lines},
    plan::Plan,
};
use crate::{Boot, Data, layout::Page, paths, viewer::denied_reason};

/// Everything about the account's billing at this moment.
#[component]
pub fn BillingPage() -> impl IntoView {
    let found = Data::new(|| Ok(ReadBilling {}));
    view! {
        <Page title="Billing" description="Your plan, what it costs and when, how it is paid, and past invoices.">
            {found.show(|| view! { <Skeleton lines=14/> }.into_any(), |found| view! { <Billing found/> }.into_any())}
        </Page>
    }
}

#[component]
fn Billing(found: BillingView) -> impl IntoView {
    let BillingView { plan, debt, is_awaited, is_parked, is_test, next, ahead, .. } = found.clone();
    let has_card = found.card.is_some();
    let warning = found.card_warning.clone().map(|text| {
        view! { <Callout tone=Tone::Warn title="A card expires">{text}</Callout> }
    });
    let next = next.map(|draft| {
        let description = format!("Exactly what will be billed on {} if nothing changes.", draft.on);
        view! { <Section title="Next invoice" description><Draft draft caption="Lines of the next invoice"/></Section> }
    });
    let ahead = (!ahead.is_empty()).then(|| {
        view! {
            <Section title="What will happen" description="In the next twelve months, if every payment succeeds and nobody changes anything.">
                <Dates dates=ahead caption="What will happen"/>
            </Section>
        }
    });
    view! {
        <div class="stack notices">
            {is_test.then(|| view! { <Callout title="No money moves here">"This installation uses the built-in test gateway. Its cards do whatever a card can do."</Callout> })}
            {is_parked.then(|| view! { <Callout tone=Tone::Bad title="Billing stands still">"Something contradicted itself, so nothing is charged until we have looked at it. We have been told."</Callout> })}
            {is_awaited.then(|| view! { <Callout tone=Tone::Warn title="A payment is under way">"The bank has not answered yet. We ask again by ourselves, and nothing is charged twice."</Callout> })}
            {debt.map(|debt| view! { <Debt debt has_card/> })}
            {warning}
        </div>
        {match plan {
            Some(plan) => view! { <Plan plan/> }.into_any(),
            None => view! { <NoPlan/> }.into_any(),
        }}
        {next}
        <Payment found=found.clone()/>
        <InvoicesOf found/>
        {ahead}
    }
}

#[component]
fn NoPlan() -> impl IntoView {
    let reason = denied_reason(Permission::ChangeBilling);
    let action = view! { <LinkButton href=paths::PLANS kind=ButtonKind::Primary disabled_reason=reason>"Choose a plan"</LinkButton> };
    view! {
        <EmptyState icon=IconName::CreditCard title="No plan yet"
            body="Choose one to begin. You see exactly what it costs before anything is charged." action/>
        <Call/>
    }
}

/// "Book a call", where the operator offers one.
#[component]
pub(super) fn Call() -> impl IntoView {
    Boot::current().brand.book_a_call_url.map(|href| {
        view! { <p class="text-muted">"Custom plan or add-ons? " <a class="link" href=href>"Book a call"</a>"."</p> }
    })
}

#[component]
fn Payment(found: BillingView) -> impl IntoView {
    let BillingView { card, backup, customer, emails, balance, .. } = found;
    let cards =
        view! { <LinkButton href=paths::CARDS kind=ButtonKind::Secondary small=true>"Cards"</LinkButton> };
    let edit = view! { <LinkButton href=paths::BILLING_DETAILS kind=ButtonKind::Secondary small=true>"Billing details"</LinkButton> };
    let has_none = card.is_none();
    let card = card.map(|card| view! { <DescriptionItem term="Card"><Card card/></DescriptionItem> });
    let backup =
        backup.map(|card| view! { <DescriptionItem term="Backup card"><Card card/></DescriptionItem> });
    let balance = balance.map(|balance| {
        view! { <DescriptionItem term="Balance">{balance}", used first on the next invoices"</DescriptionItem> }
    });
    view! {
        <Section title="Payment" action=cards>
            <DescriptionList>
                {has_none.then(|| view! { <DescriptionItem term="Card">"None yet"</DescriptionItem> })}
                {card}{backup}{balance}
            </DescriptionList>
        </Section>
        <Section title="Invoices go to" action=edit>
            <div class="stack">
                <Lines lines=customer/>
                <p class="text-muted">{match emails {
                    Some(emails) => format!("By mail to {emails}"),
                    None => "By mail to all Admins".to_owned(),
                }}</p>
            </div>
        </Section>
    }
}

#[component]
fn Card(card: CardView) -> impl IntoView {
    let expired = card.is_expired.then(|| view! { " " <Badge tone=Tone::Bad>"Expired"</Badge> });
    let expires = card.expires.map(|expires| format!(", until {expires}"));
    view! { {card.words}{expires}{expired} }
}

#[component]
fn InvoicesOf(found: BillingView) -> impl IntoView {
    let all = (found.invoices_total > 0).then(|| {
        view! { <LinkButton href=paths::INVOICES kind=ButtonKind::Secondary small=true>"All invoices"</LinkButton> }
    });
    let list = match found.invoices.is_empty() {
        true => view! { <p class="text-muted">"There is no invoice yet."</p> }.into_any(),
        false => view! { <Invoices rows=found.invoices/> }.into_any(),
    };
    view! { <Section title="Invoices" action=view! { {all} }>{list}</Section> }
}
