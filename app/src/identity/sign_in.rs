use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{Button, ButtonKind, Callout, FormError, PasswordField, TextField};

use super::{api::SignIn, next_parameter};
use crate::{Form, SaveForm, act::Act, layout::Narrow, paths};

#[component]
pub fn SignInPage() -> impl IntoView {
    let sign_in = Act::<SignIn>::new();
    let form = Form::of(sign_in);
    let ended = use_query_map().with_untracked(|query| query.get("ended").is_some());
    let footer = view! { <p>"New here? " <a href=paths::SIGN_UP>"Create an account"</a></p> };
    view! {
        <Narrow title="Sign in" footer>
            {ended.then(|| view! { <Callout>"You were signed out of this browser. Sign in to go on where you were."</Callout> })}
            <SaveForm action=sign_in>
                <FormError message=form.error()/>
                <input type="hidden" name="next" value=form.typed("next", next_parameter())/>
                <TextField name="email" label="E-mail" kind="email" autocomplete="username" required=true autofocus=true
                    value=form.typed("email", "") error=form.problem("email")/>
                <PasswordField name="password" label="Password" required=true error=form.problem("password")/>
                <Button kind=ButtonKind::Primary pending=form.pending()>"Sign in"</Button>
            </SaveForm>
            <p><a href=paths::FORGOT_PASSWORD>"Forgot your password?"</a></p>
        </Narrow>
    }
}
