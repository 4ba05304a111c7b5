use chrono::Duration;

use super::Stage;
use crate::Result;

/// Days after which somebody has said of everybody where they belong; of those who joined later nobody has yet.
const ANSWERED_AFTER_DAYS: i64 = 14;

/// The founder said of whoever is in no calendar, or in no pipeline, that they need none.
pub(super) async fn answer(stage: &mut Stage<'_>) -> Result<()> {
    let founder = stage.personas.first().and_then(|player| player.access.member_id());
    let Some(founder) = founder else { return Ok(()) };
    sqlx::query!(
        "insert into place_not_needed (account_id, member_id, kind, said_by, said_at)
         select $1, m.id, place.kind, $2, m.joined_at + interval '1 hour'
         from member m cross join (values ('calendar'), ('pipeline')) place (kind)
         where m.account_id = $1 and m.state <> 'removed' and m.joined_at < $3
           and (place.kind <> 'calendar'
                or m.id not in (select member_id from calendar_person where account_id = $1 and is_in))
           and (place.kind <> 'pipeline'
                or m.id not in (select member_id from pipeline_person where account_id = $1 and is_in))",
        stage.account.0,
        founder.0,
        stage.now - Duration::days(ANSWERED_AFTER_DAYS),
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}
