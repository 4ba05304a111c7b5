use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, DescriptionItem, DescriptionList, FormError, Skeleton, Tone};

use super::{
    api::{ConfirmEmail, ConfirmSignUp, Pending, PendingSignUp},
    link_parameter,
};
use crate::{Data, Form, SaveForm, act::Act, layout::Narrow, paths};

/// A button, not the mere opening of the link: programs that scan mails open links too.
#[component]
pub fn ConfirmSignUpPage() -> impl IntoView {
    let confirm = Act::<ConfirmSignUp>::new();
    let form = Form::of(confirm);
    let link = link_parameter();
    let asked = link.clone();
    let pending = Data::new(move || Ok(PendingSignUp { link: asked.clone() }));
    let footer = view! { <p>"Link too old? " <a href=paths::SIGN_UP>"Sign up again"</a></p> };
    view! {
        <Narrow title="Confirm your address" description="One click, and your account is ready." footer>
            {pending.show_either(|| view! { <Skeleton lines=3/> }.into_any(), move |pending| match pending {
                Ok(pending) => view! { <Confirm pending confirm form link=link.clone()/> }.into_any(),
                Err(error) => {
                    view! { <Callout tone=Tone::Warn title="This link cannot be used">{error.to_string()}</Callout> }.into_any()
                }
            })}
        </Narrow>
    }
}

/// Shows what is confirmed: somebody else may have typed this address, with a password of their own.
#[component]
fn Confirm(pending: Pending, confirm: Act<ConfirmSignUp>, form: Form, link: String) -> impl IntoView {
    view! {
        <DescriptionList>
            <DescriptionItem term="Business">{pending.business_name}</DescriptionItem>
            <DescriptionItem term="Name">{pending.name}</DescriptionItem>
            <DescriptionItem term="E-mail">{pending.email}</DescriptionItem>
        </DescriptionList>
        <p>"Confirm only what you typed yourself. If you did not sign up, close this page: nothing happens then."</p>
        <SaveForm action=confirm>
            <FormError message=form.error()/>
            <input type="hidden" name="link" value=link/>
            <Button kind=ButtonKind::Primary pending=form.pending()>"Confirm and sign in"</Button>
        </SaveForm>
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
