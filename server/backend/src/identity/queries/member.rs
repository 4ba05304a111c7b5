use chrono::{DateTime, Utc};
use domain::{AccountId, LoginId, MemberId, PersonName, staff::PhoneNumber};

use serde_json::Value;
use uuid::Uuid;

use crate::{Error, Result, db::Tx};

/// One account that a person may work in.
pub(crate) struct MembershipRow {
    pub account_id: AccountId,
    pub account_name: String,
    pub time_zone: String,
    pub country: String,
    pub member_id: MemberId,
    pub first_name: String,
    pub last_name: String,
    pub role: String,
    pub only_assigned: bool,
    pub profile_id: Option<Uuid>,
    pub profile_name: Option<String>,
    pub profile_permissions: Option<Vec<String>>,
    pub elevated: Vec<String>,
    pub last_active_at: Option<DateTime<Utc>>,
    /// `domain::billing::Subscription`, where it needs to be told of everywhere.
    pub subscription: Option<Value>,
}

/// A person's active memberships by the account's name, with what they have at this instant and without those of a guest whose last
/// day is over; in a transaction that sees their own.
pub(crate) async fn memberships(
    tx: &mut Tx,
    login: LoginId,
    now: DateTime<Utc>,
) -> Result<Vec<MembershipRow>> {
    let rows = sqlx::query_as!(
        MembershipRow,
        r#"select m.account_id, a.name as account_name, a.time_zone, a.country, m.id as member_id,
                  m.first_name, m.last_name, m.role, m.only_assigned, m.profile_id, p.name as "profile_name?",
                  p.permissions as "profile_permissions?", m.last_active_at,
                  array(select e.permission from elevation e
                        where e.account_id = m.account_id and e.member_id = m.id
                          and elevation_runs(e.verdict, e.ended_at, e.ends_at, $2)) as "elevated!",
                  b.book -> 'subscription' as "subscription?"
           from member m
           join account a on a.id = m.account_id
           left join permission_profile p on p.account_id = m.account_id and p.id = m.profile_id
           left join billing b on b.account_id = m.account_id and b.state in ('past_due', 'paused', 'ended')
           where m.login_id = $1 and m.state = 'active' and not access_has_ended(m.last_day, a.time_zone, $2)
           order by lower(a.name), a.id"#,
        login.0,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

pub(crate) async fn touch(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update member set last_active_at = $3 where account_id = $1 and id = $2",
        account.0,
        member.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What people change about themselves in one account.
pub(crate) struct OwnDetails {
    pub name: PersonName,
    pub phone: Option<PhoneNumber>,
}

struct OwnDetailsRow {
    first_name: String,
    last_name: String,
    phone: Option<String>,
}

impl TryFrom<OwnDetailsRow> for OwnDetails {
    type Error = Error;
    fn try_from(row: OwnDetailsRow) -> Result<Self> {
        let phone = row.phone.map(|phone| PhoneNumber::from_e164(&phone)).transpose();
        Ok(Self {
            name: PersonName { first: row.first_name, last: row.last_name },
            phone: phone.map_err(Error::internal)?,
        })
    }
}

/// Locks the member until the transaction ends.
pub(crate) async fn lock_own(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Option<OwnDetails>> {
    let row = sqlx::query_as!(
        OwnDetailsRow,
        "select first_name, last_name, phone from member where account_id = $1 and id = $2 for no key update",
        account.0,
        member.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(OwnDetails::try_from).transpose()
}

pub(crate) async fn own(tx: &mut Tx, account: AccountId, member: MemberId) -> Result<Option<OwnDetails>> {
    let row = sqlx::query_as!(
        OwnDetailsRow,
        "select first_name, last_name, phone from member where account_id = $1 and id = $2",
        account.0,
        member.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(OwnDetails::try_from).transpose()
}

pub(crate) async fn change_own(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    details: &OwnDetails,
) -> Result<()> {
    sqlx::query!(
        "update member set first_name = $3, last_name = $4, phone = $5, version = version + 1
         where account_id = $1 and id = $2",
        account.0,
        member.0,
        details.name.first,
        details.name.last,
        details.phone.as_ref().map(PhoneNumber::as_str),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether this person belongs to the account, active or not.
pub(crate) async fn belongs(tx: &mut Tx, account: AccountId, login: LoginId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        "select true from member where account_id = $1 and login_id = $2 and state <> 'removed'",
        account.0,
        login.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.is_some())
}
