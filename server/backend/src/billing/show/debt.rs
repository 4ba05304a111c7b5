use domain::{
    billing::{AheadView, DebtView, DunningStep, Next, PayView, State, Subscription},
    identity::BillingNotice,
    words::joined,
};

use crate::{
    Backend, Result,
    billing::{Overview, pay_link, queries::card::CardRole, words},
};

/// What is owed, and what happens unless it is paid.
pub(super) fn debt(found: &Overview) -> Option<DebtView> {
    if found.owed_minor == 0 {
        return None;
    }
    let subscription = found.subscription.as_ref()?;
    let paused_since = match subscription.state {
        State::Paused { since: on } | State::Ended { on } => Some(words::day(on)),
        _ => None,
    };
    let has_backup = found.cards.iter().any(|card| card.role == Some(CardRole::Backup));
    Some(DebtView {
        owed: words::money(&found.currency, found.owed_minor),
        paused_since,
        is_hard: subscription.dunning().is_some_and(|dunning| dunning.hard),
        timetable: timetable(subscription, has_backup),
    })
}

/// Dates that are still to come, and what each brings. A subscription that ends before has no later ones.
pub(in crate::billing) fn timetable(subscription: &Subscription, has_backup: bool) -> Vec<AheadView> {
    let Some(dunning) = subscription.dunning() else { return Vec::new() };
    let end = (subscription.next == Next::End).then_some(subscription.period.to);
    let all = dunning.ahead();
    let happen = all.iter().take_while(|(on, _)| end.is_none_or(|end| *on < end)).count();
    let is_cut = happen < all.len();
    let dates = all.iter().enumerate().take(happen).map(|(index, (on, step))| AheadView {
        on: words::day(*on),
        what: brings(*step, index + 1 == all.len(), has_backup).to_owned(),
    });
    let end = end.filter(|_| is_cut).map(|end| AheadView {
        on: words::day(end),
        what: "the subscription ends, and what is owed stays owed".to_owned(),
    });
    dates.chain(end).collect()
}

const fn brings(step: DunningStep, is_last: bool, has_backup: bool) -> &'static str {
    match (step, is_last, has_backup) {
        (DunningStep::Retry, false, _) => "the card is tried again",
        (DunningStep::Retry, true, true) => {
            "the card is tried, then the backup card; if both fail, the account is paused"
        }
        (DunningStep::Retry, true, false) => {
            "the card is tried a last time; if it fails, the account is paused"
        }
        (DunningStep::Remind, ..) => "we remind you",
        (DunningStep::LastResort, _, true) => "the backup card is tried; if it fails, the account is paused",
        (DunningStep::LastResort, _, false) => "the account is paused",
    }
}

/// What is told on every page about a subscription; none while all is well.
pub(crate) fn billing_notice(subscription: &Subscription) -> Option<BillingNotice> {
    let notice = |is_paused, title: &str, text: String| {
        Some(BillingNotice { is_paused, title: title.to_owned(), text })
    };
    match subscription.state {
        State::Paused { .. } => {
            let text =
                "An invoice was not paid. Everything can be read, and nothing be changed, until it is.";
            notice(true, "This account is paused", text.to_owned())
        }
        State::Ended { on } => {
            let on = words::day(on);
            let text = format!(
                "It ended on {on}. Everything can be read, and nothing be changed, until a plan is chosen."
            );
            notice(true, "The subscription has ended", text)
        }
        State::PastDue(dunning) => {
            let mut dates: Vec<_> =
                timetable(subscription, false).into_iter().map(|ahead| ahead.on).collect();
            let last = dates.pop().unwrap_or_default();
            let tries = match (dates.is_empty(), dunning.hard) {
                (true, _) => String::new(),
                (false, true) => format!("We remind you on {}. ", joined(&dates)),
                (false, false) => format!("It is tried again on {}. ", joined(&dates)),
            };
            let text = format!("{tries}Unless it is paid by {last}, the account is read-only from then on.");
            notice(false, "A payment failed", text)
        }
        State::Trialing | State::Active | State::Ending { .. } => None,
    }
}

/// # Errors
/// As [`pay_link::debt`].
pub async fn pay_page(backend: &Backend, link: &str) -> Result<PayView> {
    let debt = pay_link::debt(backend, link).await?;
    Ok(PayView {
        account: debt.account_name,
        owed: (debt.owed_minor > 0).then(|| words::money(&debt.currency, debt.owed_minor)),
        invoices: debt.invoices,
        card: debt.card,
        is_awaited: debt.is_awaited,
    })
}
