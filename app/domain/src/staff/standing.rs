//! What may become of a member, whoever asks: an account keeps an active Admin, and nobody acts on somebody who may do more.

use super::MemberState;
use crate::{
    PermissionSet, Refusal, Role,
    permissions::{Assignment, may_give},
};

/// What counts about a member when somebody changes their place in the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub role: Role,
    pub state: MemberState,
    /// Whether the account has an active Admin beside this member, seen under the account's lock.
    pub another_admin: bool,
}

impl Standing {
    /// Gives the member another role.
    ///
    /// # Errors
    /// [`Refusal::NotActive`] when they are gone, [`Refusal::LastAdmin`].
    pub fn with_role(self, role: Role) -> Result<Self, Refusal> {
        if self.state == MemberState::Removed {
            return Err(Refusal::NotActive);
        }
        self.becoming(Self { role, ..self })
    }

    /// Shuts the member out for now. Somebody shut out already stays so.
    ///
    /// # Errors
    /// [`Refusal::NotActive`] when they are gone, [`Refusal::LastAdmin`].
    pub fn deactivated(self) -> Result<Self, Refusal> {
        match self.state {
            MemberState::Removed => Err(Refusal::NotActive),
            _ => self.becoming(Self { state: MemberState::Deactivated, ..self }),
        }
    }

    /// Lets the member in again. Somebody active stays so.
    ///
    /// # Errors
    /// [`Refusal::NotActive`] when they are gone: they are invited again instead.
    pub fn reactivated(self) -> Result<Self, Refusal> {
        match self.state {
            MemberState::Removed => Err(Refusal::NotActive),
            _ => Ok(Self { state: MemberState::Active, ..self }),
        }
    }

    /// Takes the member out of the account. Somebody gone stays gone.
    ///
    /// # Errors
    /// [`Refusal::LastAdmin`].
    pub fn removed(self) -> Result<Self, Refusal> {
        self.becoming(Self { state: MemberState::Removed, ..self })
    }

    fn becoming(self, after: Self) -> Result<Self, Refusal> {
        let loses_an_admin = self.is_active_admin() && !after.is_active_admin();
        if loses_an_admin && !self.another_admin { Err(Refusal::LastAdmin) } else { Ok(after) }
    }

    const fn is_active_admin(self) -> bool {
        matches!((self.role, self.state), (Role::Admin, MemberState::Active))
    }
}

/// Whether somebody who holds `own` may change, shut out or let in a member with this assignment: only who holds at least as much.
///
/// # Errors
/// [`Refusal::PermissionMissing`] naming what is lacking.
pub fn may_act_on(own: PermissionSet, theirs: &Assignment) -> Result<(), Refusal> {
    may_give(own, theirs)
}

/// Whether somebody who holds `own` may give a member with the assignment `from` the assignment `to`.
///
/// # Errors
/// [`Refusal::PermissionMissing`] naming what is lacking.
pub fn may_reassign(own: PermissionSet, from: &Assignment, to: &Assignment) -> Result<(), Refusal> {
    may_give(own, from)?;
    may_give(own, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Permission;

    const STATES: [MemberState; 3] = [MemberState::Active, MemberState::Deactivated, MemberState::Removed];

    fn everybody() -> impl Iterator<Item = Standing> {
        Role::ALL.into_iter().flat_map(|role| {
            STATES.into_iter().flat_map(move |state| {
                [true, false].map(|another_admin| Standing { role, state, another_admin })
            })
        })
    }

    fn ways_out(standing: Standing) -> [Result<Standing, Refusal>; 3] {
        [standing.with_role(Role::User), standing.deactivated(), standing.removed()]
    }

    #[test]
    fn no_way_out_leaves_an_account_without_an_active_admin() {
        let mut last_admins = 0;
        for standing in everybody() {
            let had = standing.is_active_admin() || standing.another_admin;
            for after in ways_out(standing).into_iter().flatten() {
                assert_eq!(had, after.is_active_admin() || standing.another_admin, "{standing:?} {after:?}");
            }
            if standing.is_active_admin() && !standing.another_admin {
                last_admins += 1;
                assert!(ways_out(standing).iter().all(|way| *way == Err(Refusal::LastAdmin)));
            }
        }
        assert_eq!(last_admins, 1);
    }

    #[test]
    fn somebody_gone_never_comes_back_but_by_invitation() {
        for standing in everybody().filter(|standing| standing.state == MemberState::Removed) {
            assert_eq!(standing.reactivated(), Err(Refusal::NotActive));
            assert_eq!(standing.deactivated(), Err(Refusal::NotActive));
            assert_eq!(standing.with_role(Role::Admin), Err(Refusal::NotActive));
            assert_eq!(standing.removed(), Ok(standing));
        }
    }

    #[test]
    fn every_step_repeated_changes_nothing_more() {
        let steps = [Standing::deactivated, Standing::reactivated, Standing::removed];
        for standing in everybody() {
            for step in steps {
                if let Ok(after) = step(standing) {
                    assert_eq!(step(after), Ok(after), "{standing:?}");
                }
            }
        }
    }

    #[test]
    fn who_holds_less_than_an_admin_touches_no_admin() {
        let everything = PermissionSet::everything();
        let (admin, user) = (Assignment::of_role(Role::Admin), Assignment::of_role(Role::User));
        assert_eq!(may_act_on(everything, &admin), Ok(()));
        for lacking in Permission::ALL {
            let own = everything.without(PermissionSet::of(&[*lacking]));
            let refused = |result| matches!(result, Err(Refusal::PermissionMissing(_)));
            assert!(refused(may_act_on(own, &admin)), "{lacking:?}");
            assert!(refused(may_reassign(own, &admin, &user)), "{lacking:?}");
            assert!(refused(may_reassign(own, &user, &admin)), "{lacking:?}");
        }
        let user_editing_staff = Role::User.permissions().with(Permission::SettingsEditStaff);
        assert_eq!(may_act_on(user_editing_staff, &user), Ok(()));
    }
}
