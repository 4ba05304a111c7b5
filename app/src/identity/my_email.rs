use leptos::prelude::*;
use ui::{BackLink, Button, ButtonKind, FormActions, FormError, PasswordField, TextField};

use super::api::ChangeEmail;
use crate::{Form, SaveForm, act::Act, layout::Page, paths, use_viewer};

#[component]
pub fn MyEmailPage() -> impl IntoView {
    let change = Act::<ChangeEmail>::new();
    let form = Form::of(change);
    let email = use_viewer().map(|viewer| viewer.email.to_string()).unwrap_or_default();
    let description = format!(
        "You sign in with {email} now. We send a link to the new address; until you open it, nothing changes."
    );
    view! {
        <Page title="Change e-mail" description back=BackLink::new(paths::ME, "My profile")>
            <SaveForm action=change>
                <FormError message=form.error()/>
                <TextField name="email" label="New e-mail" kind="email" autocomplete="email" required=true
                    value=form.typed("email", "") error=form.problem("email")/>
                <PasswordField name="current_password" label="Your password" required=true
                    error=form.problem("current_password")/>
                <FormActions><Button kind=ButtonKind::Primary pending=form.pending()>"Send the link"</Button></FormActions>
            </SaveForm>
        </Page>
    }
}
