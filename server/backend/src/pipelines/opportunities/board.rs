use domain::{
    Permission, PipelineId, Refusal, StageId,
    pipelines::{Board, BoardColumn, BoardFilter, ColumnPage},
};

use super::{Sight, queries};
use crate::{
    Access, Backend, Result,
    db::Tx,
    pipelines::queries::board::{Asked, cards, columns},
    search::searched,
};

/// People whom a board offers to filter by.
const OWNERS: i64 = 200;

/// A pipeline with the first cards of each of its stages, and how many there are and what they are worth in all.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for a pipeline that one may not see.
pub async fn board(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    filter: &BoardFilter,
) -> Result<Board> {
    access.require(Permission::OpportunitiesView)?;
    let (account, sight) = (access.account(), Sight::of(access));
    let filter = &BoardFilter { search: searched(&filter.search), ..filter.clone() };
    let mut tx = backend.db.tenant_filtering(account).await?;
    let seen = queries::pipeline::seen(&mut tx, account, pipeline, sight).await?;
    let (pipeline, currency) = seen.ok_or(Refusal::NotFound)?;
    let asked = Asked { pipeline: pipeline.id, stage: None, sight, filter };
    let columns = filled(&mut tx, access, &asked, 0).await?;
    let owners = match sight.owner {
        Some(_) => vec![],
        None => queries::owner::of_pipeline(&mut tx, account, pipeline.id, OWNERS).await?,
    };
    tx.commit().await?;
    Ok(Board { pipeline, currency, columns, owners })
}

/// More of one stage: its cards from `offset` on, with the totals as of now.
///
/// # Errors
/// As [`board`]; [`Refusal::NotFound`] also for a stage of another pipeline.
pub async fn column_page(
    backend: &Backend,
    access: &Access,
    pipeline: PipelineId,
    stage: StageId,
    filter: &BoardFilter,
    offset: u32,
) -> Result<ColumnPage> {
    access.require(Permission::OpportunitiesView)?;
    let (account, sight) = (access.account(), Sight::of(access));
    let filter = &BoardFilter { search: searched(&filter.search), ..filter.clone() };
    let mut tx = backend.db.tenant_filtering(account).await?;
    let seen = queries::pipeline::seen(&mut tx, account, pipeline, sight).await?;
    let (_, currency) = seen.ok_or(Refusal::NotFound)?;
    let asked = Asked { pipeline, stage: Some(stage), sight, filter };
    let column = filled(&mut tx, access, &asked, offset).await?.pop();
    tx.commit().await?;
    let column = column.ok_or(Refusal::NotFound)?;
    Ok(ColumnPage { currency, column })
}

async fn filled(tx: &mut Tx, access: &Access, asked: &Asked<'_>, offset: u32) -> Result<Vec<BoardColumn>> {
    let mut columns = columns(tx, access.account(), asked).await?;
    for (stage, card) in cards(tx, access.account(), asked, offset).await? {
        if let Some(column) = columns.iter_mut().find(|column| column.stage.id == stage) {
            column.cards.push(card);
        }
    }
    Ok(columns)
}
