use domain::{AccountId, PipelineId, ProfileId, permissions::ProfileName, pipelines::PipelineRule};

use super::number;
use crate::{Result, db::Tx};

/// Every profile of the account by name, and whether everyone with it is in the pipeline.
pub(in crate::pipelines) async fn all(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
) -> Result<Vec<PipelineRule>> {
    let rows = sqlx::query!(
        r#"select p.id, p.name, r.profile_id is not null as "is_on!",
                  (select count(*) from member m
                   where m.account_id = p.account_id and m.profile_id = p.id and m.state = 'active') as "people!"
           from permission_profile p
           left join pipeline_rule r
             on r.account_id = p.account_id and r.pipeline_id = $2 and r.profile_id = p.id
           where p.account_id = $1
           order by lower(p.name)"#,
        account.0,
        pipeline.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let profile = ProfileName { id: row.id.into(), name: row.name };
            Ok(PipelineRule { profile, is_on: row.is_on, people: number(row.people)? })
        })
        .collect()
}

pub(in crate::pipelines) async fn profile_name(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
) -> Result<Option<String>> {
    let name = sqlx::query_scalar!(
        "select name from permission_profile where account_id = $1 and id = $2",
        account.0,
        profile.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(name)
}

/// Answers whether that changed anything.
pub(in crate::pipelines) async fn set(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    profile: ProfileId,
    on: bool,
) -> Result<bool> {
    let done =
        match on {
            true => {
                sqlx::query!(
                    "insert into pipeline_rule (account_id, pipeline_id, profile_id) values ($1, $2, $3)
                 on conflict do nothing",
                    account.0,
                    pipeline.0,
                    profile.0,
                )
                .execute(&mut **tx)
                .await?
            }
            false => sqlx::query!(
                "delete from pipeline_rule where account_id = $1 and pipeline_id = $2 and profile_id = $3",
                account.0,
                pipeline.0,
                profile.0,
            )
            .execute(&mut **tx)
            .await?,
        };
    Ok(done.rows_affected() == 1)
}
