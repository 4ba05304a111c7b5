use std::collections::{HashMap, HashSet};

use domain::{AccountId, MemberId, PipelineId};
use uuid::Uuid;

use crate::{Result, db::Tx, id::uuids};

pub(in crate::pipelines) async fn still_there(
    tx: &mut Tx,
    account: AccountId,
    pipelines: &[PipelineId],
) -> Result<HashSet<PipelineId>> {
    let ids = sqlx::query_scalar!(
        "select id from pipeline where account_id = $1 and id = any ($2)",
        account.0,
        &uuids(pipelines.iter().copied()),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(PipelineId).collect())
}

/// What is said by hand about people in pipelines: whether they are kept out.
pub(in crate::pipelines) async fn find(
    tx: &mut Tx,
    account: AccountId,
    pipelines: &[PipelineId],
    people: &[MemberId],
) -> Result<HashMap<(PipelineId, MemberId), bool>> {
    let rows = sqlx::query!(
        "select pipeline_id, member_id, is_excluded from pipeline_member
         where account_id = $1 and pipeline_id = any ($2) and member_id = any ($3)",
        account.0,
        &uuids(pipelines.iter().copied()),
        &uuids(people.iter().copied()),
    )
    .fetch_all(&mut **tx)
    .await?;
    let place = |pipeline: Uuid, member: Uuid| (pipeline.into(), member.into());
    Ok(rows.into_iter().map(|row| (place(row.pipeline_id, row.member_id), row.is_excluded)).collect())
}

/// Who of these people owns anything in which of these pipelines.
pub(in crate::pipelines) async fn owners(
    tx: &mut Tx,
    account: AccountId,
    pipelines: &[PipelineId],
    people: &[MemberId],
) -> Result<HashSet<(PipelineId, MemberId)>> {
    let rows = sqlx::query!(
        r#"select distinct pipeline_id, owner_id as "owner_id!" from opportunity
           where account_id = $1 and pipeline_id = any ($2) and owner_id = any ($3)"#,
        account.0,
        &uuids(pipelines.iter().copied()),
        &uuids(people.iter().copied()),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.pipeline_id.into(), row.owner_id.into())).collect())
}

/// Says exactly this, whatever was said before.
pub(in crate::pipelines) async fn put(
    tx: &mut Tx,
    account: AccountId,
    places: &[(PipelineId, MemberId, bool)],
) -> Result<()> {
    sqlx::query!(
        "insert into pipeline_member (account_id, pipeline_id, member_id, is_excluded)
         select $1, * from unnest($2::uuid[], $3::uuid[], $4::boolean[])
         on conflict (account_id, pipeline_id, member_id) do update set is_excluded = excluded.is_excluded",
        account.0,
        &uuids(places.iter().map(|(pipeline, ..)| *pipeline)),
        &uuids(places.iter().map(|(_, member, _)| *member)),
        &places.iter().map(|(.., is_excluded)| *is_excluded).collect::<Vec<_>>(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Leaves people to the rules.
pub(in crate::pipelines) async fn forget(
    tx: &mut Tx,
    account: AccountId,
    places: &[(PipelineId, MemberId)],
) -> Result<()> {
    sqlx::query!(
        "delete from pipeline_member m using unnest($2::uuid[], $3::uuid[]) as gone (pipeline_id, member_id)
         where m.account_id = $1 and m.pipeline_id = gone.pipeline_id and m.member_id = gone.member_id",
        account.0,
        &uuids(places.iter().map(|(pipeline, _)| *pipeline)),
        &uuids(places.iter().map(|(_, member)| *member)),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
