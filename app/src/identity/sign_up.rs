use domain::{
    account::PlaceChoices,
    identity::{PASSWORD_MIN_CHARS, PASSWORD_SUGGESTED_CHARS},
};
use leptos::prelude::*;
use ui::{Button, ButtonKind, FormError, PasswordField, SelectField, SelectOption, Skeleton, TextField};

use super::api::{Places, SignUp};
use crate::{Boot, Data, Form, SaveForm, act::Act, browser_time_zone, layout::Narrow, paths};

#[component]
pub fn SignUpPage() -> impl IntoView {
    let sign_up = Act::<SignUp>::new();
    let form = Form::of(sign_up);
    let choices = Data::new(|| Ok(Places {}));
    let footer = view! { <p>"Already have an account? " <a href=paths::SIGN_IN>"Sign in"</a></p> };
    view! {
        <Narrow title="Create an account" description="For your business. You can invite your team right after." footer>
            {choices.show(|| view! { <Skeleton lines=8/> }.into_any(), move |choices| {
                view! { <SignUpForm sign_up form choices/> }.into_any()
            })}
        </Narrow>
    }
}

#[component]
fn SignUpForm(sign_up: Act<SignUp>, form: Form, choices: PlaceChoices) -> impl IntoView {
    let hint = format!(
        "At least {PASSWORD_MIN_CHARS} characters; {PASSWORD_SUGGESTED_CHARS} or more are better. A few words do well."
    );
    view! {
        <SaveForm action=sign_up>
            <FormError message=form.error()/>
            <TextField name="business_name" label="Business name" autocomplete="organization" required=true
                value=form.typed("business_name", "") error=form.problem("business_name")/>
            <TextField name="first_name" label="First name" autocomplete="given-name" required=true
                value=form.typed("first_name", "") error=form.problem("first_name")/>
            <TextField name="last_name" label="Last name" autocomplete="family-name" optional=true
                value=form.typed("last_name", "") error=form.problem("last_name")/>
            <TextField name="email" label="E-mail" kind="email" autocomplete="username" required=true
                value=form.typed("email", "") error=form.problem("email")/>
            <PasswordField name="password" label="Password" autocomplete="new-password" required=true hint
                error=form.problem("password")/>
            <PlaceFields form choices/>
            <Button kind=ButtonKind::Primary pending=form.pending()>"Create account"</Button>
        </SaveForm>
    }
}

/// Country from the languages the browser asks for; time zone from the browser itself, once wasm runs. Both can be changed.
#[component]
fn PlaceFields(form: Form, choices: PlaceChoices) -> impl IntoView {
    let options = |choices: Vec<domain::account::Choice>, first: &str| {
        let first = SelectOption::new("", first);
        std::iter::once(first)
            .chain(choices.into_iter().map(|c| SelectOption::new(c.value, c.label)))
            .collect::<Vec<_>>()
    };
    let countries = options(choices.countries, "Choose your country");
    let time_zones = options(choices.time_zones, "Choose your time zone");
    guess_time_zone();
    view! {
        <SelectField name="country" label="Country" options=countries required=true autocomplete="country"
            value=form.typed("country", Boot::current().guessed_country) error=form.problem("country")/>
        <SelectField name="time_zone" label="Time zone" options=time_zones required=true
            value=form.typed("time_zone", "") error=form.problem("time_zone")/>
    }
}

/// Chooses the browser's own zone, unless somebody has chosen already.
fn guess_time_zone() {
    Effect::new(move |_| {
        use wasm_bindgen::JsCast;
        let field = document().get_element_by_id("field-time_zone");
        let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlSelectElement>().ok()) else {
            return;
        };
        if let (true, Some(zone)) = (field.value().is_empty(), browser_time_zone()) {
            field.set_value(&zone);
        }
    });
}

#[component]
pub fn SignUpSentPage() -> impl IntoView {
    view! {
        <Narrow title="Check your mail">
            <p>"We sent you a link. Open it to confirm your address; your account is ready then. It works for 48 hours."</p>
            <p>"Nothing there? Look into the spam folder, or " <a href=paths::SIGN_UP>"try again"</a>"."</p>
        </Narrow>
    }
}
