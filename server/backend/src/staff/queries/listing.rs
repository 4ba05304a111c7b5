//! My Staff: the one list that is built from what was asked for. Only words of this file get into the text of a statement; what
//! people typed is bound.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, Email, InvitationId, LoginId, MemberId,
    listing::{ROWS_PER_PAGE, offset},
    staff::{SortDirection, StaffFilter, StaffId, StaffRow, StaffSort, StaffStatus, StatusFilter},
};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::delivery::delivery;
use crate::{Error, Result, db::Tx};

const MEMBERS: &str = "select m.id, m.login_id, m.first_name, m.last_name, l.email, m.role,
    case m.state when 'active' then 1 else 5 end as rank, m.last_active_at, p.version as photo_version,
    null::timestamptz as expires_at, null as delivery, null as delivery_reason, null::timestamptz as delivered_at,
    null::timestamptz as asked_again_at, lower(m.first_name || ' ' || m.last_name) as name_key
    from member m join login l on l.id = m.login_id left join login_photo p on p.login_id = m.login_id";

const INVITATIONS_BEGIN: &str =
    "select i.id, null::uuid as login_id, i.first_name, i.last_name, i.email, i.role,
    case when i.state = 'revoked' then 4 when i.expires_at <= ";
const INVITATIONS_END: &str =
    " then 3 else 2 end as rank, null::timestamptz as last_active_at, null::integer as photo_version,
    i.expires_at, i.delivery, i.delivery_reason, i.delivered_at, i.asked_again_at,
    lower(i.first_name || ' ' || i.last_name) as name_key
    from invitation i";

/// Rows on all pages together.
pub(in crate::staff) async fn count(
    tx: &mut Tx,
    account: AccountId,
    filter: &StaffFilter,
    now: DateTime<Utc>,
) -> Result<u64> {
    let asked = Asked { account, filter, now };
    let mut sql = QueryBuilder::new("select 0");
    if asked.wants_members() {
        sql.push(" + (select count(*) from member m");
        if !filter.search.is_empty() {
            sql.push(" join login l on l.id = m.login_id");
        }
        asked.members_where(&mut sql);
        sql.push(")");
    }
    if asked.wants_invitations() {
        sql.push(" + (select count(*) from invitation i");
        asked.invitations_where(&mut sql);
        sql.push(")");
    }
    sql.push(" as total");
    let total: i64 = sql.build_query_scalar().fetch_one(&mut **tx).await?;
    u64::try_from(total).map_err(Error::internal)
}

/// One page. Each kind is cut to what the page can need before they are put together, so that an index can serve the order.
pub(in crate::staff) async fn rows(
    tx: &mut Tx,
    account: AccountId,
    filter: &StaffFilter,
    page: u32,
    now: DateTime<Utc>,
) -> Result<Vec<StaffRow>> {
    let asked = Asked { account, filter, now };
    let order = order(filter.sort, filter.direction);
    let skipped = offset(page);
    let needed = skipped + i64::from(ROWS_PER_PAGE);
    let mut sql = QueryBuilder::new("select * from (");
    if asked.wants_members() {
        sql.push("(").push(MEMBERS);
        asked.members_where(&mut sql);
        sql.push(&order).push(" limit ").push_bind(needed).push(")");
    }
    if asked.wants_members() && asked.wants_invitations() {
        sql.push(" union all ");
    }
    if asked.wants_invitations() {
        sql.push("(").push(INVITATIONS_BEGIN).push_bind(now).push(INVITATIONS_END);
        asked.invitations_where(&mut sql);
        sql.push(&order).push(" limit ").push_bind(needed).push(")");
    }
    sql.push(") as staff").push(&order);
    sql.push(" limit ").push_bind(i64::from(ROWS_PER_PAGE)).push(" offset ").push_bind(skipped);
    let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut **tx).await?;
    rows.into_iter().map(StaffRow::try_from).collect()
}

/// By the column, then by name; the id makes the order of namesakes stable from page to page.
fn order(sort: StaffSort, direction: SortDirection) -> String {
    // Who was never active was active least recently.
    let (word, nulls) = match direction {
        SortDirection::Ascending => ("asc", "nulls first"),
        SortDirection::Descending => ("desc", "nulls last"),
    };
    let column = match sort {
        StaffSort::Name => return format!(" order by name_key {word}, id {word}"),
        StaffSort::Email => "email",
        StaffSort::Role => "role",
        StaffSort::Status => "rank",
        StaffSort::LastActive => "last_active_at",
    };
    format!(" order by {column} {word} {nulls}, name_key {word}, id {word}")
}

