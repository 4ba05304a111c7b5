use domain::When;
use leptos::prelude::*;
use ui::DateTime;

/// A time in the account's zone, the exact instant on hover.
pub fn time(when: When) -> AnyView {
    let When { exact, text } = when;
    view! { <DateTime instant_rfc3339=exact.clone() exact text/> }.into_any()
}
