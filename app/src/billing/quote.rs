use domain::{
    Refusal,
    billing::{ExcessView, Limited, QuoteView},
};
use leptos::prelude::*;
use ui::{
    BackLink, Button, ButtonKind, Callout, FormActions, FormError, LinkButton, Section, Skeleton, Tone,
};

use super::{
    api::{AcceptQuote, ReadQuote},
    draft::Draft,
};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths, time};

/// An offer, which binds for a quarter of an hour: what is shown is what is billed, to the cent.
#[component]
pub fn QuotePage() -> impl IntoView {
    let id = paths::id_parameter();
    let accept = Act::<AcceptQuote>::new();
    let form = Form::of(accept);
    let found = Data::renewed(
        move || form.version.get(),
        move || Ok(ReadQuote { id: id.get().ok_or(Refusal::NotFound)? }),
    );
    found.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |found| match found {
            Ok(found) => view! { <Quote found accept form/> }.into_any(),
            Err(error) => {
                let back = BackLink::new(paths::PLANS, "Plans");
                view! { <Page title="No such offer" back><crate::error::LoadError error/></Page> }.into_any()
            }
        },
    )
}

#[component]
fn Quote(found: QuoteView, accept: Act<AcceptQuote>, form: Form) -> impl IntoView {
    let QuoteView { title, sentences, draft, card, needs_card, excess, expires, is_over, verb } = found;
    let id = paths::id_parameter::<domain::QuoteId>();
    let back = BackLink::new(paths::PLANS, "Plans");
    let sentences = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    let draft = draft.map(|draft| {
        let title = format!("Invoice of {}", draft.on);
        view! { <Section title><Draft draft caption="Lines of the invoice"/></Section> }
    });
    let is_stuck = needs_card && card.is_none();
    let pays = match (&card, needs_card) {
        (Some(card), true) => Some(format!("It is charged to the card {card}.")),
        (Some(card), false) => Some(format!("Payments go to the card {card}.")),
        (None, true) => None,
        (None, false) => Some("There is no card yet. Add one before the first payment.".to_owned()),
    };
    let decide = if is_over {
        view! {
            <Callout tone=Tone::Warn title="This offer is over">
                <div class="stack">
                    <p>"It was kept for fifteen minutes, or was accepted already. Have a look at a new one."</p>
                    <div><LinkButton href=paths::PLANS kind=ButtonKind::Primary>"Back to the plans"</LinkButton></div>
                </div>
            </Callout>
        }
        .into_any()
    } else if is_stuck {
        view! {
            <Callout tone=Tone::Warn title="A card is needed first">
                <div class="stack">
                    <p>"The first invoice is paid at once. Add a card, then choose the plan again."</p>
                    <div><LinkButton href=paths::CARDS kind=ButtonKind::Primary>"Add a card"</LinkButton></div>
                </div>
            </Callout>
        }
        .into_any()
    } else {
        view! {
            <SaveForm action=accept>
                <div class="stack decision">
                    <FormError message=form.error()/>
                    <input type="hidden" name="id" value=move || id.get().map(|id| id.to_string()).unwrap_or_default()/>
                    <FormActions>
                        <Button kind=ButtonKind::Primary pending=form.pending()>{verb}</Button>
                        <LinkButton href=paths::BILLING kind=ButtonKind::Ghost>"Leave it"</LinkButton>
                    </FormActions>
                    <p class="text-muted">"This offer is kept until "{time(expires)}"."</p>
                </div>
            </SaveForm>
        }
        .into_any()
    };
    view! {
        <Page title back>
            <div class="stack notices">
                {sentences}
                {pays.map(|pays| view! { <p>{pays}</p> })}
                <TooMuch excess/>
            </div>
            {draft}
            {decide}
        </Page>
    }
}

/// What does not fit into the plan, with where each is mended.
#[component]
fn TooMuch(excess: Vec<ExcessView>) -> impl IntoView {
    let line = |one: ExcessView| {
        let (href, label) = match one.what {
            Limited::Seats => (paths::STAFF, "My Staff"),
            Limited::Profiles => (paths::PROFILES, "Permission Profiles"),
            Limited::Calendars => (paths::CALENDAR_SETTINGS, "Calendars"),
            Limited::ApiKeys => (paths::SETTINGS, "Settings"),
        };
        view! { <li>{one.words}" " <a class="link" href=href>{label}</a></li> }
    };
    (!excess.is_empty()).then(|| {
        let lines = excess.into_iter().map(line).collect_view();
        view! {
            <Callout tone=Tone::Warn title="Not everything fits">
                <p>"Nothing of it is taken away, and nothing can be added until it fits. The plan includes less than you have:"</p>
                <ul>{lines}</ul>
            </Callout>
        }
    })
}
