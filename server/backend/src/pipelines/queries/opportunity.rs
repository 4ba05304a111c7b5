use chrono::{DateTime, Utc};
use domain::{
    AccountId, Email, MemberId, OpportunityId, PersonName, PipelineId, StageId,
    pipelines::{Opportunity, OpportunityDetails, Pipeline},
};
use uuid::Uuid;

use super::{owner::OwnerColumns, stage::stage};
use crate::{
    Error, Result, account,
    db::Tx,
    pipelines::{delete::Target, sight::Sight},
};

struct DetailsRow {
    id: Uuid,
    name: String,
    contact_name: String,
    contact_email: Option<String>,
    value_cents: Option<i64>,
    stage_since: DateTime<Utc>,
    created_at: DateTime<Utc>,
    version: i32,
    pipeline_id: Uuid,
    pipeline_name: String,
    pipeline_version: i32,
    stage_id: Uuid,
    stage_name: String,
    colour: String,
    stage_version: i32,
    currency: String,
    owner_id: Option<Uuid>,
    first_name: Option<String>,
    last_name: Option<String>,
    is_active: Option<bool>,
    login_id: Option<Uuid>,
    photo_version: Option<i32>,
}

impl DetailsRow {
    fn details(self) -> Result<OpportunityDetails> {
        let owner = OwnerColumns {
            id: self.owner_id,
            name: self.first_name.zip(self.last_name).map(|(first, last)| PersonName { first, last }),
            is_active: self.is_active,
            login_id: self.login_id,
            photo_version: self.photo_version,
        };
        let email = self.contact_email.map(|email| Email::parse(&email));
        let pipeline = Pipeline {
            id: self.pipeline_id.into(),
            name: self.pipeline_name,
            version: self.pipeline_version,
        };
        Ok(OpportunityDetails {
            id: self.id.into(),
            name: self.name,
            contact_name: self.contact_name,
            contact_email: email.transpose().map_err(Error::internal)?,
            value_cents: self.value_cents,
            currency: account::currency(self.currency),
            owner: owner.owner(),
            pipeline,
            stage: stage(self.stage_id, self.stage_name, &self.colour, self.stage_version)?,
            stage_since: self.stage_since,
            created_at: self.created_at,
            version: self.version,
        })
    }
}

/// Everything about one that may be seen; its value also where values are hidden.
pub(in crate::pipelines) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: OpportunityId,
    sight: Sight,
) -> Result<Option<OpportunityDetails>> {
    let row = sqlx::query_as!(
        DetailsRow,
        r#"select o.id, o.name, o.contact_name, o.contact_email, o.value_cents, o.stage_since, o.created_at, o.version,
                  p.id as pipeline_id, p.name as pipeline_name, p.version as pipeline_version,
                  s.id as stage_id, s.name as stage_name, s.colour, s.version as stage_version, a.currency,
                  m.id as "owner_id?", m.first_name as "first_name?", m.last_name as "last_name?",
                  m.state = 'active' as "is_active?", m.login_id as "login_id?", ph.version as "photo_version?"
           from opportunity o
           join account a on a.id = o.account_id
           join pipeline p on p.account_id = o.account_id and p.id = o.pipeline_id
           join pipeline_stage s on s.account_id = o.account_id and s.id = o.stage_id
           left join member m on m.account_id = o.account_id and m.id = o.owner_id
           left join login_photo ph on ph.login_id = m.login_id
           where o.account_id = $1 and o.id = $2 and may_see_pipeline(o.account_id, o.pipeline_id, $3)
             and ($4::uuid is null or o.owner_id = $4)"#,
        account.0,
        id.0,
        sight.viewer.map(Uuid::from),
        sight.owner.map(Uuid::from),
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(DetailsRow::details).transpose()
}

/// Has others wait who change or move it. Whether it may be seen is asked afterwards.
pub(in crate::pipelines) async fn lock(tx: &mut Tx, account: AccountId, id: OpportunityId) -> Result<()> {
    sqlx::query!(
        "select from opportunity where account_id = $1 and id = $2 for no key update",
        account.0,
        id.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::pipelines) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    id: OpportunityId,
    at: Target,
    new: &Opportunity,
    owner: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into opportunity (account_id, id, pipeline_id, stage_id, name, contact_name, contact_email, value_cents,
                                  owner_id, stage_since, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        account.0,
        id.0,
        at.pipeline.0,
        at.stage.0,
        new.name,
        new.contact_name,
        new.contact_email.as_ref().map(Email::as_str),
        new.value_cents,
        owner.map(Uuid::from),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes everything that the form shows.
pub(in crate::pipelines) async fn change(
    tx: &mut Tx,
    account: AccountId,
    id: OpportunityId,
    to: &Opportunity,
) -> Result<()> {
    sqlx::query!(
        "update opportunity set name = $3, contact_name = $4, contact_email = $5, value_cents = $6,
                                version = version + 1
         where account_id = $1 and id = $2",
        account.0,
        id.0,
        to.name,
        to.contact_name,
        to.contact_email.as_ref().map(Email::as_str),
        to.value_cents,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::pipelines) async fn assign(
    tx: &mut Tx,
    account: AccountId,
    id: OpportunityId,
    owner: Option<MemberId>,
) -> Result<()> {
    sqlx::query!(
        "update opportunity set owner_id = $3 where account_id = $1 and id = $2",
        account.0,
        id.0,
        owner.map(Uuid::from),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::pipelines) async fn put_into(
    tx: &mut Tx,
    account: AccountId,
    id: OpportunityId,
    stage: StageId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update opportunity set stage_id = $3, stage_since = $4 where account_id = $1 and id = $2",
        account.0,
        id.0,
        stage.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::pipelines) async fn delete(tx: &mut Tx, account: AccountId, id: OpportunityId) -> Result<()> {
    sqlx::query!("delete from opportunity where account_id = $1 and id = $2", account.0, id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(in crate::pipelines) async fn any_in_pipeline(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
) -> Result<bool> {
    let any = sqlx::query_scalar!(
        r#"select exists (select from opportunity where account_id = $1 and pipeline_id = $2) as "any!""#,
        account.0,
        pipeline.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(any)
}

pub(in crate::pipelines) async fn any_in_stage(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    stage: StageId,
) -> Result<bool> {
    let any = sqlx::query_scalar!(
        r#"select exists (select from opportunity
                          where account_id = $1 and pipeline_id = $2 and stage_id = $3) as "any!""#,
        account.0,
        pipeline.0,
        stage.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(any)
}

/// Puts everything that stands in a pipeline elsewhere; answers how many that were.
pub(in crate::pipelines) async fn move_pipeline(
    tx: &mut Tx,
    account: AccountId,
    from: PipelineId,
    to: Target,
    now: DateTime<Utc>,
) -> Result<u64> {
    let moved = sqlx::query!(
        "update opportunity set pipeline_id = $3, stage_id = $4, stage_since = $5
         where account_id = $1 and pipeline_id = $2",
        account.0,
        from.0,
        to.pipeline.0,
        to.stage.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(moved.rows_affected())
}

/// Puts everything that stands in a stage into another of the pipeline; answers how many that were.
pub(in crate::pipelines) async fn move_stage(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    from: StageId,
    to: StageId,
    now: DateTime<Utc>,
) -> Result<u64> {
    let moved = sqlx::query!(
        "update opportunity set stage_id = $4, stage_since = $5
         where account_id = $1 and pipeline_id = $2 and stage_id = $3",
        account.0,
        pipeline.0,
        from.0,
        to.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(moved.rows_affected())
}
