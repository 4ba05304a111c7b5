//! Payments that failed: what happens next and when, the pause, and its end.

use domain::billing::{Dunning, Method, State};

use super::about::{About, Way, Words};
use crate::billing::{show, words};

/// Where cards are entered.
const PLACE: &str = "in Settings, under “Billing”";

impl About {
    /// With every date that is still to come. None once it is paid, or paused: another mail says so.
    pub fn failed(&self) -> Option<Words> {
        let dunning = self.subscription()?.dunning()?;
        let subject = format!("{} could not be collected", self.owed());
        let mut paragraphs = vec![format!("{subject}{}", self.why(dunning))];
        paragraphs.extend(self.unless_paid());
        Some(Words::new(subject, paragraphs, Way::Pay))
    }

    /// Why it could not, and what people can do about it, as the end of a sentence.
    fn why(&self, dunning: Dunning) -> String {
        let Some(card) = self.card.as_ref().map(|card| card.words()) else {
            return format!(": there is no card. Please add one {PLACE}.");
        };
        let code = self.tried.as_ref().and_then(|tried| tried.decline_code.as_deref());
        let Some((tried, code)) = self.tried.as_ref().zip(code) else { return ".".to_owned() };
        let was_declined = match code {
            "insufficient_funds" => "was declined: there was too little money",
            "authentication_required" => "was declined: the bank wants its owner to confirm",
            "expired_card" => "has expired",
            _ if dunning.hard => "was declined for good",
            _ => "was declined",
        };
        let then = match (dunning.hard, tried.card == card) {
            (true, _) => format!(" This card will not work again. Please add another one {PLACE}."),
            (false, true) => String::new(),
            (false, false) => format!(" The card {card} has taken its place."),
        };
        format!(": the card {} {was_declined}.{then}", tried.card)
    }

    fn unless_paid(&self) -> Vec<String> {
        let dates = self.timetable();
        if !dates.is_empty() {
            return [vec!["Unless it is paid before, this is what happens:".to_owned()], dates].concat();
        }
        let is_backup = self.stored.book.attempt.is_some_and(|attempt| attempt.method == Method::Backup);
        let backup = self.backup.as_ref().filter(|_| is_backup).map(|card| {
            format!(
                "The backup card {} is being charged. If that fails too, the account is paused.",
                card.words()
            )
        });
        backup.into_iter().collect()
    }

    /// What each date that is still to come brings.
    fn timetable(&self) -> Vec<String> {
        let has_backup = self.stored.book.backup.is_some();
        let dates = self.subscription().map(|one| show::timetable(one, has_backup)).unwrap_or_default();
        dates.into_iter().map(|date| format!("{}: {}", date.on, date.what)).collect()
    }

    /// On a date on which the card is not tried. None once it is paid, or paused.
    pub fn reminder(&self) -> Option<Words> {
        let dunning = self.subscription()?.dunning()?;
        let subject = format!("{} is still to be paid", self.owed());
        let card = self.card.as_ref().map(|card| card.words());
        let why = match (card, dunning.hard) {
            (None, _) => format!(", and there is no card. Please add one {PLACE}."),
            (Some(card), true) => {
                format!(", and the card {card} will not work again. Please add another one {PLACE}.")
            }
            (Some(card), false) => format!(". It will be charged to the card {card}."),
        };
        let mut paragraphs = vec![format!("{subject}{why}")];
        paragraphs.extend(self.unless_paid());
        Some(Words::new(subject, paragraphs, Way::Pay))
    }

    /// None once it is paid.
    pub fn paused(&self) -> Option<Words> {
        let State::Paused { since } = self.subscription()?.state else { return None };
        let (owed, since) = (self.owed(), words::day(since));
        let api_keys = if self.usage.api_keys > 0 { " API keys are refused." } else { "" };
        let card = match &self.card {
            Some(card) => {
                format!("If the card {} does not work any more, add another one {PLACE} first.", card.words())
            }
            None => format!("There is no card; please add one {PLACE} first."),
        };
        let paragraphs = vec![
            format!("{owed} could not be collected, although it was tried until the last date. Since {since} the account is paused."),
            "What works: signing in, reading and downloading everything, and billing. Public booking pages go on \
             taking bookings."
                .to_owned(),
            format!("What does not work: everything that changes something.{api_keys} Nothing is lost."),
            format!("As soon as it is paid, everything works again exactly as before. {card}"),
        ];
        Some(Words::new("the account is paused", paragraphs, Way::Pay))
    }

    /// None when something is owed again, or it has ended meanwhile.
    pub fn resumed(&self) -> Option<Words> {
        let running = self.running().filter(|_| !self.owes())?;
        if matches!(running.state, State::PastDue(_) | State::Paused { .. }) {
            return None;
        }
        let back = "Everything is paid. The account works again exactly as it did before.".to_owned();
        let paragraphs = std::iter::once(back).chain(self.next_invoice()).collect();
        Some(Words::new("the account is back", paragraphs, Way::Billing))
    }
}
