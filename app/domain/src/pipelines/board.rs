//! What a board shows. Amounts are in the currency's smallest unit, and none for whoever may not see values.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Pipeline, Stage};
use crate::{LoginId, MemberId, OpportunityId, Problem, account::Currency};

/// Cards that a column shows at first, and more with each asking.
pub const CARDS_PER_COLUMN: u32 = 50;

/// Which opportunities a board shows, as it stands in the address of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardFilter {
    pub owner: OwnerFilter,
    /// Part of the name, of the contact's name or of their address; empty for all.
    pub search: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerFilter {
    #[default]
    Anybody,
    Nobody,
    Member(MemberId),
}

impl OwnerFilter {
    /// As it stands in addresses; empty for anybody's.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Anybody => String::new(),
            Self::Nobody => "nobody".into(),
            Self::Member(member) => member.to_string(),
        }
    }
}

impl FromStr for OwnerFilter {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        match key {
            "" => Ok(Self::Anybody),
            "nobody" => Ok(Self::Nobody),
            id => id.parse().map(Self::Member).map_err(|_no_id| Problem::InvalidChoice),
        }
    }
}

/// One pipeline with what stands in its stages, as far as the viewer may see it and the filter asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    pub pipeline: Pipeline,
    pub currency: Currency,
    /// In the order of the stages.
    pub columns: Vec<BoardColumn>,
    /// Whose opportunities are in the pipeline, by name: to filter by. Empty for whoever sees only their own.
    pub owners: Vec<Owner>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardColumn {
    pub stage: Stage,
    /// All that stand here, those not shown included.
    pub total: u64,
    /// What all of them together are worth; none for whoever may not see values.
    pub value_cents: Option<i64>,
    /// The last moved here on top; at most [`CARDS_PER_COLUMN`].
    pub cards: Vec<Card>,
}

/// More of one stage than a board shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnPage {
    pub currency: Currency,
    pub column: BoardColumn,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: OpportunityId,
    pub name: String,
    pub contact_name: String,
    /// None when none is set, and for whoever may not see values.
    pub value_cents: Option<i64>,
    pub owner: Option<Owner>,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub stage_since: DateTime<Utc>,
    pub version: i32,
}

/// Somebody whom an opportunity belongs to, or could.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    pub member: MemberId,
    pub name: String,
    /// With the login's id, the address of the photo; none for people without one.
    pub photo: Option<(LoginId, i32)>,
    /// Whoever was deactivated or removed keeps what was theirs until it is given to others.
    pub is_active: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_in_the_address_reads_back() {
        for filter in [OwnerFilter::Anybody, OwnerFilter::Nobody, OwnerFilter::Member(MemberId::default())] {
            assert_eq!(filter.key().parse(), Ok(filter));
        }
        assert_eq!("somebody".parse::<OwnerFilter>(), Err(Problem::InvalidChoice));
    }
}
