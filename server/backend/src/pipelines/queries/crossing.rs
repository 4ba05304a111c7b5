//! Where people and pipelines meet.

use domain::{
    AccountId, MemberId, Permission, PersonName, PipelineId,
    permissions::ProfileName,
    pipelines::Membership,
    staff::{Crossing, MatrixCell, MatrixPlace, Place, PlaceStanding},
};
use uuid::Uuid;

use super::number;
use crate::{Error, Result, db::Tx};

/// All pipelines in their order.
pub(in crate::pipelines) async fn places(tx: &mut Tx, account: AccountId) -> Result<Vec<MatrixPlace>> {
    let rows =
        sqlx::query!("select id, name from pipeline where account_id = $1 order by position, id", account.0)
            .fetch_all(&mut **tx)
            .await?;
    let places = rows.into_iter().map(|row| MatrixPlace {
        place: Place::Pipeline(row.id.into()),
        name: row.name,
        what: "Pipeline".into(),
        needs: Permission::OpportunitiesManagePipelines,
        is_personal: false,
    });
    Ok(places.collect())
}

/// Those cells about which something is said, or in whose pipeline somebody owns something.
pub(in crate::pipelines) async fn cells(
    tx: &mut Tx,
    account: AccountId,
    pipelines: &[PipelineId],
    people: &[MemberId],
) -> Result<Vec<(Crossing, MatrixCell)>> {
    let pipelines: Vec<Uuid> = pipelines.iter().map(|id| id.0).collect();
    let people: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"with said as (
             select pipeline_id, member_id, is_in, profile_id from pipeline_person
             where account_id = $1 and pipeline_id = any($2) and member_id = any($3)),
           owned as (
             select pipeline_id, owner_id as member_id, count(*) as counted from opportunity
             where account_id = $1 and pipeline_id = any($2) and owner_id = any($3) group by pipeline_id, owner_id)
           select pipeline_id as "pipeline_id!", member_id as "member_id!", s.is_in as "is_in?",
                  pp.id as "profile_id?", pp.name as "profile_name?", coalesce(o.counted, 0) as "owned!"
           from said s
           full join owned o using (pipeline_id, member_id)
           left join permission_profile pp on pp.account_id = $1 and pp.id = s.profile_id"#,
        account.0,
        &pipelines,
        &people,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let rule =
                row.profile_id.zip(row.profile_name).map(|(id, name)| ProfileName { id: id.into(), name });
            let by_hand = row.is_in.filter(|_| rule.is_none()).map(|is_in| !is_in);
            let crossing =
                Crossing { place: Place::Pipeline(row.pipeline_id.into()), member: row.member_id.into() };
            Ok((
                crossing,
                MatrixCell { membership: Membership::of(by_hand, rule), owned: number(row.owned)? },
            ))
        })
        .collect()
}

/// How these people stand to a pipeline; whoever is not of the account is left out.
pub(in crate::pipelines) async fn standings(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    people: &[MemberId],
) -> Result<Vec<PlaceStanding>> {
    let people: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select m.id, m.first_name, m.last_name, m.state, r.profile_id is not null as "by_rule!",
                  h.is_excluded as "is_excluded?"
           from member m
           left join pipeline_rule r
             on r.account_id = m.account_id and r.pipeline_id = $2 and r.profile_id = m.profile_id
           left join pipeline_member h
             on h.account_id = m.account_id and h.pipeline_id = $2 and h.member_id = m.id
           where m.account_id = $1 and m.id = any($3)"#,
        account.0,
        pipeline.0,
        &people,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let unknown = |_| Error::internal(format!("a member has the state {:?}", row.state));
            Ok(PlaceStanding {
                member: row.id.into(),
                name: PersonName { first: row.first_name, last: row.last_name }.full(),
                state: row.state.parse().map_err(unknown)?,
                by_rule: row.by_rule,
                is_excluded: row.is_excluded,
            })
        })
        .collect()
}
