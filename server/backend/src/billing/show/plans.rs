use domain::{
    QuoteId,
    billing::{
        ChangePreview, Draft, DraftView, Effective, Excess, ExcessView, Interval, Offer, PlanView, PlansView,
        QuoteView, Standing, Terms,
    },
};

use super::{invoice::draft_view, limits, price};
use crate::{
    Access, Backend, Result,
    billing::{OfferedPlan, choose, words},
};

/// Plans side by side, with their prices for `interval`.
///
/// # Errors
/// As [`choose::choices`].
pub async fn plans_page(backend: &Backend, access: &Access, interval: Interval) -> Result<PlansView> {
    let found = choose::choices(backend, access).await?;
    let has = |price: fn(&domain::billing::Plan) -> Option<i64>| {
        found.plans.iter().any(|offered| price(&offered.plan).is_some())
    };
    Ok(PlansView {
        has_months: has(|plan| plan.month_minor),
        has_years: has(|plan| plan.year_minor),
        trial_days: found.trial_days,
        plans: found.plans.iter().map(|offered| plan_view(offered, &found, interval)).collect(),
    })
}

fn plan_view(offered: &OfferedPlan, found: &choose::Choices, interval: Interval) -> PlanView {
    let terms = Terms::new(offered.plan.clone(), interval).ok();
    let standing = match (&found.current, &terms) {
        (None, _) | (_, None) => Standing::Open,
        (Some(current), Some(terms)) if current.same(terms) => Standing::Current,
        (_, Some(terms)) if found.chosen.as_ref().is_some_and(|chosen| chosen.same(terms)) => {
            Standing::Chosen
        }
        (Some(current), Some(terms)) => match current.change_to(terms) {
            Effective::Now => Standing::Up,
            Effective::AtPeriodEnd => Standing::Down,
        },
    };
    PlanView {
        code: offered.plan.code.clone(),
        name: offered.name.clone(),
        description: offered.description.clone(),
        price: terms.map(|terms| price(&terms, &found.currency)),
        limits: limits(&offered.plan.limits, &found.usage),
        is_custom: offered.is_custom,
        standing,
    }
}

/// # Errors
/// As [`choose::quote`].
pub async fn quote_page(backend: &Backend, access: &Access, id: QuoteId) -> Result<QuoteView> {
    let shown = choose::quote(backend, access, id).await?;
    let terms = shown.offer.terms();
    let (name, price) = (words::terms(terms, &shown.names), price(terms, &shown.currency));
    let draft_of = |draft: &Draft| draft_view(draft, &shown.currency, &shown.names, &[]);
    let (sentences, draft, verb) = match &shown.offer {
        Offer::Begin(beginning) if beginning.start.trial_days > 0 => {
            let on = words::day(beginning.first.issued_on);
            let trial = format!("{name} begins now and is free until {on}. Then it costs {price}.");
            let more = "You can end it before and pay nothing.".to_owned();
            (vec![trial, more], Some(draft_of(&beginning.first)), "Begin the trial")
        }
        Offer::Begin(beginning) => {
            let begins = format!("{name} begins now and costs {price}.");
            (vec![begins], Some(draft_of(&beginning.first)), "Subscribe and pay")
        }
        Offer::Change(quote) => change_words(&quote.preview, &name, &price, draft_of),
    };
    let title = match shown.current {
        Some(_) => format!("Change to {name}"),
        None => format!("Subscribe to {name}"),
    };
    let line = |excess: &Excess| ExcessView { what: excess.what, words: words::excess(excess) };
    let needs_card = shown.offer.is_paid_at_once();
    Ok(QuoteView {
        title,
        sentences,
        draft,
        needs_card,
        verb: verb.to_owned(),
        card: shown.card.map(|card| card.words()),
        excess: shown.excess.iter().map(line).collect(),
        expires: shown.expires,
        is_over: shown.is_over,
    })
}

fn change_words(
    preview: &ChangePreview,
    name: &str,
    price: &str,
    draft_of: impl Fn(&Draft) -> DraftView,
) -> (Vec<String>, Option<DraftView>, &'static str) {
    match preview {
        ChangePreview::Kept => {
            (vec![format!("You keep {name} for {price}. What was to change is dropped.")], None, "Keep it")
        }
        ChangePreview::Free => {
            let text =
                format!("{name} begins now. Your trial goes on as it is; afterwards it costs {price}.");
            (vec![text], None, "Change the plan")
        }
        ChangePreview::Now(draft) => {
            let text = format!(
                "{name} begins as soon as the payment has succeeded, and costs {price}. If the payment fails, nothing changes."
            );
            (vec![text], Some(draft_of(draft)), "Change and pay")
        }
        ChangePreview::AtPeriodEnd(on) => {
            let text = format!(
                "{name} begins on {}, for {price}. Until then everything stays as it is, and you can drop the change. Nothing is \
                 charged now.",
                words::day(*on)
            );
            (vec![text], None, "Change at the end of the period")
        }
    }
}
