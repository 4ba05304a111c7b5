//! From the answer of the gateway to what follows from it.

use super::{
    Answer, Attempt, Book, Cause, Decline, Doubt, Draft, Effect, Invoice, LineRef, MailKind, Method, Moment,
    State, Subscription, book::mail,
};
use crate::Refusal;

impl Book {
    /// Notes the answer to the charge that is on its way or in doubt, and decides what follows.
    ///
    /// # Errors
    /// [`Refusal::ChangedMeanwhile`], and nothing has changed, when that attempt is settled already: of two answers the first counts.
    pub fn settle(&mut self, attempt: u32, answer: Answer, now: Moment) -> Result<Vec<Effect>, Refusal> {
        if self.attempt.is_none_or(|awaited| awaited.number != attempt) {
            return Err(Refusal::ChangedMeanwhile);
        }
        let mut effects = Vec::new();
        self.reached(now.day);
        self.answered(answer, now, &mut effects)?;
        Ok(effects)
    }

    /// A payment turned up for an attempt that counted as settled: told late, or told otherwise before. To be called once a payment.
    /// What is not owed any more becomes balance.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] without such an invoice.
    pub fn received(&mut self, invoice: u32, now: Moment) -> Result<Vec<Effect>, Refusal> {
        if let Some(attempt) = self.attempt.filter(|attempt| attempt.invoice == invoice) {
            return self.settle(attempt.number, Answer::Paid, now);
        }
        self.invoice(invoice).ok_or(Refusal::NotFound)?;
        self.reached(now.day);
        self.pay_invoice(invoice, now.day);
        let mut effects = vec![mail(now.day, MailKind::Receipt)];
        if self.attempt.is_none() {
            self.go_on(Cause::Schedule, now, &mut effects)?;
        }
        Ok(effects)
    }

    pub(super) fn answered(
        &mut self,
        answer: Answer,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let Some(attempt) = self.attempt.take() else { return Ok(()) };
        match answer {
            Answer::Paid => self.paid(attempt, now, effects),
            Answer::Declined(decline) => self.declined(attempt, decline, now, effects),
            Answer::NeverArrived if attempt.doubt.is_some() => self.never_arrived(attempt, now, effects),
            Answer::Unknown | Answer::NeverArrived => {
                let doubt = match attempt.doubt {
                    Some(doubt) => Doubt { asked: doubt.asked + 1, ..doubt },
                    None => Doubt { since: now.at, asked: 0 },
                };
                self.attempt = Some(Attempt { doubt: Some(doubt), is_in_flight: false, ..attempt });
                Ok(())
            }
        }
    }

    /// Asked about, and the gateway never heard of it: the same attempt once more. Nobody waits for a change any longer; it is dropped.
    fn never_arrived(
        &mut self,
        attempt: Attempt,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let Attempt { number, invoice, method, .. } = attempt;
        if self.is_ordered(invoice) {
            return self.order_failed(attempt, now, effects);
        }
        let amount_minor = self.invoice(invoice).map_or(0, Invoice::owed_minor);
        if amount_minor == 0 {
            return self.go_on(attempt.cause, now, effects);
        }
        effects.push(Effect::Charge { attempt: number, invoice, amount_minor, method });
        self.attempt = Some(attempt);
        Ok(())
    }

    fn is_ordered(&self, invoice: u32) -> bool {
        self.order.as_ref().is_some_and(|order| order.invoice == invoice)
    }

    /// Nothing has changed. Who still waits for the answer sees it; after a doubt it is mailed.
    fn order_failed(
        &mut self,
        attempt: Attempt,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        self.drop_order(now);
        if attempt.doubt.is_some() {
            effects.push(mail(now.day, MailKind::PlanNotChanged));
        }
        self.go_on(Cause::Schedule, now, effects)
    }

