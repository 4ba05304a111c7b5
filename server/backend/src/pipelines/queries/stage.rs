use domain::{
    AccountId, MemberId, PipelineId, Problem, Refusal, StageId,
    account::Currency,
    pipelines::{Pipeline, Stage, StageRow, StageWords},
};
use uuid::Uuid;

use super::number;
use crate::{Error, Result, account, db::Tx, error::OnConstraint};

/// A stage and the pipeline it is of.
pub(in crate::pipelines) struct Place {
    pub stage: Stage,
    pub pipeline: Pipeline,
    pub currency: Currency,
}

pub(super) fn stage(id: Uuid, name: String, colour: &str, version: i32) -> Result<Stage> {
    let colour = colour.parse().map_err(|_| Error::internal(format!("a stage has the colour {colour:?}")))?;
    Ok(Stage { id: id.into(), name, colour, version })
}

pub(in crate::pipelines) async fn find(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    id: StageId,
) -> Result<Option<Stage>> {
    let row = sqlx::query!(
        "select id, name, colour, version from pipeline_stage
         where account_id = $1 and pipeline_id = $2 and id = $3",
        account.0,
        pipeline.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| stage(row.id, row.name, &row.colour, row.version)).transpose()
}

/// A stage into which something is about to be put: it is not deleted meanwhile. Ask before the opportunity's row is locked, as
/// whoever deletes a stage does. None where the viewer may not see the pipeline.
pub(in crate::pipelines) async fn hold(
    tx: &mut Tx,
    account: AccountId,
    id: StageId,
    viewer: Option<MemberId>,
) -> Result<Option<Place>> {
    let row = sqlx::query!(
        "select s.id, s.name, s.colour, s.version, p.id as pipeline_id, p.name as pipeline_name,
                p.version as pipeline_version, a.currency
         from pipeline_stage s
         join pipeline p on p.account_id = s.account_id and p.id = s.pipeline_id
         join account a on a.id = s.account_id
         where s.account_id = $1 and s.id = $2 and may_see_pipeline(s.account_id, s.pipeline_id, $3)
         for key share of s",
        account.0,
        id.0,
        viewer.map(Uuid::from),
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        Ok(Place {
            stage: stage(row.id, row.name, &row.colour, row.version)?,
            pipeline: Pipeline {
                id: row.pipeline_id.into(),
                name: row.pipeline_name,
                version: row.pipeline_version,
            },
            currency: account::currency(row.currency),
        })
    })
    .transpose()
}

/// Nothing is put into the stage from now on; what is being put there is waited for.
pub(in crate::pipelines) async fn close(tx: &mut Tx, account: AccountId, id: StageId) -> Result<()> {
    sqlx::query!("select from pipeline_stage where account_id = $1 and id = $2 for update", account.0, id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// As [`close`], for all stages of a pipeline.
pub(in crate::pipelines) async fn close_all(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
) -> Result<()> {
    sqlx::query!(
        "select from pipeline_stage where account_id = $1 and pipeline_id = $2 order by id for update",
        account.0,
        pipeline.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// In their order, with how many opportunities stand in each, whosever they are.
pub(in crate::pipelines) async fn with_counts(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
) -> Result<Vec<StageRow>> {
    let rows = sqlx::query!(
        r#"select s.id, s.name, s.colour, s.version,
                  (select count(*) from opportunity o
                   where o.account_id = s.account_id and o.pipeline_id = s.pipeline_id and o.stage_id = s.id) as "count!"
           from pipeline_stage s
           where s.account_id = $1 and s.pipeline_id = $2
           order by s.position, s.id"#,
        account.0,
        pipeline.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let opportunities = number(row.count)?;
            Ok(StageRow { stage: stage(row.id, row.name, &row.colour, row.version)?, opportunities })
        })
        .collect()
}

/// In their order.
pub(in crate::pipelines) async fn all(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
) -> Result<Vec<Stage>> {
    let rows = sqlx::query!(
        "select id, name, colour, version from pipeline_stage
         where account_id = $1 and pipeline_id = $2 order by position, id",
        account.0,
        pipeline.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| stage(row.id, row.name, &row.colour, row.version)).collect()
}

/// The pipelines but one, in their order, with their stages.
pub(in crate::pipelines) async fn of_others(
    tx: &mut Tx,
    account: AccountId,
    but: PipelineId,
) -> Result<Vec<(Pipeline, Vec<Stage>)>> {
    let rows = sqlx::query!(
        "select p.id as pipeline_id, p.name as pipeline_name, p.version as pipeline_version,
                s.id, s.name, s.colour, s.version
         from pipeline p
         join pipeline_stage s on s.account_id = p.account_id and s.pipeline_id = p.id
         where p.account_id = $1 and p.id <> $2
         order by p.position, p.id, s.position, s.id",
        account.0,
        but.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut others: Vec<(Pipeline, Vec<Stage>)> = vec![];
    for row in rows {
        let stage = stage(row.id, row.name, &row.colour, row.version)?;
        match others.last_mut() {
            Some((pipeline, stages)) if pipeline.id.0 == row.pipeline_id => stages.push(stage),
            _ => {
                let (id, name, version) = (row.pipeline_id.into(), row.pipeline_name, row.pipeline_version);
                others.push((Pipeline { id, name, version }, vec![stage]));
            }
        }
    }
    Ok(others)
}

pub(in crate::pipelines) async fn order(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
) -> Result<Vec<StageId>> {
    let ids = sqlx::query_scalar!(
        "select id from pipeline_stage where account_id = $1 and pipeline_id = $2 order by position, id",
        account.0,
        pipeline.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(StageId).collect())
}

pub(in crate::pipelines) async fn put_in_order(
    tx: &mut Tx,
    account: AccountId,
    order: &[StageId],
) -> Result<()> {
    let ids: Vec<Uuid> = order.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update pipeline_stage s set position = o.position
         from unnest($2::uuid[]) with ordinality as o (id, position)
         where s.account_id = $1 and s.id = o.id and s.position <> o.position",
        account.0,
        &ids,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Behind the others of the pipeline.
///
/// # Errors
/// [`Refusal::Invalid`] for `name` when another stage of the pipeline is called so.
pub(in crate::pipelines) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    id: StageId,
    words: &StageWords,
) -> Result<()> {
    sqlx::query!(
        "insert into pipeline_stage (account_id, pipeline_id, id, name, colour, position)
         select $1, $2, $3, $4, $5, coalesce(max(position), 0) + 1
         from pipeline_stage where account_id = $1 and pipeline_id = $2",
        account.0,
        pipeline.0,
        id.0,
        words.name,
        words.colour.key(),
    )
    .execute(&mut **tx)
    .await
    .on_constraint("pipeline_stage_name_unique", Refusal::field("name", Problem::NameTaken))?;
    Ok(())
}

/// # Errors
/// [`Refusal::Invalid`] for `name` when another stage of the pipeline is called so.
pub(in crate::pipelines) async fn change(tx: &mut Tx, account: AccountId, to: &Stage) -> Result<()> {
    sqlx::query!(
        "update pipeline_stage set name = $3, colour = $4, version = $5 where account_id = $1 and id = $2",
        account.0,
        to.id.0,
        to.name,
        to.colour.key(),
        to.version,
    )
    .execute(&mut **tx)
    .await
    .on_constraint("pipeline_stage_name_unique", Refusal::field("name", Problem::NameTaken))?;
    Ok(())
}

pub(in crate::pipelines) async fn delete(tx: &mut Tx, account: AccountId, id: StageId) -> Result<()> {
    sqlx::query!("delete from pipeline_stage where account_id = $1 and id = $2", account.0, id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
