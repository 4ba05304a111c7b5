mod add;
mod change;
mod delete;
mod reorder;

pub use add::add_stage;
pub use change::change_stage;
pub use delete::delete_stage;
pub use reorder::move_stage;

use domain::{PipelineId, Refusal, StageId, pipelines::Stage};

use super::queries;
use crate::{Access, Result, db::Tx};

/// A stage of this pipeline.
///
/// # Errors
/// [`Refusal::NotFound`], also for a stage of another pipeline.
async fn stage_of(tx: &mut Tx, access: &Access, pipeline: PipelineId, stage: StageId) -> Result<Stage> {
    let found = queries::stage::find(tx, access.account(), pipeline, stage).await?;
    Ok(found.ok_or(Refusal::NotFound)?)
}
