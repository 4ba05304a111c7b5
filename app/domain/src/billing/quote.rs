//! An offer that is kept: what was shown is what is billed, or nothing is.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Book, ChangePreview, Effect, Moment, Terms};
use crate::Refusal;

/// Minutes for which an offer binds.
pub const QUOTE_MINUTES: i64 = 15;

/// What choosing other terms would do, as it was shown to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub made: Moment,
    pub terms: Terms,
    pub preview: ChangePreview,
}

impl Book {
    /// # Errors
    /// As [`Self::preview_change`].
    pub fn quote(&self, terms: Terms, now: Moment) -> Result<Quote, Refusal> {
        let preview = self.preview_change(&terms, now)?;
        Ok(Quote { made: now, terms, preview })
    }

    /// Carries out what was offered, to the cent.
    ///
    /// # Errors
    /// [`Refusal::QuoteOver`] after 15 minutes, on another day, and when it would do something else by now; otherwise as
    /// [`Self::change`].
    pub fn accept(&mut self, quote: Quote, now: Moment) -> Result<Vec<Effect>, Refusal> {
        let is_fresh =
            now.at - quote.made.at < TimeDelta::minutes(QUOTE_MINUTES) && now.day == quote.made.day;
        if !is_fresh || self.preview_change(&quote.terms, now)? != quote.preview {
            return Err(Refusal::QuoteOver);
        }
        self.change(quote.terms, now)
    }
}
