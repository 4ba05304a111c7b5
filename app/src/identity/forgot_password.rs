use leptos::prelude::*;
use ui::{Button, ButtonKind, FormError, TextField};

use super::api::ForgotPassword;
use crate::{Form, SaveForm, act::Act, layout::Narrow, paths};

#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let forgot = Act::<ForgotPassword>::new();
    let form = Form::of(forgot);
    let footer = view! { <p><a href=paths::SIGN_IN>"Back to sign-in"</a></p> };
    view! {
        <Narrow title="Forgot your password?" description="We send you a link with which you choose a new one." footer>
            <SaveForm action=forgot>
                <FormError message=form.error()/>
                <TextField name="email" label="E-mail" kind="email" autocomplete="username" required=true autofocus=true
                    value=form.typed("email", "") error=form.problem("email")/>
                <Button kind=ButtonKind::Primary pending=form.pending()>"Send the link"</Button>
            </SaveForm>
        </Narrow>
    }
}

/// Says the same whether somebody signs in with this address or not.
#[component]
pub fn ForgotPasswordSentPage() -> impl IntoView {
    view! {
        <Narrow title="Check your mail">
            <p>"If somebody signs in with this address, a link is on its way. It works for one hour, once."</p>
            <p><a href=paths::SIGN_IN>"Back to sign-in"</a></p>
        </Narrow>
    }
}
