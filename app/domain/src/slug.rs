//! The readable part of a public address: `acme` in `/book/acme/discovery-call`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// Characters that a slug may have.
pub const SLUG_MAX_CHARS: usize = 60;

/// Small letters (a to z) and digits, in groups with a hyphen between.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// Reads what was typed, or what stands in an address.
    ///
    /// # Errors
    /// [`Problem::Required`], [`Problem::TooLong`], [`Problem::InvalidSlug`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = typed.trim();
        let is_group = |group: &str| {
            !group.is_empty() && group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        match typed {
            "" => Err(Problem::Required),
            typed if typed.len() > SLUG_MAX_CHARS => Err(Problem::TooLong { max_chars: SLUG_MAX_CHARS }),
            typed if typed.split('-').all(is_group) => Ok(Self(typed.to_owned())),
            _ => Err(Problem::InvalidSlug),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = Problem;
    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value)
    }
}
impl From<Slug> for String {
    fn from(value: Slug) -> Self {
        value.0
    }
}
impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_reads_well_in_an_address_is_one() {
        assert_eq!(Slug::parse(" discovery-call-2 ").unwrap().as_str(), "discovery-call-2");
        assert_eq!(Slug::parse(" "), Err(Problem::Required));
        assert_eq!(Slug::parse(&"a".repeat(61)), Err(Problem::TooLong { max_chars: 60 }));
        for typed in ["Call", "a b", "-a", "a-", "a--b", "a_b", "a/b", "ä", "a'b", "a\0"] {
            assert_eq!(Slug::parse(typed), Err(Problem::InvalidSlug), "{typed:?}");
        }
    }
}
