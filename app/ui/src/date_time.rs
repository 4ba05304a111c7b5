//! Points in time.
use leptos::prelude::*;

/// `<DateTime instant_rfc3339="2026-11-23T10:00:00Z" text="today, 11:00" exact="23 November 2026, 11:00:00 CET"/>`.
/// The caller writes both texts in the account's time zone; `exact` appears on hover.
#[component]
pub fn DateTime(
    #[prop(into)] instant_rfc3339: String,
    #[prop(into)] text: String,
    #[prop(into)] exact: String,
) -> impl IntoView {
    view! { <time datetime=instant_rfc3339 title=exact>{text}</time> }
}

/// `relative_days(3)` is "in 3 days"; negative numbers are in the past.
#[must_use]
pub fn relative_days(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", days.unsigned_abs()),
    }
}

/// `<RelativeDays days=3 exact="30 November 2026"/>` — "in 3 days", the date on hover.
#[component]
pub fn RelativeDays(days: i64, #[prop(optional, into)] exact: crate::OptText) -> impl IntoView {
    view! { <span class="tabular-nums" title=exact.0>{relative_days(days)}</span> }
}
