use chrono::{DateTime, Utc};
use domain::{
    AccountId, PipelineId, Problem, Refusal,
    account::Currency,
    pipelines::{Pipeline, PipelineRow},
};
use uuid::Uuid;

use super::number;
use crate::{Result, account, db::Tx, error::OnConstraint, pipelines::sight::Sight};

pub(in crate::pipelines) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: PipelineId,
) -> Result<Option<Pipeline>> {
    let row = sqlx::query_as!(
        Pipeline,
        "select id, name, version from pipeline where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

/// A pipeline that may be seen, and what amounts in it are in.
pub(in crate::pipelines) async fn seen(
    tx: &mut Tx,
    account: AccountId,
    id: PipelineId,
    sight: Sight,
) -> Result<Option<(Pipeline, Currency)>> {
    let row = sqlx::query!(
        "select p.id, p.name, p.version, a.currency from pipeline p
         join account a on a.id = p.account_id
         where p.account_id = $1 and p.id = $2 and may_see_pipeline(p.account_id, p.id, $3)",
        account.0,
        id.0,
        sight.viewer.map(Uuid::from),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| {
        let pipeline = Pipeline { id: row.id.into(), name: row.name, version: row.version };
        (pipeline, account::currency(row.currency))
    }))
}

/// Those that may be seen, in their order, and nothing counted.
pub(in crate::pipelines) async fn names(
    tx: &mut Tx,
    account: AccountId,
    sight: Sight,
) -> Result<Vec<Pipeline>> {
    let rows = sqlx::query_as!(
        Pipeline,
        "select id, name, version from pipeline p
         where account_id = $1 and may_see_pipeline(account_id, id, $2) order by position, id",
        account.0,
        sight.viewer.map(Uuid::from),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// Those that may be seen, in their order.
pub(in crate::pipelines) async fn all(
    tx: &mut Tx,
    account: AccountId,
    sight: Sight,
) -> Result<Vec<PipelineRow>> {
    let rows = sqlx::query!(
        r#"select p.id, p.name, p.version,
                  (select count(*) from pipeline_stage s
                   where s.account_id = p.account_id and s.pipeline_id = p.id) as "stages!",
                  (select count(*) from pipeline_person i
                   where i.account_id = p.account_id and i.pipeline_id = p.id and i.is_in) as "people!",
                  (select count(*) from opportunity o
                   where o.account_id = p.account_id and o.pipeline_id = p.id
                     and ($3::uuid is null or o.owner_id = $3)) as "opportunities!"
           from pipeline p
           where p.account_id = $1 and may_see_pipeline(p.account_id, p.id, $2)
           order by p.position, p.id"#,
        account.0,
        sight.viewer.map(Uuid::from),
        sight.owner.map(Uuid::from),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PipelineRow {
                pipeline: Pipeline { id: row.id.into(), name: row.name, version: row.version },
                stages: number(row.stages)?,
                people: number(row.people)?,
                opportunities: number(row.opportunities)?,
            })
        })
        .collect()
}

/// All of the account, in their order.
pub(in crate::pipelines) async fn order(tx: &mut Tx, account: AccountId) -> Result<Vec<PipelineId>> {
    let ids =
        sqlx::query_scalar!("select id from pipeline where account_id = $1 order by position, id", account.0)
            .fetch_all(&mut **tx)
            .await?;
    Ok(ids.into_iter().map(PipelineId).collect())
}

pub(in crate::pipelines) async fn put_in_order(
    tx: &mut Tx,
    account: AccountId,
    order: &[PipelineId],
) -> Result<()> {
    let ids: Vec<Uuid> = order.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update pipeline p set position = o.position
         from unnest($2::uuid[]) with ordinality as o (id, position)
         where p.account_id = $1 and p.id = o.id and p.position <> o.position",
        account.0,
        &ids,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Behind the others.
///
/// # Errors
/// [`Refusal::Invalid`] for `name` when another pipeline is called so.
pub(in crate::pipelines) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    id: PipelineId,
    name: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into pipeline (account_id, id, name, position, created_at)
         select $1, $2, $3, coalesce(max(position), 0) + 1, $4 from pipeline where account_id = $1",
        account.0,
        id.0,
        name,
        now,
    )
    .execute(&mut **tx)
    .await
    .on_constraint("pipeline_name_unique", Refusal::field("name", Problem::NameTaken))?;
    Ok(())
}

/// # Errors
/// [`Refusal::Invalid`] for `name` when another pipeline is called so.
pub(in crate::pipelines) async fn rename(tx: &mut Tx, account: AccountId, to: &Pipeline) -> Result<()> {
    sqlx::query!(
        "update pipeline set name = $3, version = $4 where account_id = $1 and id = $2",
        account.0,
        to.id.0,
        to.name,
        to.version,
    )
    .execute(&mut **tx)
    .await
    .on_constraint("pipeline_name_unique", Refusal::field("name", Problem::NameTaken))?;
    Ok(())
}

/// Of an invitation that names no other pipeline the answer is gone with it: it would read as "in none", which nobody said.
pub(in crate::pipelines) async fn delete(tx: &mut Tx, account: AccountId, id: PipelineId) -> Result<()> {
    sqlx::query!(
        "with unanswered as (
           update invitation i set places_answered_by = null
           where i.account_id = $1 and i.state = 'open'
             and exists (select from invitation_pipeline ip
                         where ip.account_id = $1 and ip.invitation_id = i.id and ip.pipeline_id = $2)
             and not exists (select from invitation_pipeline ip
                             where ip.account_id = $1 and ip.invitation_id = i.id and ip.pipeline_id <> $2))
         delete from pipeline where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
