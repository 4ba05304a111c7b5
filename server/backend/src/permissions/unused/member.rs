use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, MemberId, Permission, PermissionSet, ProfileId,
    permissions::{Given, Held, Kept, KeptBy, Known, ProfileState, Unused, unused},
};
use uuid::Uuid;

use super::{super::queries, Calendar};
use crate::{Access, Backend, Result, db::Tx};

/// How somebody uses what they may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MemberUse {
    /// Since when they have had their role and profile without a change of either.
    pub given_since: Option<DateTime<Utc>>,
    /// What is not kept on purpose.
    pub unused: Vec<Unused>,
    /// What they themselves keep on purpose; what their profile keeps is told there.
    pub kept: Vec<Kept>,
}

/// The use of all these people, in as many statements as of one.
pub(crate) async fn by_member(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
    members: &[MemberId],
) -> Result<HashMap<MemberId, MemberUse>> {
    let calendar = Calendar::of(tx, account, now).await?;
    let ids: Vec<Uuid> = members.iter().map(|member| member.0).collect();
    let given = by_key(queries::given::since(tx, account, &ids, calendar.from).await?);
    let profiles: Vec<Uuid> =
        given.values().flatten().filter_map(|given| Some(given.choice.profile?.0)).collect();
    let states =
        queries::version::states_since(tx, account, &distinct(profiles.clone()), calendar.from).await?;
    let last = queries::uses::last_by_members(tx, account, &ids, PermissionSet::SEEN_BY_STEWARD).await?;
    let last: HashMap<_, _> = last.into_iter().map(|(who, what, day)| ((who, what), day)).collect();
    let kept = by_key(queries::kept::of(tx, account, &profiles, &ids).await?);
    let told = Told { calendar, states, last, kept };
    Ok(given.into_iter().map(|(member, given)| (member, told.of(member, &given))).collect())
}

/// What one person holds and has not used, and is not kept on purpose. People may always ask about themselves.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] without the permission to review access.
pub async fn member_unused(backend: &Backend, access: &Access, member: MemberId) -> Result<Vec<Unused>> {
    if access.member_id() != Some(member) {
        access.require_unnoted(Permission::ReviewAccess)?;
    }
    let mut tx = backend.db.tenant(access.account()).await?;
    let uses = by_member(&mut tx, access.account(), backend.clock.now(), &[member]).await?;
    tx.commit().await?;
    Ok(uses.into_values().flat_map(|member_use| member_use.unused).collect())
}

/// What is known about everybody.
struct Told {
    calendar: Calendar,
    states: HashMap<ProfileId, Vec<ProfileState>>,
    last: HashMap<(MemberId, Permission), NaiveDate>,
    kept: HashMap<KeptBy, Vec<Kept>>,
}

impl Told {
    fn of(&self, member: MemberId, given: &[Given]) -> MemberUse {
        let held = Held::by_person(given, &self.states);
        let seen = held.now().intersection(PermissionSet::SEEN_BY_STEWARD);
        let known = |permission| {
            let held_since = self.calendar.day(held.since(permission)?);
            Some(Known { permission, held_since, last_used: self.last.get(&(member, permission)).copied() })
        };
        let known: Vec<_> = seen.iter().filter_map(known).collect();
        let kept_by = |whose| self.kept.get(&whose).cloned().unwrap_or_default();
        let own = kept_by(KeptBy::Member(member));
        let profile = given.last().and_then(|given| given.choice.profile);
        let of_profile = profile.map(|profile| kept_by(KeptBy::Profile(profile))).unwrap_or_default();
        let is_kept =
            |found: &Unused| own.iter().chain(&of_profile).any(|kept| kept.permission == found.permission);
        let found = match self.calendar.recorded_since {
            Some(since) => unused(self.calendar.today, since, held.now(), &known),
            None => vec![],
        };
        MemberUse {
            given_since: unchanged_since(given),
            unused: found.into_iter().filter(|found| !is_kept(found)).collect(),
            kept: own,
        }
    }
}

/// The start of the last run of the same choice, as far as it was looked back.
fn unchanged_since(given: &[Given]) -> Option<DateTime<Utc>> {
    let now = given.last()?;
    given.iter().rev().take_while(|before| before.choice == now.choice).last().map(|first| first.since)
}

fn by_key<K: std::hash::Hash + Eq, V>(pairs: Vec<(K, V)>) -> HashMap<K, Vec<V>> {
    let mut map: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in pairs {
        map.entry(key).or_default().push(value);
    }
    map
}

fn distinct(mut ids: Vec<Uuid>) -> Vec<Uuid> {
    ids.sort_unstable();
    ids.dedup();
    ids
}
