use domain::{Permission, billing::DebtView};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormError, LinkButton, Tone};

use super::{api::PayNow, parts::Dates};
use crate::{Form, SaveForm, act::Act, paths, viewer::denied_reason};

/// What is owed, what happens unless it is paid, and the ways to pay it.
#[component]
pub(super) fn Debt(debt: DebtView, has_card: bool) -> impl IntoView {
    let pay = Act::<PayNow>::new();
    let form = Form::of(pay);
    let reason = denied_reason(Permission::ChangeBilling);
    let (title, text) = match &debt.paused_since {
        Some(since) => (
            format!("The account is paused since {since}"),
            format!(
                "{} is to be paid. Until then everything can be read and nothing be changed. Nothing is lost: as soon as it is \
                 paid, everything works again exactly as before.",
                debt.owed
            ),
        ),
        None if debt.is_hard => (
            format!("{} could not be collected", debt.owed),
            "The card was declined for good, and is not tried again. Add another one, and pay.".to_owned(),
        ),
        None => (
            format!("{} could not be collected", debt.owed),
            "You can pay it now. Otherwise this is what happens:".to_owned(),
        ),
    };
    let tone = if debt.paused_since.is_some() { Tone::Bad } else { Tone::Warn };
    let dates = (!debt.timetable.is_empty())
        .then(|| view! { <Dates dates=debt.timetable caption="What happens unless it is paid"/> });
    let verb = format!("Pay {} now", debt.owed);
    let form_of_payment = has_card.then(|| {
        view! {
            <SaveForm action=pay>
                <FormError message=form.error()/>
                <Button kind=ButtonKind::Primary pending=form.pending() disabled_reason=reason>{verb}</Button>
            </SaveForm>
        }
    });
    view! {
        <Callout tone title>
            <div class="stack">
                <p>{text}</p>
                {dates}
                <div class="flex flex-wrap gap-3">
                    {form_of_payment}
                    <LinkButton href=paths::CARDS kind=ButtonKind::Secondary>"Use another card"</LinkButton>
                </div>
            </div>
        </Callout>
    }
}
