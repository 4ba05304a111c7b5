use chrono::{DateTime, Utc};
use domain::{
    AccountId, CalendarId, InvitationId, MemberId, Permission, PermissionSet, PipelineId, Problem, Refusal,
    activity::{Change, changes},
    staff::{
        Answered, InvitationDetails, MemberForm, Moves, NO_PLACE, NamedPlace, Place, PlaceChoice,
        ProfilePlaces, check_places,
    },
};

use super::queries::{self, invitation::StoredInvitation};
use crate::{Access, Backend, Result, calendars, db::Tx, permissions, pipelines};

/// Where somebody new could be put, and who is there already. Empty when there is nowhere, or when the inviter may put nobody anywhere:
/// then nothing is asked.
///
/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn place_choices(backend: &Backend, access: &Access) -> Result<Vec<PlaceChoice>> {
    access.require(Permission::SettingsInviteStaff)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let choices = choices(&mut tx, access, None).await?;
    tx.commit().await?;
    Ok(choices)
}

/// Where somebody of the account could be put, where they are, and which of their colleagues are there. Empty as for [`place_choices`].
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`].
pub async fn member_places(backend: &Backend, access: &Access, member: MemberId) -> Result<Vec<PlaceChoice>> {
    access.require(Permission::SettingsEditStaff)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    queries::member::details(&mut tx, account, member, now).await?.ok_or(Refusal::NotFound)?;
    let choices = choices(&mut tx, access, Some(member)).await?;
    tx.commit().await?;
    Ok(choices)
}

/// Where the profile of this name takes people by itself, and where most who hold it are, as far as one may put people there.
///
/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn profile_places(backend: &Backend, access: &Access, profile: &str) -> Result<ProfilePlaces> {
    access.require_unnoted(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let choices = choices(&mut tx, access, None).await?;
    tx.commit().await?;
    Ok(ProfilePlaces::of(profile, choices))
}

async fn choices(tx: &mut Tx, access: &Access, member: Option<MemberId>) -> Result<Vec<PlaceChoice>> {
    let mut choices = pipelines::place_choices(tx, access, member).await?;
    choices.extend(calendars::place_choices(tx, access, member).await?);
    Ok(choices)
}

/// Where people can be put by whoever is asked; nowhere when they may put nobody anywhere.
pub(super) struct Asked {
    there: Vec<NamedPlace>,
    may: PermissionSet,
}

impl Asked {
    pub async fn of(tx: &mut Tx, access: &Access) -> Result<Self> {
        let mut there = pipelines::named_places(tx, access).await?;
        there.extend(calendars::named_places(tx, access).await?);
        Ok(Self { there, may: access.permissions() })
    }

    /// The answer that a form gives about somebody new. It has to give one where the question was asked; none where it was not: then
    /// what somebody else said stays.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for `places`; [`Refusal::PermissionMissing`] for a place into which one may put nobody.
    pub fn answer(self, typed: &[String]) -> Result<Option<Answer>, Refusal> {
        if self.there.is_empty() && typed.iter().all(|key| key == NO_PLACE) {
            return Ok(None);
        }
        let chosen = check_places(typed).map_err(|problem| Refusal::field("places", problem))?;
        self.require_there(&chosen)?;
        Ok(Some(Answer { asked: self.there, chosen }))
    }

    /// What a form changes about somebody of the account. Where they are taken out of is gone where it is not there any more.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub fn moves(self, typed: &MemberForm) -> Result<Moving, Refusal> {
        let moves = Moves::check(&typed.places, &typed.shown_places)
            .map_err(|problem| Refusal::field("places", problem))?;
        self.require_there(&moves.joined)?;
        let left = moves.left.into_iter().filter(|place| self.has(*place)).collect();
        Ok(Moving { asked: self.there, moves: Moves { left, ..moves } })
    }

    /// The answer of before, as far as it can still be given; none where nothing would be asked any more.
    pub fn again(self, chosen: &[NamedPlace]) -> Option<Answer> {
        let chosen = chosen.iter().map(|place| place.place).filter(|place| self.has(*place)).collect();
        (!self.there.is_empty()).then_some(Answer { asked: self.there, chosen })
    }

    pub fn has(&self, place: Place) -> bool {
        self.there.iter().any(|there| there.place == place)
    }

    fn require_there(&self, places: &[Place]) -> Result<(), Refusal> {
        match places.iter().find(|place| !self.has(**place)) {
            Some(absent) => Err(match lacking(self.may, *absent) {
                Some(permission) => Refusal::PermissionMissing(permission),
                None => Refusal::field("places", Problem::InvalidChoice),
            }),
            None => Ok(()),
        }
    }
}

/// What it takes to put anybody into a place of this kind, where that is lacking altogether.
fn lacking(may: PermissionSet, place: Place) -> Option<Permission> {
    let any_of: &[Permission] = match place {
        Place::Pipeline(_) => &[Permission::OpportunitiesManagePipelines],
        Place::Calendar(_) => &[Permission::CalendarsManageRoundRobin, Permission::CalendarsManage],
    };
    any_of.first().copied().filter(|_| !any_of.iter().any(|permission| may.contains(*permission)))
}

/// Where somebody new is to be, as it was answered.
pub(super) struct Answer {
    asked: Vec<NamedPlace>,
    chosen: Vec<Place>,
}

impl Answer {
    pub fn places(&self) -> Vec<NamedPlace> {
        self.asked.iter().filter(|place| self.chosen.contains(&place.place)).cloned().collect()
    }

    pub fn names(&self) -> Vec<String> {
        self.places().into_iter().map(|place| place.name).collect()
    }

    /// What it changes about an invitation, in words. Nowhere is an answer as well: it is another than none.
    pub fn differs_from(&self, before: &InvitationDetails) -> Vec<Change> {
        let was = |place: Place| before.places.iter().any(|known| known.place == place);
        told_changes(&self.asked, was, |place| self.chosen.contains(&place), before.answered)
    }

    /// Puts it in the place of what was said before about what is asked; `by` stands behind it.
    pub async fn write(
        &self,
        tx: &mut Tx,
        account: AccountId,
        invitation: InvitationId,
        by: MemberId,
    ) -> Result<()> {
        let asked: Vec<_> = self.asked.iter().map(|place| place.place).collect();
        let (asked, chosen) = (Sorted::of(&asked), Sorted::of(&self.chosen));
        if !asked.pipelines.is_empty() {
            queries::places::put_pipelines(tx, account, invitation, by, &chosen.pipelines).await?;
        }
        if !asked.calendars.is_empty() {
            let (asked, chosen) = (&asked.calendars, &chosen.calendars);
            queries::places::put_calendars(tx, account, invitation, by, asked, chosen).await?;
        }
        Ok(())
    }
}

/// What changes about where somebody of the account is.
pub(super) struct Moving {
    asked: Vec<NamedPlace>,
    moves: Moves,
}

impl Moving {
    pub fn is_empty(&self) -> bool {
        self.moves.is_empty()
    }

    /// Does it, once they have what they are given; answers what changed by hand, in words.
    pub async fn make(
        &self,
        tx: &mut Tx,
        account: AccountId,
        member: MemberId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Change>> {
        if self.is_empty() {
            return Ok(vec![]);
        }
        let before = by_hand(tx, account, member).await?;
        let left = Sorted::of(&self.moves.left);
        pipelines::let_go(tx, account, member, &left.pipelines).await?;
        calendars::let_go(tx, account, member, &left.calendars).await?;
        put(tx, account, member, &self.moves.joined, now).await?;
        let after = by_hand(tx, account, member).await?;
        let known = Answered { pipelines: true, calendars: true };
        let (was, is) = (|place| before.contains(&place), |place| after.contains(&place));
        Ok(told_changes(&self.asked, was, is, known))
    }
}

async fn by_hand(tx: &mut Tx, account: AccountId, member: MemberId) -> Result<Vec<Place>> {
    let pipelines = pipelines::by_hand(tx, account, member).await?.into_iter().map(Place::Pipeline);
    let calendars = calendars::by_hand(tx, account, member).await?.into_iter().map(Place::Calendar);
    Ok(pipelines.chain(calendars).collect())
}

/// Puts somebody into these places, by hand; answers the names of those that are still there.
pub(super) async fn put(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    places: &[Place],
    now: DateTime<Utc>,
) -> Result<Vec<String>> {
    let Sorted { pipelines, calendars } = Sorted::of(places);
    let mut names = vec![];
    if !pipelines.is_empty() {
        names.extend(pipelines::let_in(tx, account, member, &pipelines).await?);
    }
    if !calendars.is_empty() {
        names.extend(calendars::let_in(tx, account, member, &calendars, now).await?);
    }
    Ok(names)
}

/// Where an invitation puts somebody now. Whoever said so may not be allowed to any more: then it is not there.
pub(super) async fn backed(
    tx: &mut Tx,
    account: AccountId,
    invitation: &StoredInvitation,
    now: DateTime<Utc>,
) -> Result<Vec<Place>> {
    let mut by: Vec<_> = invitation.answered_by.iter().map(|(_, by)| *by).collect();
    by.sort_unstable();
    by.dedup();
    let mut backed = vec![];
    for by in by {
        let Some(access) = permissions::access_now(tx, account, by, now).await? else { continue };
        let asked = Asked::of(tx, &access).await?;
        let said = invitation.answered_by.iter().filter(|(_, answered_by)| *answered_by == by);
        backed.extend(said.map(|(place, _)| *place).filter(|place| asked.has(*place)));
    }
    Ok(backed)
}

/// Places of the two kinds apart.
struct Sorted {
    pipelines: Vec<PipelineId>,
    calendars: Vec<CalendarId>,
}

impl Sorted {
    fn of(places: &[Place]) -> Self {
        let mut sorted = Self { pipelines: vec![], calendars: vec![] };
        for place in places {
            match place {
                Place::Pipeline(id) => sorted.pipelines.push(*id),
                Place::Calendar(id) => sorted.calendars.push(*id),
            }
        }
        sorted
    }
}

/// In which of the places that are asked about somebody was, and in which they are, in words, each kind apart; `known` is of which
/// kinds something was known before.
fn told_changes(
    asked: &[NamedPlace],
    was: impl Fn(Place) -> bool,
    is: impl Fn(Place) -> bool,
    known: Answered,
) -> Vec<Change> {
    let told = |of_kind: &[&NamedPlace], holds: &dyn Fn(Place) -> bool| {
        let names: Vec<_> =
            of_kind.iter().filter(|place| holds(place.place)).map(|place| place.name.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let kind = |what, of_kind: &[&NamedPlace]| match of_kind {
        [] => vec![],
        [first, ..] => {
            let before = if known.about(first.place) { told(of_kind, &was) } else { String::new() };
            changes(&[(what, before, told(of_kind, &is))])
        }
    };
    let (pipelines, calendars) =
        asked.iter().partition::<Vec<_>, _>(|place| matches!(place.place, Place::Pipeline(_)));
    [kind("pipelines", &pipelines), kind("calendars", &calendars)].concat()
}
