use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Method, StateName};

/// What has to be done outside because of what was decided, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// An invoice is there; it is in the book.
    Issued {
        invoice: u32,
    },
    /// Charge a card, and tell [`super::Book::settle`] the answer. Until then nothing else is due.
    Charge {
        attempt: u32,
        invoice: u32,
        amount_minor: i64,
        method: Method,
    },
    /// Ask what became of a charge, and tell [`super::Book::settle`].
    Ask {
        attempt: u32,
    },
    Entered {
        on: NaiveDate,
        state: StateName,
    },
    /// The plan, and with it the limits, are others now.
    PlanChanged {
        on: NaiveDate,
    },
    Mail(Mail),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub on: NaiveDate,
    pub kind: MailKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    InvoiceIssued,
    /// An invoice was paid later than at once.
    Receipt,
    /// With the whole timetable.
    PaymentFailed,
    /// A date of the timetable on which the card is not tried.
    PaymentReminder,
    AccountPaused,
    AccountResumed,
    PlanChanged,
    /// An upgrade whose payment was in doubt has come to nothing.
    PlanNotChanged,
    /// A change for the end of the period was chosen.
    ChangeScheduled,
    DowngradeComing,
    CardExpiring,
    SubscriptionEnding,
    SubscriptionEnded,
}
