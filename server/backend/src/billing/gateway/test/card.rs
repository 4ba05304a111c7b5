use std::str::FromStr;

use domain::{Problem, billing::Decline};

/// The cards that can be entered, by what becomes of charges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestCard {
    Good,
    /// Declined, but perhaps not another time.
    Declined,
    /// Too little money, the first time.
    InsufficientOnce,
    /// Declined for good.
    Lost,
    Expired,
    /// The bank wants to hear from its owner, who is not there.
    NeedsConfirmation,
    /// Takes two seconds.
    Slow,
    /// The money moves, and the answer gets lost.
    AnswerLost,
    /// The answer comes twice.
    AnswerTwice,
    /// The outcome is known ten minutes later.
    Late,
}

impl TestCard {
    pub const ALL: [Self; 10] = [
        Self::Good,
        Self::Declined,
        Self::InsufficientOnce,
        Self::Lost,
        Self::Expired,
        Self::NeedsConfirmation,
        Self::Slow,
        Self::AnswerLost,
        Self::AnswerTwice,
        Self::Late,
    ];

    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Declined => "declined",
            Self::InsufficientOnce => "insufficient_once",
            Self::Lost => "lost",
            Self::Expired => "expired",
            Self::NeedsConfirmation => "needs_confirmation",
            Self::Slow => "slow",
            Self::AnswerLost => "answer_lost",
            Self::AnswerTwice => "answer_twice",
            Self::Late => "late",
        }
    }

    /// What the page says of it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Good => "Every charge succeeds",
            Self::Declined => "Every charge is declined",
            Self::InsufficientOnce => "Too little money the first time, then it works",
            Self::Lost => "Reported lost: declined for good",
            Self::Expired => "Expired: declined for good",
            Self::NeedsConfirmation => "The bank asks its owner to confirm",
            Self::Slow => "Every charge takes two seconds",
            Self::AnswerLost => "The charge succeeds, and the answer gets lost",
            Self::AnswerTwice => "The answer comes twice",
            Self::Late => "The outcome is known ten minutes later",
        }
    }

    /// Its number, without blanks.
    #[must_use]
    pub const fn number(self) -> &'static str {
        match self {
            Self::Good => "4242424242424242",
            Self::Declined => "4000000000000002",
            Self::InsufficientOnce => "4000000000009995",
            Self::Lost => "4000000000009987",
            Self::Expired => "4000000000000069",
            Self::NeedsConfirmation => "4000002500003155",
            Self::Slow => "4000000000000077",
            Self::AnswerLost => "4000000000000119",
            Self::AnswerTwice => "4000000000000341",
            Self::Late => "4000000000006975",
        }
    }

    /// Its number, as people read one.
    #[must_use]
    pub fn number_in_groups(self) -> String {
        let digits: Vec<char> = self.number().chars().collect();
        digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    /// By its number, however it is grouped.
    ///
    /// # Errors
    /// [`Problem::InvalidChoice`] for every other number: the numbers of real cards have no business here.
    pub fn by_number(typed: &str) -> Result<Self, Problem> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if digits.is_empty() {
            return Err(Problem::Required);
        }
        Self::ALL.into_iter().find(|card| card.number() == digits).ok_or(Problem::InvalidChoice)
    }

    /// Why a charge is declined after so many others.
    pub(super) fn declines(self, charged: i32, is_removed: bool) -> Option<(Decline, &'static str)> {
        match self {
            _ if is_removed => Some((Decline::Hard, "card_removed")),
            Self::Declined => Some((Decline::Soft, "generic_decline")),
            Self::InsufficientOnce if charged == 0 => Some((Decline::Soft, "insufficient_funds")),
            Self::Lost => Some((Decline::Hard, "lost_card")),
            Self::Expired => Some((Decline::Hard, "expired_card")),
            Self::NeedsConfirmation => Some((Decline::Soft, "authentication_required")),
            _ => None,
        }
    }
}

impl FromStr for TestCard {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|card| card.key() == key).ok_or(Problem::InvalidChoice)
    }
}
