use domain::{AccountId, CalendarId, InvitationId, MemberId, PipelineId};
use uuid::Uuid;

use crate::{Result, db::Tx};

/// Writes into which pipelines joining will put somebody, in place of what was said before. Names none that is not in the account.
pub(in crate::staff) async fn put_pipelines(
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

/// The same for calendars; of those that were not asked about, what was said before stays.
pub(in crate::staff) async fn put_calendars(
    tx: &mut Tx,
    account: AccountId,
    invitation: InvitationId,
    answered_by: MemberId,
    asked: &[CalendarId],
    chosen: &[CalendarId],
) -> Result<()> {
    let asked: Vec<Uuid> = asked.iter().map(|id| id.0).collect();
    let chosen: Vec<Uuid> = chosen.iter().map(|id| id.0).collect();
    sqlx::query!(
        "with answer as (
           update invitation set calendars_answered = true where account_id = $1 and id = $2),
         former as (
           delete from invitation_calendar
           where account_id = $1 and invitation_id = $2 and calendar_id = any($4) and calendar_id <> all($5))
         insert into invitation_calendar (account_id, invitation_id, calendar_id, answered_by)
         select $1, $2, c.id, $3 from calendar c where c.account_id = $1 and c.id = any($5)
         on conflict (account_id, invitation_id, calendar_id) do update set answered_by = excluded.answered_by",
        account.0,
        invitation.0,
        answered_by.0,
        &asked,
        &chosen,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
