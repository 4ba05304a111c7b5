use chrono::{DateTime, Utc};
use domain::{AccessReviewId, AccountId, MemberId, PersonName, staff::ReviewSummary};

use crate::{Result, db::Tx, stored::number};

pub(in crate::staff) async fn running(tx: &mut Tx, account: AccountId) -> Result<Option<AccessReviewId>> {
    let sql = sqlx::query_scalar!(
        "select id from access_review where account_id = $1 and finished_at is null",
        account.0,
    );
    Ok(sql.fetch_optional(&mut **tx).await?.map(AccessReviewId))
}

/// Where an account stands with its reviews.
pub(in crate::staff) struct State {
    /// Without a finished one, when the account began.
    pub last_finished: DateTime<Utc>,
    /// How many people of the running review need no verdict any more, and how many there are.
    pub running: Option<(u64, u64)>,
}

/// In one statement: every visit of an Admin to the dashboard asks.
pub(in crate::staff) async fn state(tx: &mut Tx, account: AccountId) -> Result<State> {
    let row = sqlx::query!(
        r#"select coalesce((select max(finished_at) from access_review where account_id = a.id), a.created_at) as "last!",
                  r.id is not null as "runs!", c.total as "total!", c.done as "done!"
           from account a
           left join access_review r on r.account_id = a.id and r.finished_at is null
           cross join lateral (
               select count(*) as total, count(*) filter (where l.verdict is not null
                          or not case when m.id is null then i.state = 'open' else m.state = 'active' end) as done
               from access_review_line l
               left join invitation i on i.account_id = l.account_id and i.id = l.invitation_id
               left join member m on m.account_id = l.account_id and m.id = coalesce(l.member_id, i.accepted_by)
               where l.account_id = a.id and l.review_id = r.id) c
           where a.id = $1"#,
        account.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    let running = (number(row.done)?, number(row.total)?);
    Ok(State { last_finished: row.last, running: row.runs.then_some(running) })
}

pub(in crate::staff) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    review: AccessReviewId,
    by: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into access_review (account_id, id, started_at, started_by) values ($1, $2, $3, $4)",
        account.0,
        review.0,
        now,
        by.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The newest reviews first; only `one`, if it is given.
pub(in crate::staff) async fn summaries(
    tx: &mut Tx,
    account: AccountId,
    one: Option<AccessReviewId>,
    most: i64,
) -> Result<Vec<ReviewSummary>> {
    let rows = sqlx::query!(
        r#"select r.id, r.started_at, r.finished_at, s.first_name as start_first, s.last_name as start_last,
                  f.first_name as "finish_first?", f.last_name as "finish_last?",
                  c.total as "total!", c.decided as "decided!", c.gone as "gone!"
           from access_review r
           join member s on s.account_id = r.account_id and s.id = r.started_by
           left join member f on f.account_id = r.account_id and f.id = r.finished_by
           cross join lateral (
               select count(*) as total, count(*) filter (where l.verdict is not null) as decided,
                      count(*) filter (where l.verdict is null and (r.finished_at is not null
                          or not case when m.id is null then i.state = 'open' else m.state = 'active' end)) as gone
               from access_review_line l
               left join invitation i on i.account_id = l.account_id and i.id = l.invitation_id
               left join member m on m.account_id = l.account_id and m.id = coalesce(l.member_id, i.accepted_by)
               where l.account_id = r.account_id and l.review_id = r.id) c
           where r.account_id = $1 and ($2::uuid is null or r.id = $2)
           order by r.started_at desc limit $3"#,
        account.0,
        one.map(|review| review.0),
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    let name = |first, last| PersonName { first, last }.full();
    rows.into_iter()
        .map(|row| {
            let finisher = row.finish_first.zip(row.finish_last).map(|(first, last)| name(first, last));
            Ok(ReviewSummary {
                id: row.id.into(),
                started_at: row.started_at,
                started_by: name(row.start_first, row.start_last),
                finished: row.finished_at.zip(finisher),
                total: number(row.total)?,
                decided: number(row.decided)?,
                gone: number(row.gone)?,
            })
        })
        .collect()
}

pub(in crate::staff) async fn finish(
    tx: &mut Tx,
    account: AccountId,
    review: AccessReviewId,
    by: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update access_review set finished_at = $3, finished_by = $4 where account_id = $1 and id = $2",
        account.0,
        review.0,
        now,
        by.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
