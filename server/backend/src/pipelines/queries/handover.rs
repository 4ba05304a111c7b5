use std::collections::HashMap;

use domain::{
    AccountId, MemberId, OpportunityId, PipelineId,
    staff::leaving::{HeldOpportunity, HeldPipeline, OpportunityNow},
};
use uuid::Uuid;

use super::number;
use crate::{Result, db::Tx, id::uuids};

pub(in crate::pipelines) async fn hold_owned(tx: &mut Tx, account: AccountId, owner: MemberId) -> Result<()> {
    sqlx::query!(
        "select id from opportunity where account_id = $1 and owner_id = $2 order by id for no key update",
        account.0,
        owner.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(())
}

/// What belongs to somebody, as it stands on the boards.
pub(in crate::pipelines) async fn owned(
    tx: &mut Tx,
    account: AccountId,
    owner: MemberId,
) -> Result<Vec<HeldOpportunity>> {
    let rows = sqlx::query_as!(
        HeldOpportunity,
        "select o.id, o.name, p.id as pipeline, p.name as pipeline_name
         from opportunity o
         join pipeline p on p.account_id = o.account_id and p.id = o.pipeline_id
         join pipeline_stage s on s.account_id = o.account_id and s.id = o.stage_id
         where o.account_id = $1 and o.owner_id = $2
         order by p.position, p.id, s.position, o.stage_since desc, o.id desc",
        account.0,
        owner.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// The pipelines that somebody is in, in their order: by hand, and for somebody active by a rule.
pub(in crate::pipelines) async fn pipelines(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Vec<HeldPipeline>> {
    let rows = sqlx::query!(
        r#"select p.id, p.name,
                  array(select i.member_id from pipeline_person i
                        where i.account_id = p.account_id and i.pipeline_id = p.id and i.member_id <> $2 and i.is_in
                        order by i.member_id) as "others!: Vec<Uuid>"
           from pipeline p
           join member m on m.account_id = p.account_id and m.id = $2
           left join pipeline_member h on h.account_id = p.account_id and h.pipeline_id = p.id and h.member_id = m.id
           left join pipeline_rule r on r.account_id = p.account_id and r.pipeline_id = p.id and r.profile_id = m.profile_id
                                        and m.state = 'active'
           where p.account_id = $1 and not coalesce(h.is_excluded, r.profile_id is null)
           order by p.position, p.id"#,
        account.0,
        member.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    let held = |id, name, others: Vec<Uuid>| HeldPipeline {
        id: PipelineId(id),
        name,
        others: others.into_iter().map(MemberId).collect(),
    };
    Ok(rows.into_iter().map(|row| held(row.id, row.name, row.others)).collect())
}

/// Who is in the pipelines in which something belongs to somebody, that one aside.
pub(in crate::pipelines) async fn inside(
    tx: &mut Tx,
    account: AccountId,
    owner: MemberId,
) -> Result<HashMap<PipelineId, Vec<MemberId>>> {
    let rows = sqlx::query!(
        r#"select pipeline_id as "pipeline_id!", array_agg(member_id order by member_id) as "people!"
           from pipeline_person
           where account_id = $1 and is_in and member_id <> $2 and pipeline_id in (
             select pipeline_id from opportunity where account_id = $1 and owner_id = $2)
           group by pipeline_id"#,
        account.0,
        owner.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    let people = |ids: Vec<Uuid>| ids.into_iter().map(MemberId).collect();
    Ok(rows.into_iter().map(|row| (row.pipeline_id.into(), people(row.people))).collect())
}

/// How much of that somebody holds, for whoever is out: opportunities, and places by hand.
pub(in crate::pipelines) async fn count(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<(u64, u64)> {
    let row = sqlx::query!(
        r#"select (select count(*) from opportunity where account_id = $1 and owner_id = $2) as "opportunities!",
                  (select count(*) from pipeline_member
                   where account_id = $1 and member_id = $2 and not is_excluded) as "pipelines!""#,
        account.0,
        member.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((number(row.opportunities)?, number(row.pipelines)?))
}

/// Gives each to its owner; none for nobody.
pub(in crate::pipelines) async fn put_owners(
    tx: &mut Tx,
    account: AccountId,
    owners: &[(OpportunityId, Option<MemberId>)],
) -> Result<()> {
    let people: Vec<Option<Uuid>> = owners.iter().map(|(_, owner)| owner.map(Uuid::from)).collect();
    sqlx::query!(
        "update opportunity o set owner_id = given.owner_id
         from unnest($2::uuid[], $3::uuid[]) as given (id, owner_id)
         where o.account_id = $1 and o.id = given.id",
        account.0,
        &uuids(owners.iter().map(|(id, _)| *id)),
        &people as &[Option<Uuid>],
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How opportunities stand, held until the transaction ends.
pub(in crate::pipelines) async fn hold_and_find(
    tx: &mut Tx,
    account: AccountId,
    opportunities: &[OpportunityId],
) -> Result<HashMap<OpportunityId, OpportunityNow>> {
    let rows = sqlx::query!(
        "select id, pipeline_id, owner_id from opportunity
         where account_id = $1 and id = any ($2) order by id for no key update",
        account.0,
        &uuids(opportunities.iter().copied()),
    )
    .fetch_all(&mut **tx)
    .await?;
    let now = |pipeline: Uuid, owner: Option<Uuid>| OpportunityNow {
        pipeline: pipeline.into(),
        owner: owner.map(MemberId),
    };
    Ok(rows.into_iter().map(|row| (row.id.into(), now(row.pipeline_id, row.owner_id))).collect())
}
