//! Pipelines as columns of the matrix of people and places; `staff` asks.

use domain::{
    AccountId, MemberId, Permission, PipelineId,
    staff::{Crossing, MatrixCell, MatrixPlace},
};

use super::queries::crossing as queries;
use crate::{Access, Result, db::Tx};

/// All pipelines in their order; none for whoever may not see who is in them.
pub(crate) async fn matrix_places(tx: &mut Tx, access: &Access) -> Result<Vec<MatrixPlace>> {
    match access.permissions().contains(Permission::OpportunitiesManagePipelines) {
        true => queries::places(tx, access.account()).await,
        false => Ok(vec![]),
    }
}

/// What these people are in these pipelines, and what they own there, where there is something to say.
pub(crate) async fn matrix_cells(
    tx: &mut Tx,
    account: AccountId,
    pipelines: &[PipelineId],
    people: &[MemberId],
) -> Result<Vec<(Crossing, MatrixCell)>> {
    queries::cells(tx, account, pipelines, people).await
}
