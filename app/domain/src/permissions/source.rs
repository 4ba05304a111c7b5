use std::{fmt, str::FromStr};

use super::Role;
use crate::{MemberId, Problem, ProfileId, Refusal};

/// Something that permissions can be read off. As text, in addresses and forms: `profile:…`, `draft:…`, `person:…` or a
/// role's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PermissionSource {
    /// A User with this profile.
    Profile(ProfileId),
    /// A User with this profile as it would be with the draft of whoever asks.
    Draft(ProfileId),
    Member(MemberId),
    /// A role as it is without a profile.
    Role(Role),
}

impl FromStr for PermissionSource {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let source = match text.split_once(':') {
            Some(("profile", id)) => id.parse().ok().map(Self::Profile),
            Some(("draft", id)) => id.parse().ok().map(Self::Draft),
            Some(("person", id)) => id.parse().ok().map(Self::Member),
            _ => text.parse().ok().map(Self::Role),
        };
        source.ok_or_else(|| Refusal::field("source", Problem::InvalidChoice))
    }
}

impl fmt::Display for PermissionSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Profile(id) => write!(f, "profile:{id}"),
            Self::Draft(id) => write!(f, "draft:{id}"),
            Self::Member(id) => write!(f, "person:{id}"),
            Self::Role(role) => f.write_str(role.key()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_read_back_as_themselves_and_nothing_else_is_one() {
        for source in [
            PermissionSource::Profile(Default::default()),
            PermissionSource::Draft(Default::default()),
            PermissionSource::Member(Default::default()),
            PermissionSource::Role(Role::User),
        ] {
            assert_eq!(source.to_string().parse(), Ok(source));
        }
        for text in ["", "profile:", "draft:x", "person:7", "king", "profile"] {
            assert!(text.parse::<PermissionSource>().is_err(), "{text}");
        }
    }
}
