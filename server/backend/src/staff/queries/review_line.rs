//! Who is reviewed, and what was decided upon each.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccessReviewId, AccountId, Email, InvitationId, MemberId, Page, PersonName, ReviewLineId,
    listing::{ROWS_PER_PAGE, offset},
    staff::{Decision, LastDay, ReviewFilter, ReviewLine, ReviewState, StaffId, Verdict},
};
use uuid::Uuid;

use crate::{
    Error, Result,
    db::Tx,
    permissions::{ProfileColumns, assignment, keys_of, set_of},
    search::pattern,
    stored::number,
};

/// Everybody with access, and everybody invited to it; answers how many they are.
pub(in crate::staff) async fn insert(tx: &mut Tx, account: AccountId, review: AccessReviewId) -> Result<u64> {
    let inserted = sqlx::query!(
        "insert into access_review_line (account_id, review_id, id, member_id, invitation_id)
         select account_id, $2::uuid, id, id, null::uuid from member where account_id = $1 and state = 'active'
         union all
         select account_id, $2::uuid, id, null::uuid, id from invitation where account_id = $1 and state = 'open'",
        account.0,
        review.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(inserted.rows_affected())
}

/// A line, and whether the person has access, or is invited to it, at this instant.
pub(in crate::staff) struct Found {
    pub line: ReviewLine,
    pub has_access: bool,
}

struct Row {
    id: Uuid,
    verdict: Option<String>,
    note: String,
    decided_at: Option<DateTime<Utc>>,
    decided_role: Option<String>,
    decided_profile: Option<String>,
    decided_permissions: Option<Vec<String>>,
    by_first: Option<String>,
    by_last: Option<String>,
    member_id: Option<Uuid>,
    invitation_id: Option<Uuid>,
    first_name: String,
    last_name: String,
    email: String,
    role: String,
    only_assigned: bool,
    profile_id: Option<Uuid>,
    profile_name: Option<String>,
    profile_permissions: Option<Vec<String>>,
    elevated: Vec<String>,
    elevated_until: Vec<Option<DateTime<Utc>>>,
    last_day: Option<NaiveDate>,
    last_active_at: Option<DateTime<Utc>>,
    has_access: bool,
    is_finished: bool,
    matching: i64,
}

impl Row {
    fn found(self) -> Result<Found> {
        let who = match (self.member_id, self.invitation_id) {
            (Some(member), _) => StaffId::Member(MemberId(member)),
            (None, Some(invitation)) => StaffId::Invitation(InvitationId(invitation)),
            (None, None) => return Err(Error::internal("a line of a review is about nobody")),
        };
        let state = match (&self.verdict, self.decided_at) {
            (Some(verdict), Some(at)) => ReviewState::Decided(Decision {
                verdict: verdict.parse::<Verdict>().map_err(Error::internal)?,
                note: self.note,
                by: self
                    .by_first
                    .zip(self.by_last)
                    .map_or_else(String::new, |(first, last)| PersonName { first, last }.full()),
                at,
            }),
            _ if self.has_access && !self.is_finished => ReviewState::Open,
            _ => ReviewState::Gone,
        };
        let profile = ProfileColumns {
            id: self.profile_id,
            name: self.profile_name,
            permissions: self.profile_permissions,
        };
        let now = assignment(&self.role, self.only_assigned, profile, &self.elevated)?;
        let (role, label, permissions) =
            match (self.decided_role, self.decided_profile, self.decided_permissions) {
                (Some(role), Some(profile), Some(keys)) => {
                    (role.parse().map_err(Error::internal)?, profile, set_of(&keys))
                }
                _ => (now.role, now.profile_label().to_owned(), now.permissions),
            };
        // Permissions that a newer version wrote are left out, as in what they may do.
        let elevated = self.elevated.iter().zip(self.elevated_until);
        let elevated = elevated.filter_map(|(key, until)| Some((key.parse().ok()?, until))).collect();
        let line = ReviewLine {
            id: ReviewLineId(self.id),
            who,
            name: PersonName { first: self.first_name, last: self.last_name }.full(),
            email: Email::parse(&self.email).map_err(|problem| Error::internal(problem.to_string()))?,
            role,
            profile: label,
            permissions,
            elevated,
            last_day: self.last_day.map(LastDay),
            last_active_at: self.last_active_at,
            given_since: None,
            unused: vec![],
            kept: vec![],
            state,
        };
        Ok(Found { line, has_access: self.has_access })
    }
}

/// What the lines of a review are asked for.
#[derive(Default)]
struct Asked {
    one: Option<Uuid>,
    pattern: Option<String>,
    open_only: bool,
    most: Option<i64>,
    skipped: i64,
}

async fn rows(
    tx: &mut Tx,
    account: AccountId,
    review: AccessReviewId,
    asked: Asked,
    now: DateTime<Utc>,
) -> Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select l.id, l.verdict, l.note, l.decided_at, l.role as decided_role, l.profile as decided_profile,
                  l.permissions as decided_permissions, d.first_name as "by_first?", d.last_name as "by_last?",
                  m.id as "member_id?", l.invitation_id, coalesce(m.first_name, i.first_name) as "first_name!",
                  coalesce(m.last_name, i.last_name) as "last_name!", coalesce(lo.email, i.email) as "email!",
                  coalesce(m.role, i.role) as "role!", coalesce(m.only_assigned, i.only_assigned) as "only_assigned!",
                  p.id as "profile_id?", p.name as "profile_name?", p.permissions as "profile_permissions?",
                  array(select e.permission from elevation e
                        where e.account_id = m.account_id and e.member_id = m.id
                          and elevation_runs(e.verdict, e.ended_at, e.ends_at, $8) order by e.id) as "elevated!",
                  array(select e.ends_at from elevation e
                        where e.account_id = m.account_id and e.member_id = m.id
                          and elevation_runs(e.verdict, e.ended_at, e.ends_at, $8) order by e.id) as "elevated_until!: Vec<Option<DateTime<Utc>>>",
                  case when m.id is null then i.last_day else m.last_day end as last_day,
                  m.last_active_at as "last_active_at?",
                  case when m.id is null then i.state = 'open' else m.state = 'active' end as "has_access!",
                  r.finished_at is not null as "is_finished!", count(*) over () as "matching!"
           from access_review_line l
           join access_review r on r.account_id = l.account_id and r.id = l.review_id
           left join invitation i on i.account_id = l.account_id and i.id = l.invitation_id
           left join member m on m.account_id = l.account_id and m.id = coalesce(l.member_id, i.accepted_by)
           left join login lo on lo.id = m.login_id
           left join permission_profile p on p.account_id = l.account_id
               and p.id = case when m.id is null then i.profile_id else m.profile_id end
           left join member d on d.account_id = l.account_id and d.id = l.decided_by
           where l.account_id = $1 and l.review_id = $2 and ($3::uuid is null or l.id = $3)
             and ($4::text is null or lower(coalesce(m.first_name, i.first_name) || ' ' || coalesce(m.last_name, i.last_name)) like $4
                  or coalesce(lo.email, i.email) like $4)
             and (not $5 or l.verdict is null
                  and case when m.id is null then i.state = 'open' else m.state = 'active' end)
           order by lower(coalesce(m.first_name, i.first_name) || ' ' || coalesce(m.last_name, i.last_name)), l.id
           limit $6 offset $7"#,
        account.0,
        review.0,
        asked.one,
        asked.pattern,
        asked.open_only,
        asked.most,
        asked.skipped,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// One page of those who fit, by name.
pub(in crate::staff) async fn page(
    tx: &mut Tx,
    account: AccountId,
    review: AccessReviewId,
    filter: &ReviewFilter,
    now: DateTime<Utc>,
) -> Result<Page<ReviewLine>> {
    let page = filter.page.max(1);
    let asked = Asked {
        pattern: (!filter.search.is_empty()).then(|| pattern(&filter.search.to_lowercase())),
        open_only: filter.open_only,
        most: Some(i64::from(ROWS_PER_PAGE)),
        skipped: offset(page),
        one: None,
    };
    let rows = rows(tx, account, review, asked, now).await?;
    let total = rows.first().map_or(0, |row| row.matching);
    let total = number(total)?;
    let rows = rows.into_iter().map(|row| Ok(row.found()?.line)).collect::<Result<_>>()?;
    Ok(Page { rows, page, total })
}

pub(in crate::staff) async fn find(
    tx: &mut Tx,
    account: AccountId,
    review: AccessReviewId,
    line: ReviewLineId,
    now: DateTime<Utc>,
) -> Result<Option<Found>> {
    let asked = Asked { one: Some(line.0), ..Asked::default() };
    let rows = rows(tx, account, review, asked, now).await?;
    rows.into_iter().next().map(Row::found).transpose()
}

pub(in crate::staff) async fn all(
    tx: &mut Tx,
    account: AccountId,
    review: AccessReviewId,
    now: DateTime<Utc>,
) -> Result<Vec<ReviewLine>> {
    let rows = rows(tx, account, review, Asked::default(), now).await?;
    rows.into_iter().map(|row| Ok(row.found()?.line)).collect()
}

/// Keeps a verdict beside what they had when it was made.
pub(in crate::staff) async fn decide(
    tx: &mut Tx,
    account: AccountId,
    review: AccessReviewId,
    line: &ReviewLine,
    (verdict, note): (Verdict, &str),
    by: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update access_review_line
         set verdict = $4, note = $5, decided_by = $6, decided_at = $7, role = $8, profile = $9, permissions = $10
         where account_id = $1 and review_id = $2 and id = $3",
        account.0,
        review.0,
        line.id.0,
        verdict.key(),
        note,
        by.0,
        now,
        line.role.key(),
        line.profile,
        &keys_of(line.permissions),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
