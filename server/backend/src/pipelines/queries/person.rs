use domain::{
    AccountId, LoginId, MemberId, PersonName, PipelineId, Role,
    listing::{ROWS_PER_PAGE, offset},
    permissions::ProfileName,
    pipelines::{Membership, PeopleFilter, PipelinePerson},
    staff::MemberState,
};

use uuid::Uuid;

use super::number;
use crate::{Error, Result, db::Tx, search::pattern};

/// A member's name and state.
pub(in crate::pipelines) async fn find(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Option<(String, MemberState)>> {
    let row = sqlx::query!(
        "select first_name, last_name, state from member where account_id = $1 and id = $2",
        account.0,
        member.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        let unknown = |_| Error::internal(format!("a member has the state {:?}", row.state));
        let state = row.state.parse().map_err(unknown)?;
        Ok((PersonName { first: row.first_name, last: row.last_name }.full(), state))
    })
    .transpose()
}

/// Where somebody stands to a pipeline.
pub(in crate::pipelines) struct Tie {
    /// By hand or by a rule.
    pub is_in: bool,
    /// Whether anything there is theirs.
    pub owns: bool,
}

pub(in crate::pipelines) async fn tie(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    member: MemberId,
) -> Result<Tie> {
    let tie = sqlx::query_as!(
        Tie,
        r#"select exists (select from pipeline_person p
                   where p.account_id = $1 and p.pipeline_id = $2 and p.member_id = $3 and p.is_in) as "is_in!",
                  exists (select from opportunity o
                   where o.account_id = $1 and o.pipeline_id = $2 and o.owner_id = $3) as "owns!""#,
        account.0,
        pipeline.0,
        member.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(tie)
}

/// Lets somebody in or keeps them out by hand; answers whether that changed anything.
pub(in crate::pipelines) async fn put(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    member: MemberId,
    is_excluded: bool,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into pipeline_member as p (account_id, pipeline_id, member_id, is_excluded) values ($1, $2, $3, $4)
         on conflict (account_id, pipeline_id, member_id) do update set is_excluded = excluded.is_excluded
         where p.is_excluded <> excluded.is_excluded",
        account.0,
        pipeline.0,
        member.0,
        is_excluded,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Leaves somebody to the rules; answers whether that changed anything.
pub(in crate::pipelines) async fn forget(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    member: MemberId,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from pipeline_member where account_id = $1 and pipeline_id = $2 and member_id = $3",
        account.0,
        pipeline.0,
        member.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::pipelines) struct Counts {
    /// Who is in.
    pub people: u64,
    /// On all pages of the list together.
    pub listed: u64,
}

pub(in crate::pipelines) async fn count(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    filter: &PeopleFilter,
) -> Result<Counts> {
    let row = sqlx::query!(
        r#"select (select count(*) from pipeline_person p
                   where p.account_id = $1 and p.pipeline_id = $2 and p.is_in) as "people!",
                  (select count(*) from member m
                   left join pipeline_person p
                     on p.account_id = m.account_id and p.pipeline_id = $2 and p.member_id = m.id
                   where m.account_id = $1 and m.state = 'active'
                     and ($3 = '' or lower(m.first_name || ' ' || m.last_name) like lower($4))
                     and (not $5::boolean or p.member_id is not null)) as "listed!""#,
        account.0,
        pipeline.0,
        filter.search,
        pattern(&filter.search),
        filter.only_concerned,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Counts { people: number(row.people)?, listed: number(row.listed)? })
}

/// One page of active people by name, and why each is in the pipeline or is not.
pub(in crate::pipelines) async fn rows(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    filter: &PeopleFilter,
) -> Result<Vec<PipelinePerson>> {
    let rows = sqlx::query!(
        r#"select m.id, m.login_id, m.first_name, m.last_name, m.role = $6 as "is_admin!",
                  ph.version as "photo_version?", p.is_in as "is_in?", pp.id as "profile_id?", pp.name as "profile_name?"
           from member m
           left join pipeline_person p
             on p.account_id = m.account_id and p.pipeline_id = $2 and p.member_id = m.id
           left join permission_profile pp on pp.account_id = p.account_id and pp.id = p.profile_id
           left join login_photo ph on ph.login_id = m.login_id
           where m.account_id = $1 and m.state = 'active'
             and ($3 = '' or lower(m.first_name || ' ' || m.last_name) like lower($4))
             and (not $5::boolean or p.member_id is not null)
           order by lower(m.first_name || ' ' || m.last_name), m.id
           limit $7 offset $8"#,
        account.0,
        pipeline.0,
        filter.search,
        pattern(&filter.search),
        filter.only_concerned,
        Role::Admin.key(),
        i64::from(ROWS_PER_PAGE),
        offset(filter.page),
    )
    .fetch_all(&mut **tx)
    .await?;
    let people = rows.into_iter().map(|row| PipelinePerson {
        member: row.id.into(),
        name: PersonName { first: row.first_name, last: row.last_name }.full(),
        photo: row.photo_version.map(|version| (LoginId(row.login_id), version)),
        membership: membership(row.is_in, row.profile_id.zip(row.profile_name)),
        is_admin: row.is_admin,
    });
    Ok(people.collect())
}

/// From whether somebody is said to be in, and the profile whose rule says so.
fn membership(is_in: Option<bool>, rule: Option<(Uuid, String)>) -> Membership {
    match (is_in, rule) {
        (None, _) => Membership::NotIn,
        (Some(false), _) => Membership::Excluded,
        (Some(true), None) => Membership::ByHand,
        (Some(true), Some((id, name))) => Membership::ByRule(ProfileName { id: id.into(), name }),
    }
}
