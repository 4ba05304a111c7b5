use crate::{Icon, IconName};
use leptos::prelude::*;

/// `<FormError message=form_error/>` — what is wrong with the form as a whole; stands above its fields and is announced.
#[component]
pub fn FormError(#[prop(into)] message: Signal<Option<String>>) -> impl IntoView {
    let text = move || {
        message.get().map(|text| {
            view! { <div class="callout tone-bad"><Icon name=IconName::Alert/><p class="callout-text">{text}</p></div> }
        })
    };
    view! { <div class="form-error" role="alert">{text}</div> }
}
