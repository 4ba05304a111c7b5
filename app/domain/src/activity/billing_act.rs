use serde::{Deserialize, Serialize};

use super::{Change, event::list};

/// What happened with plans, invoices and cards. Amounts and days are as people read them. Stored for ever, as [`super::Event`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum BillingAct {
    Subscribed {
        plan: String,
        /// The last day of the trial, if it began with one.
        #[serde(default)]
        trial_until: Option<String>,
    },
    PlanChanged {
        from: String,
        to: String,
    },
    ChangeScheduled {
        to: String,
        on: String,
    },
    /// Whatever was to happen at the end of the period, a cancellation too.
    ChangeDropped,
    EndScheduled {
        on: String,
    },
    Ended,
    InvoiceIssued {
        serial: String,
        amount: String,
    },
    InvoicePaid {
        serial: String,
        amount: String,
    },
    InvoiceVoided {
        serial: String,
    },
    PaymentFailed,
    Paused,
    Resumed,
    CardAdded {
        card: String,
    },
    CardMadeDefault {
        card: String,
    },
    CardMadeBackup {
        card: String,
    },
    CardRemoved {
        card: String,
    },
    DetailsChanged {
        changes: Vec<Change>,
    },
    /// Something contradicted itself, and nothing more happens until the operator has looked.
    Parked,
    Unparked,
    /// Written by a newer version.
    #[serde(other)]
    Unknown,
}

impl BillingAct {
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Subscribed { plan, trial_until: None } => format!("subscribed to {plan}"),
            Self::Subscribed { plan, trial_until: Some(day) } => {
                format!("subscribed to {plan}, free until {day}")
            }
            Self::PlanChanged { from, to } => format!("changed the plan from {from} to {to}"),
            Self::ChangeScheduled { to, on } => format!("chose {to} from {on} on"),
            Self::ChangeDropped => "dropped what was to change at the end of the period".into(),
            Self::EndScheduled { on } => format!("cancelled the subscription; it ends on {on}"),
            Self::Ended => "ended the subscription".into(),
            Self::InvoiceIssued { serial, amount } => format!("issued {serial} over {amount}"),
            Self::InvoicePaid { serial, amount } => format!("collected {amount} for {serial}"),
            Self::InvoiceVoided { serial } => format!("made {serial} void"),
            Self::PaymentFailed => "could not collect a payment".into(),
            Self::Paused => "paused the account: an invoice was not paid".into(),
            Self::Resumed => "resumed the account: everything is paid".into(),
            Self::CardAdded { card } => format!("added the card {card}"),
            Self::CardMadeDefault { card } => format!("chose the card {card} for payments"),
            Self::CardMadeBackup { card } => format!("chose the card {card} as backup"),
            Self::CardRemoved { card } => format!("removed the card {card}"),
            Self::DetailsChanged { changes } => format!("changed the billing details: {}", list(changes)),
            Self::Parked => "stopped billing to be on the safe side; the operator has been told".into(),
            Self::Unparked => "let billing go on".into(),
            Self::Unknown => "did something with billing".into(),
        }
    }
}
