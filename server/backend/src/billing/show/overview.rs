use chrono::Months;
use domain::billing::{AheadView, BillingView, Next, PlanNow, State, StateName, Subscription};

use super::{
    card::card_view,
    debt::debt,
    invoice::{draft_view, invoice_row, party_lines},
    limits, price,
};
use crate::{
    Access, Backend, Result,
    billing::{AheadKind, Overview, overview, queries::card::CardRole, words},
};

/// The billing page.
///
/// # Errors
/// As [`overview::overview`].
pub async fn billing_page(backend: &Backend, access: &Access) -> Result<BillingView> {
    let found = overview::overview(backend, access).await?;
    let currency = &found.currency;
    let card = |role| found.cards.iter().find(|card| card.role == Some(role));
    let default = card(CardRole::Default);
    // Any card fails one day; what matters is a charge of the next twelve months.
    let breaks = found.card_breaks.filter(|on| *on <= found.today + Months::new(12));
    let card_warning = default.zip(breaks).map(|(card, on)| {
        format!("{} expires before the charge of {}, which would fail.", card.words(), words::day(on))
    });
    let emails = found.details.emails.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Ok(BillingView {
        plan: found.subscription.as_ref().map(|one| plan_now(one, &found)),
        debt: debt(&found),
        is_awaited: found.is_awaited,
        is_parked: found.parked,
        is_test: found.is_test_gateway,
        next: found.next_invoice.as_ref().map(|draft| draft_view(draft, currency, &found.names, &[])),
        ahead: found.ahead.iter().map(|ahead| ahead_view(ahead, &found)).collect(),
        card: default.map(|card| card_view(card, found.today)),
        backup: card(CardRole::Backup).map(|card| card_view(card, found.today)),
        card_warning,
        customer: party_lines(&found.details.named.party(&found.details.country_name)),
        emails: Some(emails).filter(|emails| !emails.is_empty()),
        balance: (found.balance_minor > 0).then(|| words::money(currency, found.balance_minor)),
        invoices: found.invoices.iter().map(|listed| invoice_row(listed, currency)).collect(),
        invoices_total: found.invoices_total,
    })
}

fn plan_now(subscription: &Subscription, found: &Overview) -> PlanNow {
    let terms = &subscription.terms;
    let on = words::day(subscription.period.to);
    let pending = match &subscription.next {
        Next::Renew => None,
        Next::End => Some(format!("The subscription ends on {on}.")),
        Next::Change { terms, .. } => Some(format!(
            "From {on} on: {}, {}.",
            words::terms(terms, &found.names),
            price(terms, &found.currency)
        )),
    };
    let is_over = subscription.is_over();
    PlanNow {
        name: words::name(&terms.plan.code, &found.names).to_owned(),
        price: price(terms, &found.currency),
        state: subscription.state.name(),
        period: period_words(subscription),
        pending: pending.filter(|_| !is_over),
        limits: limits(&terms.plan.limits, &found.usage),
        is_over,
        is_ending: subscription.next == Next::End,
    }
}

fn period_words(subscription: &Subscription) -> String {
    let (from, to) = (subscription.period.from, subscription.period.to);
    let last = to.pred_opt().unwrap_or(to);
    match subscription.state {
        State::Ended { on } => format!("Ended on {}", words::day(on)),
        State::Trialing | State::Ending { in_trial: true } => format!("Free until {}", words::day(last)),
        _ => format!("{} to {}", words::day(from), words::day(last)),
    }
}

fn ahead_view(ahead: &overview::Ahead, found: &Overview) -> AheadView {
    let money = |minor| words::money(&found.currency, minor);
    let what = match &ahead.what {
        AheadKind::Invoice { total_minor, due_minor, plan } => {
            let plan = words::name(plan, &found.names);
            match total_minor == due_minor {
                true => format!("Invoice for {plan} over {}", money(*total_minor)),
                false => format!(
                    "Invoice for {plan} over {}, of which the card pays {}",
                    money(*total_minor),
                    money(*due_minor)
                ),
            }
        }
        AheadKind::State(state) => match state {
            StateName::Active => "The paid subscription begins",
            StateName::Ended => "The subscription ends",
            StateName::PastDue => "The payment fails, as things are",
            StateName::Paused => "The account is paused, as things are",
            StateName::Trialing | StateName::Ending => "The subscription changes",
        }
        .to_owned(),
        AheadKind::CardWarning => "We warn you that the card expires".to_owned(),
        AheadKind::ChangeReminder => "We remind you of the change".to_owned(),
    };
    AheadView { on: words::day(ahead.on), what }
}
