use std::sync::Arc;

use domain::Refusal;
use leptos::prelude::*;
use ui::{Callout, SelectField, SelectOption, Tone};

use super::chosen::Chosen;
use crate::{
    Form,
    calendars::{
        offer::{OfferDay, OfferText},
        zone_label,
    },
};

/// Other times that are offered inside a form; more are a page's business.
const OTHER_TIMES: usize = 60;

/// The times that are free by now.
pub(super) type Again = Arc<dyn Fn(Memo<usize>) -> AnyView + Send + Sync>;

/// The time that a form is about: that in the address, or what was chosen in a form that was refused. Once somebody was quicker, the
/// times that are left are offered in the form itself, so that what was typed stays; `again` asks for them, and shows them with
/// [`other_times`].
#[component]
pub(super) fn TimeField(
    form: Form,
    offer: Arc<OfferText>,
    time: String,
    chosen: Memo<Chosen>,
    #[prop(into)] path: String,
    again: Again,
) -> impl IntoView {
    let lost = Memo::new(move |before: Option<&usize>| {
        let version = form.version.get();
        let is_lost = form.refusal().get() == Some(Refusal::TimeTaken);
        if is_lost { version } else { before.copied().unwrap_or_default() }
    });
    let is_lost = Memo::new(move |_| lost.get() > 0);
    move || match is_lost.get() {
        true => again(lost),
        false => begin(form, &offer, &time, &chosen.get_untracked(), &path),
    }
}

fn begin(form: Form, offer: &OfferText, time: &str, chosen: &Chosen, path: &str) -> AnyView {
    let typed = form.typed("starts_at", "");
    let Some((day, slot)) = offer.find(time).or_else(|| offer.find(&typed)) else {
        return other_times(form, offer, time);
    };
    let again = Chosen { time: None, ..chosen.clone() }.link(path);
    let zone = zone_label(&offer.time_zone);
    view! {
        <input type="hidden" name="starts_at" value=slot.exact.clone()/>
        <div>
            <p class="font-semibold"><time datetime=slot.exact.clone()>{format!("{}, {}", day.label, slot.text)}</time></p>
            <p class="text-sm text-muted">{zone}" · "<a class="link" href=again>"Choose another time"</a></p>
        </div>
    }
    .into_any()
}

/// The free times from `lost` on; where there are none, those before it.
pub(super) fn other_times(form: Form, offer: &OfferText, lost: &str) -> AnyView {
    let option = |(day, slot): (&OfferDay, &domain::When)| {
        SelectOption::new(slot.exact.clone(), format!("{}, {}", day.short, slot.text))
    };
    // Instants in UTC are in order as text too.
    let later: Vec<_> = offer.times().filter(|(_, slot)| slot.exact.as_str() > lost).collect();
    let shown = if later.is_empty() { offer.times().collect() } else { later };
    if shown.is_empty() {
        return view! {
            <Callout tone=Tone::Warn title="Nothing else is free">
                {format!("From {} every other time is taken.", offer.span)}
            </Callout>
        }
        .into_any();
    }
    let first = SelectOption::new("", "Choose a time");
    let options = std::iter::once(first).chain(shown.into_iter().take(OTHER_TIMES).map(option)).collect();
    view! {
        <SelectField name="starts_at" label="Another time" required=true options hint=zone_label(&offer.time_zone)
            error=form.problem("starts_at")/>
    }
    .into_any()
}
