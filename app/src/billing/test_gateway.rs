use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormError, Skeleton, TextField, Tone};

use super::api_cards::{EnterTestCard, ReadTestVisit, TestCardView};
use crate::{Data, Form, SaveForm, act::Act, layout::Narrow, paths};

/// The page of the test gateway, where a real one would have its own: a card for everything that can happen.
#[component]
pub fn TestGatewayPage() -> impl IntoView {
    let visit = paths::id_parameter::<String>();
    let enter = Act::<EnterTestCard>::new();
    let form = Form::of(enter);
    let found = Data::new(move || Ok(ReadTestVisit { visit: visit.get().unwrap_or_default() }));
    view! {
        <Narrow title="Enter a card" description="The test gateway: no real card works here, and no money moves.">
            {found.show_either(|| view! { <Skeleton lines=6/> }.into_any(), move |found| match found {
                Ok(cards) => view! { <Enter cards enter form visit=visit.get_untracked().unwrap_or_default()/> }.into_any(),
                Err(error) => {
                    view! { <Callout tone=Tone::Warn title="This page cannot be used">{error.to_string()}</Callout> }.into_any()
                }
            })}
        </Narrow>
    }
}

#[component]
fn Enter(cards: Vec<TestCardView>, enter: Act<EnterTestCard>, form: Form, visit: String) -> impl IntoView {
    let first = cards.first().map(|card| card.number.clone()).unwrap_or_default();
    let line = |card: TestCardView| {
        view! { <li><span class="font-mono">{card.number}</span><span class="cell-note">{card.label}</span></li> }
    };
    let lines = cards.into_iter().map(line).collect_view();
    view! {
        <SaveForm action=enter>
            <div class="stack">
                <FormError message=form.error()/>
                <input type="hidden" name="visit" value=visit/>
                <TextField name="number" label="Card number" required=true
                    value=form.typed("number", first) error=form.problem("number")/>
                <TextField name="expires" label="Last month" hint="As on the card: 12/40" required=true
                    value=form.typed("expires", "12/40") error=form.problem("expires")/>
                <Button kind=ButtonKind::Primary pending=form.pending()>"Use this card"</Button>
            </div>
        </SaveForm>
        <h2>"Cards that can be entered"</h2>
        <ul class="stack">{lines}</ul>
    }
}
