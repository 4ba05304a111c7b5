use leptos::prelude::*;
use ui::{Button, ButtonKind, FormError, LinkButton, PasswordField};

use super::{api::Prove, next_parameter};
use crate::{Form, SaveForm, act::Act, layout::Narrow, paths, use_viewer};

/// Asks for the password once more before a sensitive act.
#[component]
pub fn ProvePage() -> impl IntoView {
    let prove = Act::<Prove>::new();
    let form = Form::of(prove);
    let email = use_viewer().map(|viewer| viewer.email.to_string()).unwrap_or_default();
    view! {
        <Narrow title="Is it you?" description=format!("This is a sensitive step. Please enter the password of {email}.")>
            <SaveForm action=prove>
                <FormError message=form.error()/>
                <input type="hidden" name="next" value=form.typed("next", next_parameter())/>
                <input type="text" class="sr-only" autocomplete="username" value=email tabindex="-1" aria-hidden="true" readonly/>
                <PasswordField name="password" label="Password" required=true autofocus=true error=form.problem("password")/>
                <Button kind=ButtonKind::Primary pending=form.pending()>"Go on"</Button>
            </SaveForm>
        </Narrow>
    }
}

/// Where the tab ends that was opened beside a form, to sign in or to prove who one is.
#[component]
pub fn GoBackPage() -> impl IntoView {
    view! {
        <Narrow title="Now go back to your form" description="It is in the tab you came from. What you typed is still there.">
            <p>"Close this tab, and send the form once more."</p>
            <LinkButton href=paths::DASHBOARD kind=ButtonKind::Secondary>"Go to the dashboard instead"</LinkButton>
        </Narrow>
    }
}
