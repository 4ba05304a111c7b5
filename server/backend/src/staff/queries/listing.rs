//! My Staff: the one list that is built from what was asked for. Only words of this file get into the text of a statement; what
//! people typed is bound.

use chrono::{DateTime, Utc};
use domain::{
    AccountId,
    listing::{ROWS_PER_PAGE, offset},
    staff::{ReadinessFilter, SortDirection, StaffFilter, StaffRow, StaffSort, StatusFilter},
};
use sqlx::{Postgres, QueryBuilder};

use super::{readiness::standard_keys, staff_row::Row};
use crate::{Result, db::Tx, search::pattern, stored::number};

const MEMBERS: &str = "select m.id, m.login_id, m.first_name, m.last_name, m.role, m.profile_id,
    case m.state when 'active' then 1 else 5 end as rank, m.last_active_at, null::timestamptz as expires_at,
    null as delivery, null as delivery_reason, null::timestamptz as delivered_at, null::timestamptz as asked_again_at, m.last_day,
    null::boolean as pipelines_answered, null::boolean as calendars_answered,
    lower(m.first_name || ' ' || m.last_name) as name_key, ";
/// Only where the address is needed to find or to sort: the page's own fifty are joined in the end.
const WITH_LOGIN: &str = " join login l on l.id = m.login_id";

const INVITATIONS_BEGIN: &str =
    "select i.id, null::uuid as login_id, i.first_name, i.last_name, i.role, i.profile_id,
    case when i.state = 'revoked' then 4 when i.expires_at <= ";
const INVITATIONS_END: &str = " then 3 else 2 end as rank, null::timestamptz as last_active_at, i.expires_at,
    i.delivery, i.delivery_reason, i.delivered_at, i.asked_again_at, i.last_day,
    i.places_answered_by is not null as pipelines_answered, i.calendars_answered, lower(i.first_name || ' ' || i.last_name) as name_key, i.email from invitation i";

const PAGE_BEGIN: &str =
    "select staff.*, coalesce(staff.email, l.email) as address, p.version as photo_version,
    pp.name as profile_name";
const PAGE_FROM: &str = " from (";
const PAGE_END: &str = ") as staff left join login l on l.id = staff.login_id
    left join login_photo p on p.login_id = staff.login_id
    left join permission_profile pp on pp.id = staff.profile_id and pp.account_id = ";

/// What a page shows beside, where it tells what people miss.
const MISSING_BEGIN: &str = ", pp.permissions as profile_permissions, f.calendars, f.pipelines, f.needs_no_calendar, f.needs_no_pipeline,
    f.has_hours, (select count(*) from invitation_pipeline ip
                  where ip.account_id = a.id and ip.invitation_id = staff.id) as invited_pipelines,
    (select count(*) from invitation_calendar ic
     where ic.account_id = a.id and ic.invitation_id = staff.id) as invited_calendars,
    exists (select from calendar c where c.account_id = a.id and c.kind <> 'personal') as has_calendars,
    exists (select from pipeline pl where pl.account_id = a.id) as has_pipelines,
    array(select e.permission from elevation e where e.account_id = a.id and e.member_id = staff.id
          and elevation_runs(e.verdict, e.ended_at, e.ends_at, ";
const MISSING_END: &str = ")) as elevated";
const MISSING_FROM: &str = " join account a on a.id = ";
const MISSING_FACTS: &str = " left join member_place f on f.account_id = a.id and f.member_id = staff.id";

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
            sql.push(WITH_LOGIN);
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
    number(total)
}

/// One page. Each kind is cut to what the page can need before they are put together, so that an index can serve the order.
pub(in crate::staff) async fn rows(
    tx: &mut Tx,
    account: AccountId,
    filter: &StaffFilter,
    now: DateTime<Utc>,
    tells_missing: bool,
) -> Result<Vec<StaffRow>> {
    let asked = Asked { account, filter, now };
    let order = order(filter.sort, filter.direction);
    let skipped = offset(filter.page);
    let needed = skipped + i64::from(ROWS_PER_PAGE);
    let mut sql = QueryBuilder::new(PAGE_BEGIN);
    if tells_missing {
        sql.push(MISSING_BEGIN).push_bind(now).push(MISSING_END);
    }
    sql.push(PAGE_FROM).push("select * from (");
    if asked.wants_members() {
        asked.members(&mut sql);
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
    sql.push(") as everybody").push(&order);
    sql.push(" limit ").push_bind(i64::from(ROWS_PER_PAGE)).push(" offset ").push_bind(skipped);
    sql.push(PAGE_END).push_bind(account.0);
    if tells_missing {
        sql.push(MISSING_FROM).push_bind(account.0).push(MISSING_FACTS);
    }
    sql.push(&order);
    let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut **tx).await?;
    rows.into_iter().map(StaffRow::try_from).collect()
}

/// By the column, then by name; the id makes the order of namesakes stable from page to page.
fn order(sort: StaffSort, direction: SortDirection) -> String {
    let word = match direction {
        SortDirection::Ascending => "asc",
        SortDirection::Descending => "desc",
    };
    let first = match sort {
        StaffSort::Name => String::new(),
        StaffSort::Email => format!("email {word}, "),
        StaffSort::Role => format!("role {word}, "),
        StaffSort::Status => format!("rank {word}, "),
        // Who was never active was active least recently.
        StaffSort::LastActive if word == "asc" => "last_active_at asc nulls first, ".to_owned(),
        StaffSort::LastActive => "last_active_at desc nulls last, ".to_owned(),
    };
    format!(" order by {first}name_key {word}, id {word}")
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

    fn members(&self, sql: &mut QueryBuilder<Postgres>) {
        sql.push("(").push(MEMBERS);
        if self.filter.sort == StaffSort::Email || !self.filter.search.is_empty() {
            sql.push("l.email from member m").push(WITH_LOGIN);
        } else {
            sql.push("null as email from member m");
        }
        self.members_where(sql);
    }

    fn members_where(&self, sql: &mut QueryBuilder<Postgres>) {
        sql.push(" where m.account_id = ").push_bind(self.account.0);
        sql.push(match self.filter.status {
            Some(StatusFilter::Active) => " and m.state = 'active'",
            Some(StatusFilter::Deactivated) => " and m.state = 'deactivated'",
            _ => " and m.state <> 'removed'",
        });
        if let Some(readiness) = self.filter.readiness {
            sql.push(match readiness {
                ReadinessFilter::Red => " and m.state = 'active' and m.id in (",
                ReadinessFilter::Green => " and m.state = 'active' and m.id not in (",
            });
            sql.push("select r.member_id from members_not_ready(").push_bind(self.account.0).push(", ");
            sql.push_bind(standard_keys()).push(", ").push_bind(self.now).push(") r)");
        }
        if let Some(role) = self.filter.role {
            sql.push(" and m.role = ").push_bind(role.key());
        }
        if let Some(profile) = self.filter.profile {
            sql.push(" and m.profile_id = ").push_bind(profile.0);
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
        // Nobody is ready who has not joined, and nobody revoked is to be.
        match self.filter.readiness {
            Some(ReadinessFilter::Red) => sql.push(" and i.state = 'open'"),
            Some(ReadinessFilter::Green) => sql.push(" and false"),
            None => sql,
        };
        if let Some(role) = self.filter.role {
            sql.push(" and i.role = ").push_bind(role.key());
        }
        if let Some(profile) = self.filter.profile {
            sql.push(" and i.profile_id = ").push_bind(profile.0);
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
