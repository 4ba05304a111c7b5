//! What people ask for beside other terms: subscribe, cancel, another card, pay.

use serde::{Deserialize, Serialize};

use super::{
    Answer, Attempt, Book, Card, Cause, Decline, Effect, InvoiceKind, Line, MailKind, Method, Moment, Start,
    State, Subscription, Terms, book::mail,
};
use crate::Refusal;

/// When a cancellation takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelWhen {
    PeriodEnd,
    Now,
}

impl Book {
    /// Begins a subscription; without a trial the first period is billed now. An account may begin another one when the last has ended.
    ///
    /// # Errors
    /// [`Refusal::AlreadySubscribed`], [`Refusal::PaymentUnderWay`], [`Refusal::DebtFirst`].
    pub fn subscribe(&mut self, terms: Terms, start: Start, now: Moment) -> Result<Vec<Effect>, Refusal> {
        if self.running().is_ok() {
            return Err(Refusal::AlreadySubscribed);
        }
        if self.attempt.is_some() {
            return Err(Refusal::PaymentUnderWay);
        }
        if self.oldest_open().is_some() {
            return Err(Refusal::DebtFirst);
        }
        let mut effects = self.acted(now);
        let number = self.subscription.as_ref().map_or(1, |last| last.number + 1);
        let subscription = Subscription::start(number, terms, start);
        let is_trial = subscription.is_trial();
        self.watch_cards_from(now);
        self.enter(now.day, subscription.clone(), &mut effects);
        if !is_trial {
            let draft = self.draft_period(&subscription, now.day);
            self.issue_period(subscription, draft, now, &mut effects)?;
        }
        Ok(effects)
    }

    /// Ends the subscription. At the end of the period nothing is billed or given back. Now means that this day and those after it are
    /// given back as balance; what is open for days still to come is void, and what is open for days gone by stays owed. Whoever is
    /// paused has nothing left to wait for: it ends now.
    ///
    /// # Errors
    /// [`Refusal::NoSubscription`], [`Refusal::SubscriptionEnded`], [`Refusal::AlreadyEnding`].
    pub fn cancel(&mut self, when: CancelWhen, now: Moment) -> Result<Vec<Effect>, Refusal> {
        let subscription = self.running()?.clone();
        let is_paused = matches!(subscription.state, State::Paused { .. });
        if when == CancelWhen::Now || is_paused {
            return self.end_now(subscription, now);
        }
        let ending = subscription.ending()?;
        let mut effects = self.acted(now);
        self.drop_order(now);
        self.enter(now.day, ending, &mut effects);
        effects.push(mail(now.day, MailKind::SubscriptionEnding));
        Ok(effects)
    }

    fn end_now(&mut self, subscription: Subscription, now: Moment) -> Result<Vec<Effect>, Refusal> {
        let mut effects = self.acted(now);
        self.drop_order(now);
        if let Some(credit) = self.credit(&subscription, now.day) {
            let kind = (subscription.number, InvoiceKind::Cancellation);
            let draft = self.draft(kind, now.day, now.day, vec![credit]);
            self.issue(draft, &mut effects);
            effects.push(mail(now.day, MailKind::InvoiceIssued));
        }
        let is_ahead = |line: &Line| line.period.to > now.day;
        let ahead = self.invoices.iter().filter(|one| one.is_open() && one.draft.lines.iter().any(is_ahead));
        for number in ahead.map(|invoice| invoice.number).collect::<Vec<_>>() {
            self.void(number, now.day);
        }
        self.end(subscription, now, &mut effects)?;
        Ok(effects)
    }

    pub(super) fn end(
        &mut self,
        subscription: Subscription,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        self.drop_order(now);
        self.enter(now.day, subscription.ended(now.day)?, effects);
        effects.push(mail(now.day, MailKind::SubscriptionEnded));
        Ok(())
    }

    /// Forgets an ordered change that is not paid. Should its payment turn up, it becomes balance.
    pub(super) fn drop_order(&mut self, now: Moment) {
        if let Some(order) = self.order.take() {
            self.void(order.invoice, now.day);
        }
    }

    /// Another card, or none. What is left of a timetable is tried with it.
    pub fn set_card(&mut self, card: Option<Card>) {
        self.card = card;
        if let Some(Subscription { state: State::PastDue(dunning), .. }) = &mut self.subscription {
            *dunning = dunning.with_new_card();
        }
    }

    /// Pays what is owed now, the oldest first. When a charge is in doubt it is asked about instead.
    ///
    /// # Errors
    /// [`Refusal::NothingOwed`], [`Refusal::PaymentUnderWay`] when a charge is on its way at this moment.
    pub fn pay(&mut self, now: Moment) -> Result<Vec<Effect>, Refusal> {
        let invoice = self.oldest_open().ok_or(Refusal::NothingOwed)?;
        if self.attempt.is_some_and(|attempt| attempt.is_in_flight) {
            return Err(Refusal::PaymentUnderWay);
        }
        let mut effects = self.acted(now);
        match &mut self.attempt {
            Some(attempt) => {
                attempt.is_in_flight = true;
                effects.push(Effect::Ask { attempt: attempt.number });
            }
            None => self.charge(invoice, Method::Default, Cause::Person, now, &mut effects)?,
        }
        Ok(effects)
    }

    /// Sends a charge on its way. Without a card it is declined at once, by nobody.
    pub(super) fn charge(
        &mut self,
        invoice: u32,
        method: Method,
        cause: Cause,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let card = match method {
            Method::Default => self.card,
            Method::Backup => self.backup,
        };
        self.attempts += 1;
        let number = self.attempts;
        self.attempt = Some(Attempt { number, invoice, method, cause, doubt: None, is_in_flight: true });
        if card.is_none() {
            return self.answered(Answer::Declined(Decline::Hard), now, effects);
        }
        let amount_minor = self.invoice(invoice).map_or(0, |invoice| invoice.owed_minor());
        effects.push(Effect::Charge { attempt: number, invoice, amount_minor, method });
        Ok(())
    }
}
