use domain::billing::PayView;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, DescriptionItem, DescriptionList, FormError, Skeleton, Tone};

use super::api::{PayDebt, ReadDebt};
use crate::{Data, Form, SaveForm, act::Act, layout::Narrow, paths};

/// For whoever has the link of a mail: pays what is owed, and can do nothing else.
#[component]
pub fn PayPage() -> impl IntoView {
    let link = paths::id_parameter::<String>();
    let pay = Act::<PayDebt>::new();
    let form = Form::of(pay);
    let found = Data::renewed(
        move || form.version.get(),
        move || Ok(ReadDebt { link: link.get().unwrap_or_default() }),
    );
    let footer =
        view! { <p>"Another card? " <a href=paths::CARDS rel="external">"Sign in to add one"</a></p> };
    view! {
        <Narrow title="Pay what is owed" description="It is charged to the card of the account." footer>
            {found.show_either(|| view! { <Skeleton lines=3/> }.into_any(), move |found| match found {
                Ok(found) => view! { <Pay found pay form link=link.get_untracked().unwrap_or_default()/> }.into_any(),
                Err(error) => {
                    view! { <Callout tone=Tone::Warn title="This link cannot be used">{error.to_string()}</Callout> }.into_any()
                }
            })}
        </Narrow>
    }
}

#[component]
fn Pay(found: PayView, pay: Act<PayDebt>, form: Form, link: String) -> impl IntoView {
    let PayView { account, owed, invoices, card, is_awaited } = found;
    let Some(owed) = owed else {
        return view! { <Callout tone=Tone::Good title="Everything is paid">{format!("{account} owes nothing.")}</Callout> }
            .into_any();
    };
    if is_awaited {
        return view! {
            <Callout tone=Tone::Warn title="A payment is under way">
                "The bank has not answered yet. We ask again by ourselves, and nothing is charged twice."
            </Callout>
        }
        .into_any();
    }
    let verb = format!("Pay {owed}");
    let has_card = card.is_some();
    view! {
        <DescriptionList>
            <DescriptionItem term="Account">{account}</DescriptionItem>
            <DescriptionItem term="Owed">{owed}</DescriptionItem>
            <DescriptionItem term="Invoices">{invoices.join(", ")}</DescriptionItem>
            <DescriptionItem term="Card">{card.unwrap_or_else(|| "None yet".to_owned())}</DescriptionItem>
        </DescriptionList>
        {has_card.then(|| view! {
            <SaveForm action=pay>
                <FormError message=form.error()/>
                <input type="hidden" name="link" value=link/>
                <Button kind=ButtonKind::Primary pending=form.pending()>{verb}</Button>
            </SaveForm>
        })}
    }
    .into_any()
}
