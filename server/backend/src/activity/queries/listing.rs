use domain::{AccountId, MemberId, activity::ActivityPerson};

use super::super::scope::{Found, Scope};
use crate::{Result, db::Tx};

/// Filters that are not set fall out of the plan only when the plan is made for these values; a plan for any values would
/// walk the whole log of an account to find one person's rows.
pub(in crate::activity) async fn plan_for_these_values(tx: &mut Tx) -> Result<()> {
    sqlx::query!("set local plan_cache_mode = force_custom_plan").execute(&mut **tx).await?;
    Ok(())
}

pub(in crate::activity) async fn count(tx: &mut Tx, account: AccountId, scope: &Scope) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from activity
           where account_id = $1 and number <= $2
             and ($3::uuid is null or member_id = $3 or subject_member_id = $3)
             and ($4::text is null or area = $4)
             and ($5::timestamptz is null or at >= $5)
             and ($6::timestamptz is null or at < $6)
             and (not $7::bool or member_id is null)"#,
        account.0,
        scope.last_number,
        scope.member.map(|member| member.0),
        scope.area_key(),
        scope.from,
        scope.before,
        scope.by_steward,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(count)
}

/// The newest first.
pub(in crate::activity) async fn newest(
    tx: &mut Tx,
    account: AccountId,
    scope: &Scope,
    offset: i64,
    most: i64,
) -> Result<Vec<Found>> {
    let rows = sqlx::query_as!(
        Found,
        "select number, at, member_id, actor_name, event from activity
         where account_id = $1 and number <= $2
           and ($3::uuid is null or member_id = $3 or subject_member_id = $3)
           and ($4::text is null or area = $4)
           and ($5::timestamptz is null or at >= $5)
           and ($6::timestamptz is null or at < $6)
           and (not $7::bool or member_id is null)
         order by number desc offset $8 limit $9",
        account.0,
        scope.last_number,
        scope.member.map(|member| member.0),
        scope.area_key(),
        scope.from,
        scope.before,
        scope.by_steward,
        offset,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// The oldest first, after `number`: for files, which are read from the start.
pub(in crate::activity) async fn oldest_after(
    tx: &mut Tx,
    account: AccountId,
    scope: &Scope,
    number: i64,
    most: i64,
) -> Result<Vec<Found>> {
    let rows = sqlx::query_as!(
        Found,
        "select number, at, member_id, actor_name, event from activity
         where account_id = $1 and number <= $2
           and ($3::uuid is null or member_id = $3 or subject_member_id = $3)
           and ($4::text is null or area = $4)
           and ($5::timestamptz is null or at >= $5)
           and ($6::timestamptz is null or at < $6)
           and (not $7::bool or member_id is null)
           and number > $8
         order by number limit $9",
        account.0,
        scope.last_number,
        scope.member.map(|member| member.0),
        scope.area_key(),
        scope.from,
        scope.before,
        scope.by_steward,
        number,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// The kinds of events that change what their subject may do. Deleting a profile is about all who held it: it is told by its time.
const CHANGES_OF_ACCESS: [&str; 8] = [
    "staff_joined",
    "staff_changed",
    "staff_deactivated",
    "staff_reactivated",
    "guest_ended",
    "elevation_granted",
    "elevation_withdrawn",
    "elevation_ended",
];

/// What changed last what a member may do.
pub(in crate::activity) async fn last_change_of_access(
    tx: &mut Tx,
    account: AccountId,
    subject: MemberId,
) -> Result<Option<Found>> {
    let kinds = CHANGES_OF_ACCESS.map(str::to_owned);
    let row = sqlx::query_as!(
        Found,
        "select number, at, member_id, actor_name, event from activity
         where account_id = $1 and number = greatest(
             (select number from activity where account_id = $1 and subject_member_id = $2 and event->>'kind' = any($3)
              order by number desc limit 1),
             (select number from activity where account_id = $1 and event->>'kind' = 'profile_deleted'
                and at = (select max(since) from member_assignment where account_id = $1 and member_id = $2)
              order by number desc limit 1))",
        account.0,
        subject.0,
        &kinds[..],
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

/// Who was active last, by name; removed people too, because their history stays. `selected` is always there.
pub(in crate::activity) async fn people(
    tx: &mut Tx,
    account: AccountId,
    selected: Option<uuid::Uuid>,
    most: i64,
) -> Result<Vec<ActivityPerson>> {
    let people = sqlx::query_as!(
        ActivityPerson,
        r#"select id, trim(first_name || ' ' || last_name) as "name!" from member
           where account_id = $1 and (id = $2 or id in (
             select id from member where account_id = $1 order by last_active_at desc nulls last, id limit $3))
           order by lower(first_name || ' ' || last_name), id"#,
        account.0,
        selected,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(people)
}
