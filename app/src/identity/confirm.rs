use leptos::prelude::*;
use ui::{Button, ButtonKind, FormError};

use super::{
    api::{ConfirmEmail, ConfirmSignUp},
    link_parameter,
};
use crate::{Form, SaveForm, act::Act, layout::Narrow, paths};

/// A button, not the mere opening of the link: programs that scan mails open links too.
#[component]
pub fn ConfirmSignUpPage() -> impl IntoView {
    let confirm = Act::<ConfirmSignUp>::new();
    let form = Form::of(confirm);
    let footer = view! { <p>"Link too old? " <a href=paths::SIGN_UP>"Sign up again"</a></p> };
    view! {
        <Narrow title="Confirm your address" description="One click, and your account is ready." footer>
            <SaveForm action=confirm>
                <FormError message=form.error()/>
                <input type="hidden" name="link" value=link_parameter()/>
                <Button kind=ButtonKind::Primary pending=form.pending()>"Confirm and sign in"</Button>
            </SaveForm>
        </Narrow>
    }
}

#[component]
pub fn ConfirmEmailPage() -> impl IntoView {
    let confirm = Act::<ConfirmEmail>::new();
    let form = Form::of(confirm);
    view! {
        <Narrow title="Confirm your new address" description="From then on you sign in with it.">
            <SaveForm action=confirm>
                <FormError message=form.error()/>
                <input type="hidden" name="link" value=link_parameter()/>
                <Button kind=ButtonKind::Primary pending=form.pending()>"Use this address"</Button>
            </SaveForm>
        </Narrow>
    }
}
