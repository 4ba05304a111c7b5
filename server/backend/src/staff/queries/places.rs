use domain::{AccountId, InvitationId, MemberId, PipelineId};
use uuid::Uuid;

use crate::{Result, db::Tx};

/// Writes where joining will put somebody, in place of what was said before. Names none who is not in the account.
pub(in crate::staff) async fn put(
    tx: &mut Tx,
    account: AccountId,
    invitation: InvitationId,
    answered_by: MemberId,
    pipelines: &[PipelineId],
) -> Result<()> {
    let pipelines: Vec<Uuid> = pipelines.iter().map(|id| id.0).collect();
    sqlx::query!(
        "with answer as (
           update invitation set places_answered_by = $3 where account_id = $1 and id = $2),
         former as (
           delete from invitation_pipeline where account_id = $1 and invitation_id = $2 and pipeline_id <> all($4))
         insert into invitation_pipeline (account_id, invitation_id, pipeline_id)
         select $1, $2, p.id from pipeline p where p.account_id = $1 and p.id = any($4)
         on conflict do nothing",
        account.0,
        invitation.0,
        answered_by.0,
        &pipelines,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
