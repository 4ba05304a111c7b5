use domain::{Permission, billing::CardView};
use leptos::prelude::*;
use ui::{
    BackLink, Badge, Button, ButtonKind, DataTable, EmptyState, FormError, IconName, Row, TableSkeleton, Td,
    Th, Tone,
};

use super::api_cards::{AddCard, ChangeCard, ReadCards};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths, viewer::denied_reason};

/// Cards, which of them is charged, and the way to the gateway to enter another one.
#[component]
pub fn CardsPage() -> impl IntoView {
    let change = Act::<ChangeCard>::new();
    let form = Form::of(change);
    let saved = form.saved();
    let found = Data::renewed(move || saved.get(), || Ok(ReadCards {}));
    let back = BackLink::new(paths::BILLING, "Billing");
    view! {
        <Page title="Cards" back action=view! { <Add/> }
            description="They are entered at the payment service: their numbers never come here.">
            <FormError message=form.error()/>
            {found.show(|| view! { <TableSkeleton rows=2 columns=4/> }.into_any(), move |found| {
                view! { <Cards found change form/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Add() -> impl IntoView {
    let add = Act::<AddCard>::new();
    let form = Form::of(add);
    let reason = denied_reason(Permission::ChangeBilling);
    view! {
        <SaveForm action=add>
            <FormError message=form.error()/>
            <Button kind=ButtonKind::Primary icon=IconName::Plus pending=form.pending() disabled_reason=reason>"Add a card"</Button>
        </SaveForm>
    }
}

#[component]
fn Cards(found: Vec<CardView>, change: Act<ChangeCard>, form: Form) -> impl IntoView {
    if found.is_empty() {
        return view! {
            <EmptyState icon=IconName::CreditCard title="No card yet"
                body="The first card you add is charged from then on. A second one can be its backup."/>
        }
        .into_any();
    }
    let head = view! { <Th>"Card"</Th><Th>"Expires"</Th><Th>"Used"</Th><Th>"Actions"</Th> };
    let lines = found.into_iter().map(|card| view! { <Line card change form/> }).collect_view();
    view! { <DataTable caption="Cards" head>{lines}</DataTable> }.into_any()
}

#[component]
fn Line(card: CardView, change: Act<ChangeCard>, form: Form) -> impl IntoView {
    let CardView { id, words, expires, is_expired, is_default, is_backup } = card;
    let reason = denied_reason(Permission::ChangeBilling);
    let used = match (is_default, is_backup) {
        (true, _) => view! { <Badge tone=Tone::Good>"Charged"</Badge> }.into_any(),
        (_, true) => view! { <Badge>"Backup"</Badge> }.into_any(),
        _ => view! { <span class="text-muted">"Kept only"</span> }.into_any(),
    };
    let expired = is_expired.then(|| view! { " " <Badge tone=Tone::Bad>"Expired"</Badge> });
    let all = [
        (!is_default, "default", "Charge this one"),
        (!is_backup && !is_default, "backup", "Make it the backup"),
        (true, "remove", "Remove"),
    ];
    let buttons = all.into_iter().filter(|(is_offered, ..)| *is_offered).map(|(_, key, verb)| {
        let about = format!("{verb}: {words}");
        let reason = reason.clone();
        view! {
            <SaveForm action=change>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="change" value=key/>
                <Button kind=ButtonKind::Ghost small=true pending=form.pending() disabled_reason=reason aria_label=about>{verb}</Button>
            </SaveForm>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <Row>
            <Td main=true>{words}</Td>
            <Td label="Expires">{expires.unwrap_or_else(|| "Not told".to_owned())}{expired}</Td>
            <Td label="Used">{used}</Td>
            <Td><div class="cell-buttons">{buttons}</div></Td>
        </Row>
    }
}
