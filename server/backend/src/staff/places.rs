use domain::{
    AccountId, InvitationId, Permission, PipelineId, Problem, Refusal,
    staff::{EmployeeForm, NO_PLACE, NamedPlace, Place, PlaceChoice, check_places},
};

use super::queries;
use crate::{Access, Backend, Result, db::Tx, pipelines};

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

/// Where somebody is to be.
pub(super) struct Answer {
    /// Whether anything was asked.
    pub is_given: bool,
    pub places: Vec<NamedPlace>,
}

impl Answer {
    /// Where nobody was asked.
    pub fn none() -> Self {
        Self { is_given: false, places: vec![] }
    }

    pub fn names(&self) -> Vec<String> {
        self.places.iter().map(|place| place.name.clone()).collect()
    }

    pub async fn write(&self, tx: &mut Tx, account: AccountId, invitation: InvitationId) -> Result<()> {
        queries::places::put(tx, account, invitation, self.is_given, &pipelines_of(&self.places)).await
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

    /// The answer that a form gives. It has to give one where the question was asked.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for `places`; [`Refusal::PermissionMissing`] to put somebody into a pipeline without managing them.
    pub fn answer(self, form: &EmployeeForm) -> Result<Answer, Refusal> {
        let Some(there) = self.0 else {
            return match form.places.iter().all(|key| key == NO_PLACE) {
                true => Ok(Answer::none()),
                false => Err(Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines)),
            };
        };
        if there.is_empty() && form.places.is_empty() {
            return Ok(Answer::none());
        }
        let chosen = check_places(&form.places).map_err(|problem| Refusal::field("places", problem))?;
        let places: Vec<_> = there.into_iter().filter(|place| chosen.contains(&place.place)).collect();
        if places.len() < chosen.len() {
            return Err(Refusal::field("places", Problem::InvalidChoice));
        }
        Ok(Answer { is_given: true, places })
    }
}

pub(super) fn pipelines_of(places: &[NamedPlace]) -> Vec<PipelineId> {
    places.iter().map(|NamedPlace { place: Place::Pipeline(id), .. }| *id).collect()
}
