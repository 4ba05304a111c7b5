use domain::identity::{PASSWORD_MIN_CHARS, PASSWORD_SUGGESTED_CHARS};
use leptos::prelude::*;
use ui::{BackLink, Button, ButtonKind, FormActions, FormError, PasswordField};

use super::api::ChangePassword;
use crate::{Form, SaveForm, act::Act, layout::Page, paths};

#[component]
pub fn MyPasswordPage() -> impl IntoView {
    let change = Act::<ChangePassword>::new();
    let form = Form::of(change);
    let hint =
        format!("At least {PASSWORD_MIN_CHARS} characters; {PASSWORD_SUGGESTED_CHARS} or more are better.");
    view! {
        <Page title="Change password" description="All your other browsers will be signed out." back=BackLink::new(paths::ME, "My profile")>
            <SaveForm action=change>
                <FormError message=form.error()/>
                <PasswordField name="current_password" label="Current password" required=true
                    error=form.problem("current_password")/>
                <PasswordField name="new_password" label="New password" autocomplete="new-password" required=true hint
                    error=form.problem("new_password")/>
                <FormActions><Button kind=ButtonKind::Primary pending=form.pending()>"Change password"</Button></FormActions>
            </SaveForm>
        </Page>
    }
}
