use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    Permission, Problem, Refusal,
    staff::{MemberState, Standing},
};

/// How somebody's place ends, or what they left behind is given to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeavingWay {
    Deactivate,
    Remove,
    /// They go by themselves.
    Leave,
    /// They are out already and still hold something.
    HandOver,
}

impl LeavingWay {
    pub const ALL: [Self; 4] = [Self::Deactivate, Self::Remove, Self::Leave, Self::HandOver];

    /// As stored, sent, and in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Deactivate => "deactivate",
            Self::Remove => "remove",
            Self::Leave => "leave",
            Self::HandOver => "hand-over",
        }
    }

    /// What it takes to do this to somebody else, and to undo it. Leaving takes nothing, and is undone by whoever could remove them.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Deactivate | Self::HandOver => Permission::SettingsEditStaff,
            Self::Remove | Self::Leave => Permission::RemovePeople,
        }
    }

    /// What somebody is afterwards; none where that does not change.
    #[must_use]
    pub const fn state(self) -> Option<MemberState> {
        match self {
            Self::Deactivate => Some(MemberState::Deactivated),
            Self::Remove | Self::Leave => Some(MemberState::Removed),
            Self::HandOver => None,
        }
    }

    /// Where somebody stands afterwards.
    ///
    /// # Errors
    /// As [`Standing::deactivated`] and [`Standing::removed`]; [`Refusal::ChangedMeanwhile`] to hand over what somebody has who is back.
    pub fn after(self, before: Standing) -> Result<Standing, Refusal> {
        match self {
            Self::Deactivate => before.deactivated(),
            Self::Remove | Self::Leave => before.removed(),
            Self::HandOver if before.state == MemberState::Active => Err(Refusal::ChangedMeanwhile),
            Self::HandOver => Ok(before),
        }
    }
}

impl FromStr for LeavingWay {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|way| way.key() == key).ok_or(Problem::InvalidChoice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    #[test]
    fn each_way_ends_where_it_says_and_never_without_an_admin() {
        let uma = Standing { role: Role::User, state: MemberState::Active, another_admin: true };
        let state = |way: LeavingWay| way.after(uma).map(|after| after.state);
        assert_eq!(state(LeavingWay::Deactivate), Ok(MemberState::Deactivated));
        assert_eq!(state(LeavingWay::Remove), Ok(MemberState::Removed));
        assert_eq!(state(LeavingWay::Leave), Ok(MemberState::Removed));
        assert_eq!(state(LeavingWay::HandOver), Err(Refusal::ChangedMeanwhile), "she is there");
        let out = Standing { state: MemberState::Removed, ..uma };
        assert_eq!(LeavingWay::HandOver.after(out), Ok(out));
        for way in LeavingWay::ALL {
            assert_eq!(way.state(), state(way).ok(), "{way:?}");
        }
        let alone = Standing { role: Role::Admin, another_admin: false, ..uma };
        for way in [LeavingWay::Deactivate, LeavingWay::Remove, LeavingWay::Leave] {
            assert_eq!(way.after(alone), Err(Refusal::LastAdmin), "{way:?}");
        }
    }

    #[test]
    fn ways_come_back_from_addresses() {
        for way in LeavingWay::ALL {
            assert_eq!(way.key().parse(), Ok(way));
        }
        assert!("vanish".parse::<LeavingWay>().is_err());
    }
}
