use domain::{
    AccountId, MemberId, PipelineId,
    permissions::ProfileName,
    pipelines::Membership,
    staff::{NamedPlace, Place, PlaceChoice},
};
use uuid::Uuid;

use crate::{Result, db::Tx, stored::group};

pub(in crate::pipelines) async fn named(tx: &mut Tx, account: AccountId) -> Result<Vec<NamedPlace>> {
    let rows =
        sqlx::query!("select id, name from pipeline where account_id = $1 order by position, id", account.0)
            .fetch_all(&mut **tx)
            .await?;
    let named =
        rows.into_iter().map(|row| NamedPlace { place: Place::Pipeline(row.id.into()), name: row.name });
    Ok(named.collect())
}

/// A row for each pipeline and each group of people of whom somebody beside `member` is in it; one without a group where nobody is.
pub(in crate::pipelines) async fn choices(
    tx: &mut Tx,
    account: AccountId,
    member: Option<MemberId>,
) -> Result<Vec<PlaceChoice>> {
    let rows = sqlx::query!(
        r#"with colleagues as materialized (
             select role, profile_id, count(*) as counted from member
             where account_id = $1 and state = 'active' and id is distinct from $2 group by role, profile_id),
           inside as materialized (
             select i.pipeline_id, m.role, m.profile_id, count(*) as counted
             from pipeline_person i join member m on m.account_id = i.account_id and m.id = i.member_id
             where i.account_id = $1 and i.is_in and m.id is distinct from $2
             group by i.pipeline_id, m.role, m.profile_id)
           select p.id, p.name, c.role as "role?", pp.name as "profile?", i.counted as "joined?", c.counted as "all?",
             array(select rp.name from pipeline_rule r
                   join permission_profile rp on rp.account_id = r.account_id and rp.id = r.profile_id
                   where r.account_id = p.account_id and r.pipeline_id = p.id order by rp.name) as "rules!",
             h.is_excluded as "is_excluded?", own.id as "rule_id?", own.name as "rule_name?"
           from pipeline p
           left join inside i on i.pipeline_id = p.id
           left join colleagues c on c.role = i.role and c.profile_id is not distinct from i.profile_id
           left join permission_profile pp on pp.account_id = p.account_id and pp.id = c.profile_id
           left join member m on m.account_id = p.account_id and m.id = $2
           left join pipeline_member h on h.account_id = p.account_id and h.pipeline_id = p.id and h.member_id = m.id
           left join pipeline_rule r
             on r.account_id = p.account_id and r.pipeline_id = p.id and r.profile_id = m.profile_id
           left join permission_profile own on own.account_id = r.account_id and own.id = r.profile_id
           where p.account_id = $1
           order by p.position, p.id, i.counted::float8 / c.counted desc, i.counted desc, pp.name"#,
        account.0,
        member.map(Uuid::from),
    )
    .fetch_all(&mut **tx)
    .await?;
    let choices = rows.into_iter().map(|row| {
        let group = group(row.role.as_deref(), row.profile.as_deref(), row.joined, row.all)?;
        let rule = row.rule_id.zip(row.rule_name).map(|(id, name)| ProfileName { id: id.into(), name });
        Ok(PlaceChoice {
            place: Place::Pipeline(row.id.into()),
            name: row.name,
            is_closed: false,
            groups: group.into_iter().collect(),
            rules: row.rules,
            membership: Membership::of(row.is_excluded, rule),
        })
    });
    Ok(PlaceChoice::merged(choices.collect::<Result<_>>()?))
}

pub(in crate::pipelines) async fn by_hand(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Vec<PipelineId>> {
    let ids = sqlx::query_scalar!(
        "select pipeline_id from pipeline_member where account_id = $1 and member_id = $2 and not is_excluded",
        account.0,
        member.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(PipelineId::from).collect())
}

pub(in crate::pipelines) async fn let_in(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    pipelines: &[PipelineId],
) -> Result<Vec<String>> {
    let pipelines: Vec<Uuid> = pipelines.iter().map(|id| id.0).collect();
    // A rule takes in only those about whom nothing is said by hand.
    let names = sqlx::query_scalar!(
        "with wanted as (
           select p.id, p.name, p.position from pipeline p where p.account_id = $1 and p.id = any($3)),
         ruled as (
           select r.pipeline_id from pipeline_rule r
           join member m on m.account_id = r.account_id and m.profile_id = r.profile_id
           left join pipeline_member h
             on h.account_id = r.account_id and h.pipeline_id = r.pipeline_id and h.member_id = m.id
           where r.account_id = $1 and m.id = $2 and h.member_id is null),
         entered as (
           insert into pipeline_member (account_id, pipeline_id, member_id, is_excluded)
           select $1, w.id, $2, false from wanted w where w.id not in (select pipeline_id from ruled)
           on conflict (account_id, pipeline_id, member_id) do update set is_excluded = false)
         select name from wanted order by position, id",
        account.0,
        member.0,
        &pipelines,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(names)
}

pub(in crate::pipelines) async fn let_go(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    pipelines: &[PipelineId],
) -> Result<()> {
    let pipelines: Vec<Uuid> = pipelines.iter().map(|id| id.0).collect();
    sqlx::query!(
        "delete from pipeline_member
         where account_id = $1 and member_id = $2 and pipeline_id = any($3) and not is_excluded",
        account.0,
        member.0,
        &pipelines,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
