//! One customer of the operator.

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// Characters that the name of a business may have.
pub const ACCOUNT_NAME_MAX_CHARS: usize = 120;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    /// IANA name, for example `America/Denver`.
    pub time_zone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    /// BCP 47, for example `en`.
    pub language: String,
}

/// One entry of a select: what is stored and what people read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// What sign-up and Business profile offer to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceChoices {
    pub time_zones: Vec<Choice>,
    pub countries: Vec<Choice>,
}
