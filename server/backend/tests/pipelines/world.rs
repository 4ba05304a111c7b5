//! What the tests of this area do again and again.

use backend::{
    Access, permissions,
    pipelines::{self, opportunities},
};
use domain::{
    MemberId, OpportunityId, Permission as P, PermissionSet, PipelineId, ProfileId, StageId,
    pipelines::{
        Board, BoardFilter, MembershipChoice, OpportunityDetails, OpportunityForm, PeopleFilter, Pipeline,
        PipelineDetails, PipelineForm,
    },
};

use crate::support::{Person, World};

/// What somebody does with opportunities who sells: everything but managing pipelines, and only their own.
pub const SELLER: PermissionSet = PermissionSet::of(&[
    P::OpportunitiesView,
    P::OpportunitiesCreate,
    P::OpportunitiesEdit,
    P::OpportunitiesMoveStage,
    P::OpportunitiesSeeValue,
    P::OpportunitiesChangeValue,
    P::OpportunitiesAssign,
    P::OpportunitiesDelete,
]);
/// The same, with everybody's.
pub const LEAD: PermissionSet = SELLER.with(P::OpportunitiesAllRecords);

/// A pipeline with its stages.
pub struct Made {
    pub id: PipelineId,
    pub stages: Vec<StageId>,
}

pub fn form(name: &str, value: &str, owner: Option<MemberId>) -> OpportunityForm {
    OpportunityForm {
        name: name.into(),
        contact_name: "Ann Archer".into(),
        contact_email: "ann@clients.example.com".into(),
        value: Some(value.into()),
        owner: owner.map(|owner| owner.to_string()).unwrap_or_default(),
    }
}

impl World {
    /// A pipeline of Olive's with the usual four stages.
    pub async fn pipeline(&self, name: &str) -> Made {
        self.pipeline_of(self.olive(), name).await
    }

    pub async fn pipeline_of(&self, admin: &Person, name: &str) -> Made {
        let form = PipelineForm { name: name.into(), ..PipelineForm::default() };
        let Pipeline { id, .. } = pipelines::create(&self.backend, &admin.access, &form).await.unwrap();
        let filter = PeopleFilter::default();
        let shown = pipelines::show(&self.backend, &admin.access, id, &filter).await.unwrap();
        Made { id, stages: shown.stages.iter().map(|row| row.stage.id).collect() }
    }

    /// Its settings as Olive sees them.
    pub async fn shown(&self, pipeline: &Made) -> PipelineDetails {
        let filter = PeopleFilter::default();
        pipelines::show(&self.backend, &self.olive().access, pipeline.id, &filter).await.unwrap()
    }

    pub async fn set(&self, pipeline: &Made, member: MemberId, choice: MembershipChoice) {
        let olive = &self.olive().access;
        pipelines::set_member(&self.backend, olive, pipeline.id, member, choice).await.unwrap();
    }

    /// Lets somebody into the pipeline with exactly these permissions; answers their access and their profile.
    pub async fn let_in(&self, person: &Person, pipeline: &Made, set: PermissionSet) -> (Access, ProfileId) {
        self.set(pipeline, person.member_id, MembershipChoice::In).await;
        let profile = self.profile(&format!("As {}", person.email), set).await.id;
        (self.give(person, profile).await, profile)
    }

    /// Somebody's access with exactly these permissions instead.
    pub async fn with(&self, person: &Person, profile: ProfileId, set: PermissionSet) -> Access {
        self.arrange_profile(profile, set).await;
        self.access_again(person).await.unwrap()
    }

    /// An opportunity in the first stage, made by Olive.
    pub async fn opportunity(
        &self,
        pipeline: &Made,
        name: &str,
        value: &str,
        owner: Option<&Person>,
    ) -> OpportunityId {
        let olive = &self.olive().access;
        let form = form(name, value, owner.map(|owner| owner.member_id));
        opportunities::create(&self.backend, olive, pipeline.id, pipeline.stages[0], &form).await.unwrap()
    }

    pub async fn board(&self, access: &Access, pipeline: &Made) -> backend::Result<Board> {
        opportunities::board(&self.backend, access, pipeline.id, &BoardFilter::default()).await
    }

    /// As Olive sees it.
    pub async fn found(&self, id: OpportunityId) -> OpportunityDetails {
        opportunities::find(&self.backend, &self.olive().access, id).await.unwrap()
    }

    /// Takes a profile away, so that it is in nobody's hands.
    pub async fn take_profile(&self, person: &Person) {
        permissions::unassign(&self.backend, &self.olive().access, person.member_id).await.unwrap();
    }

    pub async fn last_told(&self) -> String {
        self.log(self.acme).await.pop().unwrap()
    }
}

/// The names on each column of a board.
pub fn names(board: &Board) -> Vec<Vec<&str>> {
    board.columns.iter().map(|column| column.cards.iter().map(|card| card.name.as_str()).collect()).collect()
}
