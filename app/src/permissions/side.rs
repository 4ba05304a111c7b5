//! One side of a comparison, as it stands in the address.

use std::{fmt, str::FromStr};

use domain::{MemberId, Problem, ProfileId, Refusal, Role};

/// `profile:…`, `person:…` or a role's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideText {
    Profile(ProfileId),
    Person(MemberId),
    Role(Role),
}

impl FromStr for SideText {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let side = match text.split_once(':') {
            Some(("profile", id)) => id.parse().ok().map(Self::Profile),
            Some(("person", id)) => id.parse().ok().map(Self::Person),
            _ => text.parse().ok().map(Self::Role),
        };
        side.ok_or_else(|| Refusal::field("side", Problem::InvalidChoice))
    }
}

impl fmt::Display for SideText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Profile(id) => write!(f, "profile:{id}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Role(role) => f.write_str(role.key()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_read_back_as_themselves_and_nothing_else_is_one() {
        for side in [
            SideText::Profile(Default::default()),
            SideText::Person(Default::default()),
            SideText::Role(Role::User),
        ] {
            assert_eq!(side.to_string().parse(), Ok(side));
        }
        for text in ["", "profile:", "person:7", "king", "profile"] {
            assert!(text.parse::<SideText>().is_err(), "{text}");
        }
    }
}
