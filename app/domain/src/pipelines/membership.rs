use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{LoginId, MemberId, Problem, permissions::ProfileName};

/// Why somebody is in a pipeline, or is not. What is said by hand goes before the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    ByHand,
    /// Everyone with this profile is.
    ByRule(ProfileName),
    /// By hand, whatever the rules say.
    Excluded,
    NotIn,
}

impl Membership {
    /// Of somebody who was let in or excluded by hand, and whom a rule takes in.
    #[must_use]
    pub fn of(is_excluded: Option<bool>, rule: Option<ProfileName>) -> Self {
        match (is_excluded, rule) {
            (Some(true), _) => Self::Excluded,
            (Some(false), _) => Self::ByHand,
            (None, Some(profile)) => Self::ByRule(profile),
            (None, None) => Self::NotIn,
        }
    }

    #[must_use]
    pub const fn is_in(&self) -> bool {
        matches!(self, Self::ByHand | Self::ByRule(_))
    }

    /// What was chosen that it came to this.
    #[must_use]
    pub const fn choice(&self) -> MembershipChoice {
        match self {
            Self::ByHand => MembershipChoice::In,
            Self::Excluded => MembershipChoice::Excluded,
            Self::ByRule(_) | Self::NotIn => MembershipChoice::AsRules,
        }
    }

    /// In a few words.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::ByHand => "In, added by hand".into(),
            Self::ByRule(profile) => format!("In, as everyone with the profile “{}”", profile.name),
            Self::Excluded => "Excluded by hand".into(),
            Self::NotIn => "Not in".into(),
        }
    }
}

/// What can be said about one person and a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MembershipChoice {
    In,
    Excluded,
    AsRules,
}

impl MembershipChoice {
    pub const ALL: [Self; 3] = [Self::In, Self::Excluded, Self::AsRules];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Excluded => "excluded",
            Self::AsRules => "as_rules",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::In => "In",
            Self::Excluded => "Excluded",
            Self::AsRules => "As the rules say",
        }
    }
}

impl FromStr for MembershipChoice {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|choice| choice.key() == key).ok_or(Problem::InvalidChoice)
    }
}

/// An active person of the account, as the settings of a pipeline list them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelinePerson {
    pub member: MemberId,
    pub name: String,
    /// With the login's id, the address of the photo; none for people without one.
    pub photo: Option<(LoginId, i32)>,
    pub membership: Membership,
    /// Admins see every pipeline, and may own what is in it, whether or not they are in.
    pub is_admin: bool,
}

/// Which people the settings of a pipeline list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFilter {
    /// Part of a name; empty for everybody.
    pub search: String,
    /// Only those about whom something is said: who is in, and who is excluded.
    pub only_concerned: bool,
    /// Counted from 1.
    pub page: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_by_hand_goes_before_the_rules() {
        let rule = || Some(ProfileName { id: Default::default(), name: "Closers".into() });
        assert_eq!(Membership::of(Some(true), rule()), Membership::Excluded);
        assert_eq!(Membership::of(Some(false), rule()), Membership::ByHand);
        assert!(matches!(Membership::of(None, rule()), Membership::ByRule(_)));
        assert_eq!(Membership::of(None, None), Membership::NotIn);
    }

    #[test]
    fn a_choice_reads_back_and_is_what_it_came_to() {
        for choice in MembershipChoice::ALL {
            assert_eq!(choice.key().parse(), Ok(choice));
            assert_eq!(serde_json::to_value(choice).unwrap(), choice.key());
        }
        let profile = ProfileName { id: Default::default(), name: "Closers".into() };
        let rule = Membership::ByRule(profile);
        assert_eq!(rule.label(), "In, as everyone with the profile “Closers”");
        assert!(rule.is_in() && Membership::ByHand.is_in());
        assert!(!Membership::Excluded.is_in() && !Membership::NotIn.is_in());
        assert_eq!(
            (rule.choice(), Membership::ByHand.choice()),
            (MembershipChoice::AsRules, MembershipChoice::In)
        );
    }
}
