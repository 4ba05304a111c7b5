use domain::Refusal;
use leptos::prelude::*;
use ui::{BackLink, ButtonKind, Callout, LinkButton, Skeleton, Tone};

use super::api_cards::CardEntered;
use crate::{Data, layout::Page, paths};

/// Where people come back to from the gateway.
#[component]
pub fn CardEnteredPage() -> impl IntoView {
    let id = paths::id_parameter();
    let found = Data::new(move || Ok(CardEntered { id: id.get().ok_or(Refusal::NotFound)? }));
    let back = BackLink::new(paths::CARDS, "Cards");
    view! {
        <Page title="Your card" back>
            {found.show(|| view! { <Skeleton lines=3/> }.into_any(), |card| match card {
                Some(card) => view! {
                    <Callout tone=Tone::Good title="The card is added">
                        <div class="stack">
                            <p>{card}" can be charged from now on."</p>
                            <div class="flex flex-wrap gap-3">
                                <LinkButton href=paths::BILLING kind=ButtonKind::Primary>"To billing"</LinkButton>
                                <LinkButton href=paths::CARDS kind=ButtonKind::Secondary>"To the cards"</LinkButton>
                            </div>
                        </div>
                    </Callout>
                }
                .into_any(),
                None => view! {
                    <Callout tone=Tone::Warn title="No card was entered">
                        <div class="stack">
                            <p>"Nothing has changed. You can try again."</p>
                            <div><LinkButton href=paths::CARDS kind=ButtonKind::Primary>"To the cards"</LinkButton></div>
                        </div>
                    </Callout>
                }
                .into_any(),
            })}
        </Page>
    }
}