/// What the page asks for.
struct Asked<'a> {
    account: AccountId,
    filter: &'a StaffFilter,
    now: DateTime<Utc>,
}

impl Asked<'_> {
    fn wants_members(&self) -> bool {
        matches!(self.filter.status, None | Some(StatusFilter::Active | StatusFilter::Deactivated))
    }

    fn wants_invitations(&self) -> bool {
        !matches!(self.filter.status, Some(StatusFilter::Active | StatusFilter::Deactivated))
    }

    fn members_where(&self, sql: &mut QueryBuilder<Postgres>) {
        sql.push(" where m.account_id = ").push_bind(self.account.0);
        sql.push(match self.filter.status {
            Some(StatusFilter::Active) => " and m.state = 'active'",
            Some(StatusFilter::Deactivated) => " and m.state = 'deactivated'",
            _ => " and m.state <> 'removed'",
        });
        if let Some(role) = self.filter.role {
            sql.push(" and m.role = ").push_bind(role.key());
        }
        self.search(sql, "lower(m.first_name || ' ' || m.last_name)", "l.email");
    }

    fn invitations_where(&self, sql: &mut QueryBuilder<Postgres>) {
        sql.push(" where i.account_id = ").push_bind(self.account.0);
        match self.filter.status {
            Some(StatusFilter::Invited) => {
                sql.push(" and i.state = 'open' and i.expires_at > ").push_bind(self.now);
            }
            Some(StatusFilter::Expired) => {
                sql.push(" and i.state = 'open' and i.expires_at <= ").push_bind(self.now);
            }
            Some(StatusFilter::AskedAgain) => {
                sql.push(" and i.state <> 'accepted' and i.asked_again_at is not null");
            }
            _ => {
                sql.push(" and (i.state = 'open' or i.state = 'revoked' and i.asked_again_at is not null)");
            }
        }
        if let Some(role) = self.filter.role {
            sql.push(" and i.role = ").push_bind(role.key());
        }
        self.search(sql, "lower(i.first_name || ' ' || i.last_name)", "i.email");
    }

    fn search(&self, sql: &mut QueryBuilder<Postgres>, name: &str, email: &str) {
        if self.filter.search.is_empty() {
            return;
        }
        let pattern = pattern(&self.filter.search);
        sql.push(" and (").push(name).push(" like lower(").push_bind(pattern.clone());
        sql.push(") or ").push(email).push(" like lower(").push_bind(pattern).push("))");
    }
}

/// Finds the text anywhere; signs that mean something to LIKE mean themselves.
fn pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.chars() {
        if matches!(c, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    /// None for an invitation.
    login_id: Option<Uuid>,
    first_name: String,
    last_name: String,
    email: String,
    role: String,
    rank: i32,
    last_active_at: Option<DateTime<Utc>>,
    photo_version: Option<i32>,
    expires_at: Option<DateTime<Utc>>,
    delivery: Option<String>,
    delivery_reason: Option<String>,
    delivered_at: Option<DateTime<Utc>>,
    asked_again_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for StaffRow {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let status = match (row.rank, row.expires_at, row.delivery) {
            (1, ..) => StaffStatus::Active,
            (2, Some(expires_at), Some(key)) => StaffStatus::Invited {
                expires_at,
                delivery: delivery(&key, row.delivery_reason, row.delivered_at)?,
            },
            (3, Some(expired_at), _) => StaffStatus::Expired { expired_at },
            (4, ..) => StaffStatus::Revoked,
            (5, ..) => StaffStatus::Deactivated,
            (rank, ..) => return Err(Error::internal(format!("a row of My Staff has rank {rank}"))),
        };
        let id = match row.login_id {
            Some(_) => StaffId::Member(MemberId(row.id)),
            None => StaffId::Invitation(InvitationId(row.id)),
        };
        Ok(Self {
            id,
            name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
            email: Email::parse(&row.email).map_err(Error::internal)?,
            role: row.role.parse().map_err(Error::internal)?,
            status,
            last_active_at: row.last_active_at,
            photo: row.login_id.map(LoginId).zip(row.photo_version),
            asked_again: row.asked_again_at.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn signs_of_like_mean_themselves() {
        assert_eq!(super::pattern(r"50%_\o"), r"%50\%\_\\o%");
    }
}
