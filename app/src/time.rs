use domain::When;
use leptos::prelude::*;
use ui::DateTime;

/// A time in the account's zone, the exact instant on hover.
pub fn time(when: When) -> AnyView {
    let exact = when.at.to_rfc3339();
    view! { <DateTime instant_rfc3339=exact.clone() exact text=when.text/> }.into_any()
}
