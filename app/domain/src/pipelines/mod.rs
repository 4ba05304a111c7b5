//! Pipelines: what they are called, their stages, who is in them, and the opportunities on their way through them.

mod board;
mod membership;
mod opportunity;
mod order;
mod pipeline;
mod stage;

pub use crate::colour::Colour as StageColour;
pub use board::{Board, BoardColumn, BoardFilter, CARDS_PER_COLUMN, Card, ColumnPage, Owner, OwnerFilter};
pub use membership::{Membership, MembershipChoice, PeopleFilter, PipelinePerson};
pub use opportunity::{
    CONTACT_NAME_MAX_CHARS, FirstOwner, OPPORTUNITY_NAME_MAX_CHARS, OWNED_BY_NOBODY, Opportunity,
    OpportunityChoices, OpportunityDetails, OpportunityForm, VALUE_CENTS_MAX, check_opportunity,
};
pub use order::moved;
pub use pipeline::{
    PIPELINE_NAME_MAX_CHARS, PIPELINES_MAX, Pipeline, PipelineDeletion, PipelineDetails, PipelineForm,
    PipelineRow, PipelineRule, check_pipeline, check_pipeline_name,
};
pub use stage::{
    DEFAULT_STAGES, STAGE_NAME_MAX_CHARS, STAGES_MAX, Stage, StageForm, StageRow, StageWords, check_stage,
};
