//! Opportunities: the board, and what people do with them. Whoever lacks the scope of everybody's sees and touches only what is
//! theirs, and what is in a pipeline that somebody may not see is not there for them.

mod assign;
mod board;
mod change;
mod choices;
mod create;
mod delete;
mod find;
mod move_to;
mod owner;

pub use assign::assign;
pub use board::{board, column_page};
pub use change::change;
pub use choices::choices;
pub use create::create;
pub use delete::delete;
pub use find::find;
pub use move_to::move_to;

use domain::{
    OpportunityId, Refusal,
    activity::{Event, OpportunityAct},
    pipelines::OpportunityDetails,
};

use super::{queries, sight::Sight};
use crate::{Access, Backend, Result, activity, db::Tx};

/// One that the actor may see, held until the transaction ends so that nothing that is decided upon changes.
///
/// # Errors
/// [`Refusal::NotFound`].
async fn held(tx: &mut Tx, access: &Access, id: OpportunityId) -> Result<OpportunityDetails> {
    queries::opportunity::lock(tx, access.account(), id).await?;
    let found = queries::opportunity::find(tx, access.account(), id, Sight::of(access)).await?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Records what was done; call it last.
async fn record(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    opportunity: OpportunityId,
    name: String,
    did: OpportunityAct,
) -> Result<()> {
    activity::record(tx, access, backend.clock.now(), &Event::Opportunity { opportunity, name, did }).await
}
