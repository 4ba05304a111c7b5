use chrono::{DateTime, Utc};
use domain::{
    AccountId, InvitationId, MemberId, Permission, PipelineId, Problem, Refusal,
    staff::{EmployeeForm, NO_PLACE, NamedPlace, Place, PlaceChoice, check_places},
};

use super::queries::{self, invitation::StoredInvitation};
use crate::{Access, Backend, Result, db::Tx, permissions, pipelines};

/// Where somebody new could be put, and who is there already. Empty when there is nowhere, or when the inviter may put nobody anywhere:
/// then nothing is asked.
///
/// # Errors
/// [`Refusal::PermissionMissing`].
pub async fn place_choices(backend: &Backend, access: &Access) -> Result<Vec<PlaceChoice>> {
    access.require(Permission::SettingsInviteStaff)?;
    if !may_place(access) {
        return Ok(vec![]);
    }
    let mut tx = backend.db.tenant(access.account()).await?;
    let choices = pipelines::place_choices(&mut tx, access.account()).await?;
    tx.commit().await?;
    Ok(choices)
}

pub(super) fn may_place(access: &Access) -> bool {
    access.permissions().contains(Permission::OpportunitiesManagePipelines)
}

/// Where somebody is to be, as it was answered.
pub(super) struct Answer(Vec<NamedPlace>);

impl Answer {
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|place| place.name.clone()).collect()
    }

    /// Puts it in the place of what was said before; `by` stands behind it.
    pub async fn write(
        &self,
        tx: &mut Tx,
        account: AccountId,
        invitation: InvitationId,
        by: MemberId,
    ) -> Result<()> {
        queries::places::put(tx, account, invitation, by, &pipelines_of(&self.0)).await
    }
}

/// Where somebody can be put by whoever is asked; none when they may put nobody anywhere.
pub(super) struct Asked(Option<Vec<NamedPlace>>);

impl Asked {
    pub async fn of(tx: &mut Tx, access: &Access) -> Result<Self> {
        Ok(Self(if may_place(access) {
            Some(pipelines::named_places(tx, access.account()).await?)
        } else {
            None
        }))
    }

    /// The answer that a form gives. It has to give one where the question was asked; none where it was not: then what somebody else
    /// said stays.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for `places`; [`Refusal::PermissionMissing`] to put somebody into a pipeline without managing them.
    pub fn answer(self, form: &EmployeeForm) -> Result<Option<Answer>, Refusal> {
        let Some(there) = self.0 else {
            return match form.places.iter().all(|key| key == NO_PLACE) {
                true => Ok(None),
                false => Err(Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines)),
            };
        };
        if there.is_empty() && form.places.is_empty() {
            return Ok(None);
        }
        let chosen = check_places(&form.places).map_err(|problem| Refusal::field("places", problem))?;
        let places: Vec<_> = there.into_iter().filter(|place| chosen.contains(&place.place)).collect();
        if places.len() < chosen.len() {
            return Err(Refusal::field("places", Problem::InvalidChoice));
        }
        Ok(Some(Answer(places)))
    }
}

/// Where an invitation puts somebody now. Whoever said so may not be allowed to any more: then it is nowhere.
pub(super) async fn backed(
    tx: &mut Tx,
    account: AccountId,
    invitation: &StoredInvitation,
    now: DateTime<Utc>,
) -> Result<Vec<PipelineId>> {
    let places = &invitation.details.places;
    let Some(by) = invitation.places_answered_by.filter(|_| !places.is_empty()) else { return Ok(vec![]) };
    let by = permissions::access_now(tx, account, by, now).await?;
    Ok(if by.as_ref().is_some_and(may_place) { pipelines_of(places) } else { vec![] })
}

fn pipelines_of(places: &[NamedPlace]) -> Vec<PipelineId> {
    places.iter().map(|NamedPlace { place: Place::Pipeline(id), .. }| *id).collect()
}
