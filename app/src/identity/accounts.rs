use domain::identity::{AccountChoice, Viewer};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormError, Tone};

use super::api::SwitchAccount;
use crate::{Form, SaveForm, act::Act, layout::Narrow, paths, shared_api::SignOut, use_viewer};

/// Every account this login belongs to.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let switch = Act::<SwitchAccount>::new();
    let form = Form::of(switch);
    let Some(viewer) = use_viewer() else {
        return view! {
            <Narrow title="Your accounts"><p><a href=paths::SIGN_IN>"Sign in"</a>" to see your accounts."</p></Narrow>
        }
        .into_any();
    };
    let sign_out = Act::<SignOut>::new();
    Form::of(sign_out);
    let label = format!("Sign out {}", viewer.email);
    let footer =
        view! { <SaveForm action=sign_out><Button kind=ButtonKind::Ghost>{label}</Button></SaveForm> };
    view! {
        <Narrow title="Your accounts" footer>
            <FormError message=form.error()/>
            <Choices viewer switch/>
        </Narrow>
    }
    .into_any()
}

#[component]
fn Choices(viewer: Viewer, switch: Act<SwitchAccount>) -> impl IntoView {
    if viewer.accounts.is_empty() {
        return view! {
            <Callout tone=Tone::Info title="You belong to no account">
                "Your access was ended, or you were never added. Ask the person who runs the account to invite you."
            </Callout>
        }
        .into_any();
    }
    let current = viewer.account.map(|account| account.id);
    let choices = viewer.accounts.into_iter().map(|choice| {
        let is_current = current == Some(choice.id);
        view! { <li><Choice choice is_current switch/></li> }
    });
    view! { <ul class="choices">{choices.collect_view()}</ul> }.into_any()
}

#[component]
fn Choice(choice: AccountChoice, is_current: bool, switch: Act<SwitchAccount>) -> impl IntoView {
    if is_current {
        let label = format!("{} · {} · you are here", choice.name, choice.role);
        return view! { <a class="choice" href=paths::DASHBOARD aria-current="true">{label}</a> }.into_any();
    }
    let label = format!("{} · {}", choice.name, choice.role);
    view! {
        <SaveForm action=switch>
            <input type="hidden" name="account" value=choice.id.to_string()/>
            <button type="submit" class="choice">{label}</button>
        </SaveForm>
    }
    .into_any()
}