    /// An ordered change whose period is over meanwhile comes to nothing, and what was paid for it becomes balance: so does whatever is
    /// paid for an invoice that is void.
    fn paid(&mut self, attempt: Attempt, now: Moment, effects: &mut Vec<Effect>) -> Result<(), Refusal> {
        let ordered_in = self.order.as_ref().filter(|order| order.invoice == attempt.invoice);
        if let Some(period) = ordered_in.map(|order| order.period)
            && self.running()?.period != period
        {
            self.drop_order(now);
            effects.push(mail(now.day, MailKind::PlanNotChanged));
        }
        self.pay_invoice(attempt.invoice, now.day);
        if self.is_ordered(attempt.invoice) {
            self.carry_out(now, effects)?;
        } else if attempt.doubt.is_some() || self.is_in_debt() {
            effects.push(mail(now.day, MailKind::Receipt));
        }
        self.go_on(attempt.cause, now, effects)
    }

    /// Charges what else is open, or ends the debt. What is owed of a subscription that is over only people pay.
    fn go_on(&mut self, cause: Cause, now: Moment, effects: &mut Vec<Effect>) -> Result<(), Refusal> {
        if let Some(invoice) = self.oldest_open() {
            if cause == Cause::Person || self.running().is_ok() {
                self.charge(invoice, Method::Default, cause, now, effects)?;
            }
            return Ok(());
        }
        if self.is_in_debt() {
            let subscription = self.running()?.clone();
            let was_paused = matches!(subscription.state, State::Paused { .. });
            self.watch_cards_from(now);
            self.enter(now.day, subscription.debt_paid(now.day)?, effects);
            if was_paused {
                effects.push(mail(now.day, MailKind::AccountResumed));
            }
        }
        Ok(())
    }

    fn is_in_debt(&self) -> bool {
        let state = self.subscription.as_ref().map(|subscription| subscription.state);
        matches!(state, Some(State::PastDue(_) | State::Paused { .. }))
    }

    fn declined(
        &mut self,
        attempt: Attempt,
        decline: Decline,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        if self.is_ordered(attempt.invoice) {
            return self.order_failed(attempt, now, effects);
        }
        let is_open = self.invoice(attempt.invoice).is_some_and(Invoice::is_open);
        let Some(subscription) = self.subscription.clone().filter(|_| is_open) else { return Ok(()) };
        if matches!(subscription.state, State::Paused { .. } | State::Ended { .. }) {
            return Ok(());
        }
        let past_due = subscription.declined(now.day, decline)?;
        let State::PastDue(dunning) = past_due.state else { return Ok(()) };
        self.enter(now.day, past_due, effects);
        if attempt.cause == Cause::Schedule {
            effects.push(mail(now.day, MailKind::PaymentFailed));
            if dunning.is_exhausted() {
                return self.last_resort(Some(attempt), now, effects);
            }
        }
        Ok(())
    }

    /// The last date of the timetable: the backup card, and after it the pause.
    pub(super) fn last_resort(
        &mut self,
        failed: Option<Attempt>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let is_backup = failed.is_some_and(|attempt| attempt.method == Method::Backup);
        match self.oldest_open().filter(|_| self.backup.is_some() && !is_backup) {
            Some(invoice) => self.charge(invoice, Method::Backup, Cause::Schedule, now, effects),
            None => {
                let paused = self.running()?.clone().paused(now.day)?;
                self.enter(now.day, paused, effects);
                effects.push(mail(now.day, MailKind::AccountPaused));
                Ok(())
            }
        }
    }

    /// Issues the invoice of the period that `subscription` is in, and charges it unless something older is to be paid first.
    pub(super) fn issue_period(
        &mut self,
        subscription: Subscription,
        draft: Draft,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let line = draft.charge_line();
        let is_due = draft.due_minor() > 0;
        let invoice = self.issue(draft, effects);
        let paid_by = line.map(|line| LineRef { invoice, line });
        let is_past_due = matches!(subscription.state, State::PastDue(_));
        self.enter(now.day, Subscription { paid_by, ..subscription }, effects);
        effects.push(mail(now.day, MailKind::InvoiceIssued));
        if is_due && !is_past_due && self.attempt.is_none() {
            self.charge(invoice, Method::Default, Cause::Schedule, now, effects)?;
        }
        Ok(())
    }
}
