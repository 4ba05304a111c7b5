//! Choosing a day and a time, and then saying what belongs to it.

use std::sync::Arc;

use leptos::prelude::*;
use ui::{
    ButtonKind, Callout, EmptyState, FilterBar, IconName, LinkButton, SelectField, SelectOption, Tone,
    focus_on, follow_address,
};

use super::chosen::{CHOICE, Chosen};
use crate::{
    Form,
    calendars::{
        offer::{OfferDay, OfferText},
        zone_label,
    },
};

/// What follows when a time is chosen: a view for the offer and the time in the address.
pub(super) type Next = Arc<dyn Fn(Arc<OfferText>, String) -> AnyView + Send + Sync>;

/// `heading` is that of what follows.
#[component]
pub(super) fn Steps(
    offer: OfferText,
    time_zones: Vec<String>,
    chosen: Memo<Chosen>,
    #[prop(into)] path: String,
    form: Form,
    heading: &'static str,
    next: Next,
) -> impl IntoView {
    let offer = Arc::new(offer);
    let time = chosen_time(&offer, chosen, form);
    let is_choosing = Memo::new(move |_| time.with(Option::is_none));
    let title = move || if is_choosing.get() { "Choose a time" } else { heading };
    let zone = offer.time_zone.clone();
    follow_zone(chosen, zone.clone());
    // Hidden and not taken away: with the times of another clock it is the same select, which has the keyboard.
    let zones = view! {
        <div hidden=move || !is_choosing.get()><ZoneField zone time_zones chosen path=path.clone()/></div>
    };
    let step = move || match time.get() {
        Some(time) => next(offer.clone(), time),
        None => view! { <Choice offer=offer.clone() chosen=chosen.get() path=path.clone()/> }.into_any(),
    };
    focus_with(chosen);
    view! {
        <h2 id=CHOICE tabindex="-1">{title}</h2>
        {zones}
        {step}
    }
}

/// The time in the address while it is free. A form that was refused stays, whatever became of its time: what was typed is in it.
fn chosen_time(offer: &Arc<OfferText>, chosen: Memo<Chosen>, form: Form) -> Memo<Option<String>> {
    let was_refused = !form.typed("starts_at", "").is_empty();
    let offer = offer.clone();
    Memo::new(move |_| {
        let time = chosen.with(|chosen| chosen.time.clone());
        time.filter(|time| was_refused || offer.find(time).is_some())
    })
}

/// With a choice its link goes from the page: the keyboard goes on at the heading of what comes next. (The select of time zones stays.)
fn focus_with(chosen: Memo<Chosen>) {
    Effect::new(move |before: Option<Chosen>| {
        let now = Chosen { zone: None, ..chosen.get() };
        if before.is_some_and(|before| before != now) {
            focus_on(CHOICE);
        }
        now
    });
}

/// The select says what the address says, also after going back.
fn follow_zone(chosen: Memo<Chosen>, shown: String) {
    follow_address(Signal::derive(move || {
        vec![("zone", chosen.with(|chosen| chosen.zone.clone()).unwrap_or_else(|| shown.clone()))]
    }));
}

#[component]
fn ZoneField(zone: String, time_zones: Vec<String>, chosen: Memo<Chosen>, path: String) -> impl IntoView {
    let option = |zone: String| {
        let label = zone_label(&zone);
        SelectOption::new(zone, label)
    };
    let options = time_zones.into_iter().map(option).collect();
    let keep = Signal::derive(move || {
        let from = chosen.with(|chosen| chosen.from.clone());
        from.map(|from| ("from".to_owned(), from)).into_iter().collect::<Vec<_>>()
    });
    view! {
        <FilterBar action=path keep label="Time zone">
            <SelectField name="zone" label="Your time zone" options value=zone/>
        </FilterBar>
    }
}

/// The days with free times, and the times of one of them.
#[component]
fn Choice(offer: Arc<OfferText>, chosen: Chosen, path: String) -> impl IntoView {
    let gone = chosen.time.is_some().then(|| {
        view! {
            <Callout tone=Tone::Warn title="This time is not free any more">"Please choose another."</Callout>
        }
    });
    // What is chosen next takes the place of an older choice.
    let chosen = Chosen { time: None, ..chosen };
    let content = match offer.day(chosen.day.as_deref()) {
        Some(shown) => {
            view! { <Days days=offer.days.clone() shown=shown.clone() chosen=chosen.clone() path=path.clone()/> }.into_any()
        }
        None => view! {
            <EmptyState icon=IconName::Calendar title="Nothing is free"
                body=format!("From {} every time is taken.", offer.span)/>
        }
        .into_any(),
    };
    let other = |from: Option<String>, label: &'static str, icon: IconName| {
        let chosen = Chosen { day: None, from: Some(from?), ..chosen.clone() };
        Some(view! { <LinkButton href=chosen.link(&path) kind=ButtonKind::Ghost icon>{label}</LinkButton> })
    };
    view! {
        {gone}
        {content}
        <div class="flex flex-wrap justify-between gap-2">
            {other(offer.earlier.clone(), "Earlier days", IconName::ChevronLeft)}
            {other(offer.later.clone(), "Later days", IconName::ChevronRight)}
        </div>
    }
}

#[component]
fn Days(days: Vec<OfferDay>, shown: OfferDay, chosen: Chosen, path: String) -> impl IntoView {
    let OfferDay { key: shown, label, slots, .. } = shown;
    let day = |day: OfferDay| {
        let is_shown = day.key == shown;
        let class = if is_shown { "btn btn-primary" } else { "btn btn-secondary" };
        let href = Chosen { day: Some(day.key), ..chosen.clone() }.link(&path);
        view! { <li><a class=class href=href aria-current=is_shown.then_some("true")>{day.short}</a></li> }
    };
    let days = days.into_iter().map(day).collect_view();
    let time = |slot: domain::When| {
        let chosen = Chosen { day: Some(shown.clone()), time: Some(slot.exact), ..chosen.clone() };
        view! { <li><a class="btn btn-secondary" href=chosen.link(&path)>{slot.text}</a></li> }
    };
    let times = slots.into_iter().map(time).collect_view();
    view! {
        <ul class="booking-choices" aria-label="Days">{days}</ul>
        <h3 id="shown-day">{label}</h3>
        <ul class="booking-choices" aria-labelledby="shown-day">{times}</ul>
    }
}
