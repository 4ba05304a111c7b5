//! What the log says of a change of the book.

use domain::{
    activity::{BillingAct, Event},
    billing::{Book, Effect, InvoiceStatus, MailKind, Next, State, StateName, Subscription},
};

use super::{stored::Stored, words};

/// Names that the events need: of plans by their codes, of invoices by their numbers.
pub(super) struct Names<'a> {
    pub plans: &'a [(String, String)],
    pub serials: &'a [(u32, String)],
}

pub(super) fn of(
    stored: &Stored,
    before: &Book,
    after: &Book,
    effects: &[Effect],
    names: &Names<'_>,
) -> Vec<Event> {
    let acts = about_subscription(before, after, effects, names)
        .into_iter()
        .chain(about_invoices(stored, before, after, names))
        .chain(about_state(before, after, effects));
    acts.map(|did| Event::Billing { did }).collect()
}

fn about_subscription(before: &Book, after: &Book, effects: &[Effect], names: &Names<'_>) -> Vec<BillingAct> {
    let (old, new) = (before.subscription.as_ref(), after.subscription.as_ref());
    let Some(new) = new else { return Vec::new() };
    let Some(old) = old.filter(|old| old.number == new.number) else { return vec![begun(new, names)] };
    let mut acts = Vec::new();
    if !old.terms.same(&new.terms) {
        let (from, to) = (words::terms(&old.terms, names.plans), words::terms(&new.terms, names.plans));
        acts.push(BillingAct::PlanChanged { from, to });
    }
    let is_by_itself = effects.iter().any(|effect| matches!(effect, Effect::Issued { .. }));
    match (&old.next, &new.next) {
        (Next::Change { terms: old, .. }, Next::Change { terms: new, .. }) if old.same(new) => {}
        (_, Next::Change { terms, .. }) => acts.push(BillingAct::ChangeScheduled {
            to: words::terms(terms, names.plans),
            on: words::day(new.period.to),
        }),
        (Next::End, Next::End) => {}
        (_, Next::End) => acts.push(BillingAct::EndScheduled { on: words::day(new.period.to) }),
        (Next::Change { .. } | Next::End, Next::Renew) if !is_by_itself && acts.is_empty() => {
            acts.push(BillingAct::ChangeDropped);
        }
        _ => {}
    }
    acts
}

fn begun(new: &Subscription, names: &Names<'_>) -> BillingAct {
    let last = new.period.to.pred_opt().unwrap_or(new.period.to);
    BillingAct::Subscribed {
        plan: words::terms(&new.terms, names.plans),
        trial_until: new.is_trial().then(|| words::day(last)),
    }
}

fn about_invoices(stored: &Stored, before: &Book, after: &Book, names: &Names<'_>) -> Vec<BillingAct> {
    let mut acts = Vec::new();
    for invoice in &after.invoices {
        let known = before.invoice(invoice.number).map(|invoice| invoice.status);
        let serial = names.serials.iter().find(|(number, _)| *number == invoice.number);
        let serial = serial.map_or_else(String::new, |(_, serial)| serial.clone());
        let amount = |minor| words::money(&stored.currency, minor);
        if known.is_none() {
            let amount = amount(invoice.draft.total_minor());
            acts.push(BillingAct::InvoiceIssued { serial: serial.clone(), amount });
        }
        match invoice.status {
            status if known == Some(status) => {}
            InvoiceStatus::Paid { .. } if invoice.charged_minor() > 0 => {
                acts.push(BillingAct::InvoicePaid { serial, amount: amount(invoice.charged_minor()) });
            }
            InvoiceStatus::Void { .. } => acts.push(BillingAct::InvoiceVoided { serial }),
            InvoiceStatus::Paid { .. } | InvoiceStatus::Open => {}
        }
    }
    acts
}

fn about_state(before: &Book, after: &Book, effects: &[Effect]) -> Vec<BillingAct> {
    let state = |book: &Book| book.subscription.as_ref().map(|one| one.state);
    let mut acts = Vec::new();
    let failed =
        |effect: &Effect| matches!(effect, Effect::Mail(mail) if mail.kind == MailKind::PaymentFailed);
    let is_first =
        matches!(state(after), Some(State::PastDue(_))) && !matches!(state(before), Some(State::PastDue(_)));
    if is_first || effects.iter().any(failed) {
        acts.push(BillingAct::PaymentFailed);
    }
    for effect in effects {
        match effect {
            Effect::Entered { state: StateName::Paused, .. } => acts.push(BillingAct::Paused),
            Effect::Entered { state: StateName::Ended, .. } => acts.push(BillingAct::Ended),
            Effect::Mail(mail) if mail.kind == MailKind::AccountResumed => acts.push(BillingAct::Resumed),
            _ => {}
        }
    }
    acts
}
