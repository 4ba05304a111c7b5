use domain::When;
use leptos::prelude::*;
use ui::DateTime;

/// A time in the account's zone, the exact instant on hover.
pub fn time(when: When) -> AnyView {
    let When { exact, text } = when;
    view! { <DateTime instant_rfc3339=exact.clone() exact text/> }.into_any()
}

/// The IANA name of the time zone that this browser is set to. In the browser only.
pub fn browser_time_zone() -> Option<String> {
    let options =
        js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    js_sys::Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}
