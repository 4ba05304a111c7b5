//! Free times to choose from: each is a link, so that choosing works with and without wasm, and goes back.

use domain::When;
use leptos::prelude::*;
use ui::{ButtonKind, EmptyState, IconName, LinkButton};

use super::super::offer::{OfferDay, OfferText};
use crate::{calendars::zone_label, paths};

#[component]
pub(super) fn FreeTimes(
    offer: OfferText,
    /// The page that takes the choice, and what stands in its address already.
    path: String,
    kept: Vec<(&'static str, String)>,
    /// The first day that is looked at, to come back to it.
    from: Option<String>,
) -> impl IntoView {
    let OfferText { time_zone, span, days, earlier, later } = offer;
    let step = |day: Option<String>, label: &'static str| {
        day.map(|day| {
            let href = address(&path, &kept, &[("from", day.as_str())]);
            view! { <LinkButton href kind=ButtonKind::Secondary small=true>{label}</LinkButton> }
        })
    };
    let (earlier, later) = (step(earlier, "Earlier days"), step(later, "Later days"));
    let found = match days.is_empty() {
        true => view! {
            <EmptyState icon=IconName::Calendar title="No free time in these days"
                body="Nobody who could take it is free. Look at other days, or at somebody else."/>
        }
        .into_any(),
        false => {
            let from = from.unwrap_or_default();
            let href = |exact: &str| address(&path, &kept, &[("from", from.as_str()), ("at", exact)]);
            days.into_iter().map(|day| day_view(day, &href)).collect_view().into_any()
        }
    };
    let zone = format!("Times in {}", zone_label(&time_zone));
    view! {
        <div class="free-head">
            <p><strong>{span}</strong>" "<span class="text-sm text-muted">{zone}</span></p>
            <nav class="flex flex-wrap gap-2" aria-label="Days">{earlier}{later}</nav>
        </div>
        {found}
    }
}

fn day_view(day: OfferDay, href: &impl Fn(&str) -> String) -> AnyView {
    let OfferDay { label, slots, .. } = day;
    let slot = |slot: When| {
        let (href, about) = (href(&slot.exact), format!("{label}, {}", slot.text));
        view! { <li><a class="btn btn-secondary btn-sm" href=href aria-label=about>{slot.text}</a></li> }
    };
    let slots = slots.into_iter().map(slot).collect_view();
    view! {
        <section class="free-day">
            <h3>{label}</h3>
            <ul class="free-slots">{slots}</ul>
        </section>
    }
    .into_any()
}

/// A page with what is chosen; what is empty is left out.
pub(super) fn address(path: &str, kept: &[(&str, String)], more: &[(&str, &str)]) -> String {
    paths::with_query(
        path,
        kept.iter().map(|(name, value)| (*name, value.as_str())).chain(more.iter().copied()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_is_chosen_and_nothing_more() {
        let kept = [("calendar", "c".to_owned()), ("host", String::new())];
        assert_eq!(address("/x", &kept, &[("from", "")]), "/x?calendar=c");
        assert_eq!(
            address("/x", &[], &[("at", "2026-11-30T09:00:00+01:00")]),
            "/x?at=2026-11-30T09%3A00%3A00%2B01%3A00"
        );
        assert_eq!(address("/x", &[], &[]), "/x");
    }
}
