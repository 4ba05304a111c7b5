//! What choosing a plan would do, whatever the account has: the page shows it, and accepting it does exactly that.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{
    Book, ChangePreview, Draft, Effect, InvoiceKind, Line, Moment, QUOTE_MINUTES, Quote, Start, Subscription,
    Terms,
};
use crate::Refusal;

/// Kept for [`QUOTE_MINUTES`], to the cent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    Begin(Beginning),
    Change(Quote),
}

/// The beginning of a subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beginning {
    pub made: Moment,
    pub terms: Terms,
    pub start: Start,
    /// The first invoice: today's, or that of the end of the trial.
    pub first: Draft,
}

impl Offer {
    #[must_use]
    pub fn terms(&self) -> &Terms {
        match self {
            Self::Begin(beginning) => &beginning.terms,
            Self::Change(quote) => &quote.terms,
        }
    }

    /// Whether something is to be paid at once. A trial may begin without a card.
    #[must_use]
    pub fn is_paid_at_once(&self) -> bool {
        match self {
            Self::Begin(Beginning { start, first, .. }) => start.trial_days == 0 && first.due_minor() > 0,
            Self::Change(quote) => {
                matches!(&quote.preview, ChangePreview::Now(draft) if draft.due_minor() > 0)
            }
        }
    }

    #[must_use]
    pub fn made(&self) -> Moment {
        match self {
            Self::Begin(beginning) => beginning.made,
            Self::Change(quote) => quote.made,
        }
    }
}

impl Book {
    /// What `terms` would do now; `start` counts where nothing runs.
    ///
    /// # Errors
    /// As [`Self::subscribe`] and [`Self::preview_change`].
    pub fn offer(&self, terms: Terms, start: Start, now: Moment) -> Result<Offer, Refusal> {
        if self.running().is_ok() {
            return self.quote(terms, now).map(Offer::Change);
        }
        self.clone().subscribe(terms.clone(), start, now)?;
        let number = self.subscription.as_ref().map_or(1, |last| last.number + 1);
        let begun = Subscription::start(number, terms.clone(), start);
        let first = match begun.is_trial() {
            true => begun.renewed()?,
            false => begun,
        };
        let line = Line::charge(&terms, first.period, self.tax.applied());
        let from = first.period.from;
        let first = self.draft((number, InvoiceKind::Period), from, from, vec![line]);
        Ok(Offer::Begin(Beginning { made: now, terms, start, first }))
    }

    /// Does what was offered.
    ///
    /// # Errors
    /// [`Refusal::QuoteOver`] after 15 minutes, on another day, and when it would do something else by now; otherwise as
    /// [`Self::subscribe`] and [`Self::change`].
    pub fn take(&mut self, offer: Offer, now: Moment) -> Result<Vec<Effect>, Refusal> {
        match offer {
            Offer::Change(quote) => self.accept(quote, now),
            Offer::Begin(beginning) => {
                let Beginning { made, terms, start, first } = &beginning;
                let is_fresh = now.at - made.at < TimeDelta::minutes(QUOTE_MINUTES) && now.day == made.day;
                let again = self.offer(terms.clone(), *start, now)?;
                let is_same = matches!(&again, Offer::Begin(again) if again.first == *first);
                if is_fresh && is_same {
                    self.subscribe(beginning.terms, beginning.start, now)
                } else {
                    Err(Refusal::QuoteOver)
                }
            }
        }
    }
}
