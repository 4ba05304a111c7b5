use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, Email, LoginId, MemberId, PersonName,
    staff::{Employee, LastDay, MemberDetails, MemberState, PhoneNumber},
};

use uuid::Uuid;

use crate::{
    Error, Result,
    db::Tx,
    permissions::{ProfileColumns, assignment},
    staff::readiness::PlaceFacts,
};

struct Row {
    id: MemberId,
    login_id: LoginId,
    first_name: String,
    last_name: String,
    email: String,
    phone: Option<String>,
    role: String,
    only_assigned: bool,
    profile_id: Option<Uuid>,
    profile_name: Option<String>,
    profile_permissions: Option<Vec<String>>,
    elevated: Vec<String>,
    state: String,
    joined_at: DateTime<Utc>,
    last_active_at: Option<DateTime<Utc>>,
    version: i32,
    photo_version: Option<i32>,
    last_day: Option<NaiveDate>,
    has_calendars: bool,
    has_pipelines: bool,
    calendars: i64,
    pipelines: i64,
    needs_no_calendar: bool,
    needs_no_pipeline: bool,
    has_hours: bool,
}

/// A member, and what is known of whether they can work.
pub(in crate::staff) struct Found {
    pub details: MemberDetails,
    pub places: PlaceFacts,
}

/// What is stored was checked before; anything else is a bug of ours.
fn stored<T, E: std::fmt::Debug>(read: std::result::Result<T, E>) -> Result<T> {
    read.map_err(|error| Error::internal(format!("a stored value cannot be read: {error:?}")))
}

impl Row {
    fn found(self) -> Result<Found> {
        let places = PlaceFacts {
            has_calendars: self.has_calendars,
            has_pipelines: self.has_pipelines,
            calendars: self.calendars,
            pipelines: self.pipelines,
            needs_no_calendar: self.needs_no_calendar,
            needs_no_pipeline: self.needs_no_pipeline,
            has_hours: self.has_hours,
        };
        Ok(Found { details: self.details()?, places })
    }

    fn details(self) -> Result<MemberDetails> {
        let profile = ProfileColumns {
            id: self.profile_id,
            name: self.profile_name,
            permissions: self.profile_permissions,
        };
        Ok(MemberDetails {
            id: self.id,
            login_id: self.login_id,
            name: PersonName { first: self.first_name, last: self.last_name },
            email: stored(Email::parse(&self.email))?,
            phone: self.phone.map(|phone| stored(PhoneNumber::from_e164(&phone))).transpose()?,
            assignment: assignment(&self.role, self.only_assigned, profile, &self.elevated)?,
            state: stored(self.state.parse())?,
            joined_at: self.joined_at,
            last_active_at: self.last_active_at,
            version: self.version,
            photo_version: self.photo_version,
            last_day: self.last_day.map(LastDay),
        })
    }
}

pub(in crate::staff) async fn details(
    tx: &mut Tx,
    account: AccountId,
    id: MemberId,
    now: DateTime<Utc>,
) -> Result<Option<MemberDetails>> {
    Ok(find(tx, account, id, now).await?.map(|found| found.details))
}

pub(in crate::staff) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: MemberId,
    now: DateTime<Utc>,
) -> Result<Option<Found>> {
    let row = sqlx::query_as!(
        Row,
        r#"select m.id, m.login_id, m.first_name, m.last_name, coalesce(m.removed_email, l.email) as "email!",
                  m.phone, m.role, m.only_assigned, m.profile_id, pp.name as "profile_name?",
                  pp.permissions as "profile_permissions?", m.state, m.joined_at, m.last_active_at, m.version,
                  p.version as "photo_version?", m.last_day,
                  array(select e.permission from elevation e
                        where e.account_id = m.account_id and e.member_id = m.id
                          and elevation_runs(e.verdict, e.ended_at, e.ends_at, $3)) as "elevated!",
                  f.has_calendars as "has_calendars!", f.has_pipelines as "has_pipelines!", f.calendars as "calendars!",
                  f.pipelines as "pipelines!", f.needs_no_calendar as "needs_no_calendar!",
                  f.needs_no_pipeline as "needs_no_pipeline!", f.has_hours as "has_hours!"
           from member m
           join member_place f on f.account_id = m.account_id and f.member_id = m.id
           join login l on l.id = m.login_id
           left join login_photo p on p.login_id = m.login_id and m.state <> 'removed'
           left join permission_profile pp on pp.account_id = m.account_id and pp.id = m.profile_id
           where m.account_id = $1 and m.id = $2"#,
        account.0,
        id.0,
        now,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Row::found).transpose()
}

/// Whether the account has an active Admin beside `id`. Call it under the account's lock.
pub(in crate::staff) async fn has_another_admin(
    tx: &mut Tx,
    account: AccountId,
    id: MemberId,
) -> Result<bool> {
    let exists = sqlx::query_scalar!(
        r#"select exists (select from member
                          where account_id = $1 and id <> $2 and role = 'admin' and state = 'active') as "exists!""#,
        account.0,
        id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(exists)
}

/// Writes what the edit page may change; answers whether version `version` was still the newest.
pub(in crate::staff) async fn change(
    tx: &mut Tx,
    account: AccountId,
    id: MemberId,
    version: i32,
    to: &Employee,
) -> Result<bool> {
    let changed = sqlx::query!(
        "update member set first_name = $4, last_name = $5, phone = $6, role = $7, profile_id = $8, only_assigned = $9,
           last_day = $10, version = version + 1
         where account_id = $1 and id = $2 and version = $3",
        account.0,
        id.0,
        version,
        to.name.first,
        to.name.last,
        to.phone.as_ref().map(PhoneNumber::as_str),
        to.choice.role.key(),
        to.choice.profile.map(Uuid::from),
        to.choice.only_assigned,
        to.last_day.map(|day| day.0),
    )
    .execute(&mut **tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}

pub(in crate::staff) async fn set_state(
    tx: &mut Tx,
    account: AccountId,
    id: MemberId,
    state: MemberState,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update member set state = $3, state_since = $4, version = version + 1,
           removed_email = case when $3 = 'removed' then (select email from login where id = login_id) end
         where account_id = $1 and id = $2",
        account.0,
        id.0,
        state.key(),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The last day of somebody; none for whoever stays.
pub(in crate::staff) async fn last_day(
    tx: &mut Tx,
    account: AccountId,
    id: MemberId,
) -> Result<Option<LastDay>> {
    let day =
        sqlx::query_scalar!("select last_day from member where account_id = $1 and id = $2", account.0, id.0)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(day.flatten().map(LastDay))
}

/// Lets somebody come back for good.
pub(in crate::staff) async fn forget_last_day(tx: &mut Tx, account: AccountId, id: MemberId) -> Result<()> {
    sqlx::query!("update member set last_day = null where account_id = $1 and id = $2", account.0, id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
