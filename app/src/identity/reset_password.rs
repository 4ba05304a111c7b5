use domain::identity::PASSWORD_MIN_CHARS;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormError, LinkButton, PasswordField, Skeleton, Tone};

use super::{
    api::{CheckResetLink, ResetPassword},
    link_parameter,
};
use crate::{Data, Form, SaveForm, act::Act, layout::Narrow, paths};

#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let link = link_parameter();
    let reset = Act::<ResetPassword>::new();
    let form = Form::of(reset);
    let to_check = link.clone();
    let checked = Data::new(move || Ok(CheckResetLink { link: to_check.clone() }));
    view! {
        <Narrow title="Choose a new password">
            {checked.show_either(|| view! { <Skeleton lines=3/> }.into_any(), move |checked| match checked {
                Ok(()) => view! { <ResetForm reset form link=link.clone()/> }.into_any(),
                Err(_) => view! { <DeadLink/> }.into_any(),
            })}
        </Narrow>
    }
}

#[component]
fn ResetForm(reset: Act<ResetPassword>, form: Form, link: String) -> impl IntoView {
    view! {
        <SaveForm action=reset>
            <FormError message=form.error()/>
            <input type="hidden" name="link" value=link/>
            <PasswordField name="password" label="New password" autocomplete="new-password" required=true autofocus=true
                hint=format!("At least {PASSWORD_MIN_CHARS} characters.") error=form.problem("password")/>
            <Button kind=ButtonKind::Primary pending=form.pending()>"Save and sign in"</Button>
        </SaveForm>
    }
}

#[component]
fn DeadLink() -> impl IntoView {
    view! {
        <Callout tone=Tone::Warn title="This link is not valid any more">
            "Links work for one hour and only once, and a newer one replaces the older."
        </Callout>
        <LinkButton href=paths::FORGOT_PASSWORD kind=ButtonKind::Primary>"Send me a new link"</LinkButton>
    }
}
