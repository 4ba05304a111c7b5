//! Other terms: the decision, its preview, and what is ordered until it is paid.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Book, Cause, Draft, Effect, Effective, InvoiceKind, Line, LineRef, MailKind, Method, Moment, Next, Order,
    State, Subscription, Terms, book::mail,
};
use crate::Refusal;

/// What choosing other terms would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangePreview {
    /// It is what the account has: whatever was to happen at the end of the period is dropped.
    Kept,
    /// In a trial: at once, and nothing is billed.
    Free,
    /// At once, with this invoice; when it is not paid nothing changes.
    Now(Draft),
    /// At the end of the period, on that day.
    AtPeriodEnd(NaiveDate),
}

impl Book {
    /// What [`Self::change`] would do: the same decision, and for an upgrade the very lines of its invoice.
    ///
    /// # Errors
    /// [`Refusal::NoSubscription`], [`Refusal::SubscriptionEnded`], [`Refusal::PaymentUnderWay`] also while the period has ended and the
    /// next has not begun, [`Refusal::DebtFirst`] for an upgrade while something is owed and for everything while paused,
    /// [`Refusal::AlreadyChosen`].
    pub fn preview_change(&self, terms: &Terms, today: Moment) -> Result<ChangePreview, Refusal> {
        let subscription = self.running()?;
        if self.attempt.is_some() {
            return Err(Refusal::PaymentUnderWay);
        }
        if matches!(subscription.state, State::Paused { .. }) {
            return Err(Refusal::DebtFirst);
        }
        if subscription.period.to <= today.day {
            return Err(Refusal::PaymentUnderWay);
        }
        if subscription.terms.same(terms) {
            let is_change = subscription.next != Next::Renew;
            return if is_change { Ok(ChangePreview::Kept) } else { Err(Refusal::AlreadyChosen) };
        }
        match subscription.effective(terms) {
            Effective::Now if subscription.is_trial() => Ok(ChangePreview::Free),
            Effective::Now => self.draft_change(subscription, terms, today).map(ChangePreview::Now),
            Effective::AtPeriodEnd => match &subscription.next {
                Next::Change { terms: chosen, .. } if chosen.same(terms) => Err(Refusal::AlreadyChosen),
                _ => Ok(ChangePreview::AtPeriodEnd(subscription.period.to)),
            },
        }
    }

    /// Other terms. An upgrade is billed now and takes effect when it is paid; when it is declined nothing has changed, and its invoice
    /// is void. What was chosen before for the end of the period, a cancellation too, is replaced by what is chosen now.
    ///
    /// # Errors
    /// As [`Self::preview_change`].
    pub fn change(&mut self, terms: Terms, now: Moment) -> Result<Vec<Effect>, Refusal> {
        let preview = self.preview_change(&terms, now)?;
        let subscription = self.running()?.clone();
        let mut effects = self.acted(now);
        match preview {
            ChangePreview::Kept => {
                self.watch_cards_from(now);
                self.enter(now.day, subscription.kept()?, &mut effects);
            }
            ChangePreview::Free => {
                self.watch_cards_from(now);
                self.enter(now.day, subscription.changed(terms, now.day)?, &mut effects);
                effects.push(Effect::PlanChanged { on: now.day });
                effects.push(mail(now.day, MailKind::PlanChanged));
            }
            ChangePreview::AtPeriodEnd(_) => {
                self.watch_cards_from(now);
                self.enter(now.day, subscription.scheduled(terms, now.day)?, &mut effects);
                effects.push(mail(now.day, MailKind::ChangeScheduled));
            }
            ChangePreview::Now(draft) => self.order(subscription, terms, draft, now, &mut effects)?,
        }
        Ok(effects)
    }

    fn order(
        &mut self,
        subscription: Subscription,
        terms: Terms,
        draft: Draft,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let period = subscription.period;
        let is_due = draft.due_minor() > 0;
        let counted = Subscription { changes: subscription.changes + 1, ..subscription };
        self.enter(now.day, counted, effects);
        let invoice = self.issue(draft, effects);
        self.order = Some(Order { invoice, terms, on: now.day, period });
        if is_due {
            self.charge(invoice, Method::Default, Cause::Person, now, effects)
        } else {
            self.carry_out(now, effects)
        }
    }

    /// The lines of an upgrade: what is left of the period back, and the rest of it, or a whole new period, on the new terms.
    fn draft_change(
        &self,
        subscription: &Subscription,
        terms: &Terms,
        today: Moment,
    ) -> Result<Draft, Refusal> {
        let changed = subscription.clone().changed(terms.clone(), today.day)?;
        let rest = changed.period.rest(today.day);
        let charge = Line::charge(terms, rest, self.tax.applied());
        let lines = self.credit(subscription, today.day).into_iter().chain([charge]).collect();
        let kind = InvoiceKind::Change { nth: subscription.changes + 1 };
        Ok(self.draft((subscription.number, kind), today.day, today.day, lines))
    }

    /// The ordered change is paid: it takes effect, as of the day on which it was ordered.
    pub(super) fn carry_out(&mut self, now: Moment, effects: &mut Vec<Effect>) -> Result<(), Refusal> {
        let Some(order) = self.order.take() else { return Ok(()) };
        let subscription = self.running()?.clone();
        let line = self.invoice(order.invoice).and_then(|invoice| invoice.draft.charge_line());
        let paid_by = line.map(|line| LineRef { invoice: order.invoice, line });
        let changed = subscription.changed(order.terms, order.on)?;
        self.watch_cards_from(now);
        self.enter(now.day, Subscription { paid_by, ..changed }, effects);
        effects.push(Effect::PlanChanged { on: now.day });
        effects.push(mail(now.day, MailKind::InvoiceIssued));
        effects.push(mail(now.day, MailKind::PlanChanged));
        Ok(())
    }
}
