use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, Email, InvitationId, MemberId, Permission, PermissionSet, PersonName,
    permissions::Assignment,
    staff::{
        Answered, Employee, InvitationDetails, InvitationState, LastDay, NamedPlace, PhoneNumber, Place,
    },
};
use uuid::Uuid;

use super::delivery::delivery;
use crate::{
    Error, Result,
    db::Tx,
    permissions::{ProfileColumns, assignment},
    staff::{invite::Fresh, readiness::InvitedFacts},
};

/// An invitation with what only the server may know.
pub(in crate::staff) struct StoredInvitation {
    pub details: InvitationDetails,
    /// Every version of the link is derived from it.
    pub nonce: Vec<u8>,
    pub account_name: String,
    pub time_zone: String,
    /// What the inviter may do today; nothing when they are not active.
    pub inviter_permissions: PermissionSet,
    /// Until when they may invite beside what their profile opens, at most as long as the link works; none when nobody gave it.
    pub inviter_elevated_until: Option<DateTime<Utc>>,
    /// Of an inviter who is a guest.
    pub inviter_last_day: Option<LastDay>,
    /// Who said that they will be in each of the places.
    pub answered_by: Vec<(Place, MemberId)>,
    pub facts: InvitedFacts,
}

struct Row {
    id: Uuid,
    email: String,
    first_name: String,
    last_name: String,
    phone: Option<String>,
    role: String,
    only_assigned: bool,
    profile_id: Option<Uuid>,
    profile_name: Option<String>,
    profile_permissions: Option<Vec<String>>,
    state: String,
    nonce: Vec<u8>,
    version: i32,
    invited_by: Uuid,
    inviter_first_name: String,
    inviter_last_name: String,
    inviter_role: String,
    inviter_only_assigned: bool,
    inviter_profile_id: Option<Uuid>,
    inviter_profile_permissions: Option<Vec<String>>,
    inviter_is_active: bool,
    inviter_elevated_until: Option<DateTime<Utc>>,
    invited_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    delivery: String,
    delivery_reason: Option<String>,
    delivered_at: Option<DateTime<Utc>>,
    asked_again_at: Option<DateTime<Utc>>,
    account_name: String,
    time_zone: String,
    last_day: Option<NaiveDate>,
    inviter_last_day: Option<NaiveDate>,
    places_answered_by: Option<Uuid>,
    pipeline_ids: Vec<Uuid>,
    pipeline_names: Vec<String>,
    calendars_answered: bool,
    calendar_ids: Vec<Uuid>,
    calendar_names: Vec<String>,
    calendars_by: Vec<Uuid>,
    has_pipelines: bool,
    has_calendars: bool,
}

pub(in crate::staff) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: InvitationId,
) -> Result<Option<StoredInvitation>> {
    let row = sqlx::query_as!(
        Row,
        r#"select i.id, i.email, i.first_name, i.last_name, i.phone, i.role, i.state, i.nonce, i.version, i.invited_by,
             m.first_name as inviter_first_name, m.last_name as inviter_last_name, m.role as inviter_role,
             m.only_assigned as inviter_only_assigned, m.profile_id as inviter_profile_id,
             mp.permissions as "inviter_profile_permissions?",
             i.only_assigned, i.profile_id, p.name as "profile_name?", p.permissions as "profile_permissions?",
             m.state = 'active' as "inviter_is_active!", i.invited_at, i.expires_at, i.delivery, i.delivery_reason,
             i.delivered_at, i.asked_again_at, a.name as account_name, a.time_zone, i.last_day,
             (select max(coalesce(e.ends_at, i.expires_at)) from elevation e
              where e.account_id = m.account_id and e.member_id = m.id and e.permission = $3
                and e.verdict = 'granted' and e.ended_at is null) as inviter_elevated_until,
             m.last_day as inviter_last_day, i.places_answered_by,
             array(select pl.id from invitation_pipeline ip
                   join pipeline pl on pl.account_id = ip.account_id and pl.id = ip.pipeline_id
                   where ip.account_id = i.account_id and ip.invitation_id = i.id order by pl.position, pl.id) as "pipeline_ids!",
             array(select pl.name from invitation_pipeline ip
                   join pipeline pl on pl.account_id = ip.account_id and pl.id = ip.pipeline_id
                   where ip.account_id = i.account_id and ip.invitation_id = i.id order by pl.position, pl.id) as "pipeline_names!",
             i.calendars_answered,
             array(select c.id from invitation_calendar ic
                   join calendar c on c.account_id = ic.account_id and c.id = ic.calendar_id
                   where ic.account_id = i.account_id and ic.invitation_id = i.id order by lower(c.name), c.id) as "calendar_ids!",
             array(select c.name from invitation_calendar ic
                   join calendar c on c.account_id = ic.account_id and c.id = ic.calendar_id
                   where ic.account_id = i.account_id and ic.invitation_id = i.id order by lower(c.name), c.id) as "calendar_names!",
             array(select ic.answered_by from invitation_calendar ic
                   join calendar c on c.account_id = ic.account_id and c.id = ic.calendar_id
                   where ic.account_id = i.account_id and ic.invitation_id = i.id order by lower(c.name), c.id) as "calendars_by!",
             exists (select from pipeline pl where pl.account_id = i.account_id) as "has_pipelines!",
             exists (select from calendar c where c.account_id = i.account_id and c.kind <> 'personal') as "has_calendars!"
           from invitation i
           join member m on m.account_id = i.account_id and m.id = i.invited_by
           join account a on a.id = i.account_id
           left join permission_profile p on p.account_id = i.account_id and p.id = i.profile_id
           left join permission_profile mp on mp.account_id = m.account_id and mp.id = m.profile_id
           where i.account_id = $1 and i.id = $2"#,
        account.0,
        id.0,
        Permission::SettingsInviteStaff.key(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(StoredInvitation::try_from).transpose()
}

impl Row {
    /// What the inviter holds by their profile.
    fn inviters(&self) -> Result<Assignment> {
        let profile = ProfileColumns {
            id: self.inviter_profile_id,
            name: Some(String::new()),
            permissions: self.inviter_profile_permissions.clone(),
        };
        assignment(&self.inviter_role, self.inviter_only_assigned, profile, &[])
    }

    fn answered(&self) -> Answered {
        Answered { pipelines: self.places_answered_by.is_some(), calendars: self.calendars_answered }
    }

    fn facts(&self) -> Result<InvitedFacts> {
        Ok(InvitedFacts {
            has_calendars: self.has_calendars,
            calendars: i64::try_from(self.calendar_ids.len()).map_err(Error::internal)?,
            has_pipelines: self.has_pipelines,
            pipelines: i64::try_from(self.pipeline_ids.len()).map_err(Error::internal)?,
            answered: self.answered(),
        })
    }

    /// The places, and for each who stands behind it.
    fn places(&self) -> (Vec<NamedPlace>, Vec<(Place, MemberId)>) {
        let pipelines = self.pipeline_ids.iter().map(|id| Place::Pipeline((*id).into()));
        let calendars = self.calendar_ids.iter().map(|id| Place::Calendar((*id).into()));
        let by_pipeline = pipelines.clone().zip(self.places_answered_by.iter().cycle());
        let by_calendar = calendars.clone().zip(&self.calendars_by);
        let answered_by = by_pipeline.chain(by_calendar).map(|(place, by)| (place, (*by).into()));
        let names = self.pipeline_names.iter().chain(&self.calendar_names);
        let named = |(place, name): (Place, &String)| NamedPlace { place, name: name.clone() };
        (pipelines.chain(calendars).zip(names).map(named).collect(), answered_by.collect())
    }
}

impl TryFrom<Row> for StoredInvitation {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let (facts, inviters) = (row.facts()?, row.inviters()?);
        let (answered, (places, answered_by)) = (row.answered(), row.places());
        let inviter = PersonName { first: row.inviter_first_name, last: row.inviter_last_name };
        let profile = ProfileColumns {
            id: row.profile_id,
            name: row.profile_name,
            permissions: row.profile_permissions,
        };
        let details = InvitationDetails {
            id: row.id.into(),
            name: PersonName { first: row.first_name, last: row.last_name },
            email: Email::parse(&row.email).map_err(Error::internal)?,
            phone: row.phone.map(PhoneNumber::try_from).transpose().map_err(Error::internal)?,
            assignment: assignment(&row.role, row.only_assigned, profile, &[])?,
            state: state(&row.state)?,
            delivery: delivery(&row.delivery, row.delivery_reason, row.delivered_at)?,
            invited_by: row.invited_by.into(),
            invited_by_name: inviter.full(),
            invited_at: row.invited_at,
            expires_at: row.expires_at,
            version: row.version,
            asked_again_at: row.asked_again_at,
            last_day: row.last_day.map(LastDay),
            places,
            answered,
        };
        let inviter_permissions =
            if row.inviter_is_active { inviters.permissions } else { PermissionSet::EMPTY };
        let inviter_elevated_until = row.inviter_elevated_until.filter(|_| row.inviter_is_active);
        let (account_name, time_zone, nonce) = (row.account_name, row.time_zone, row.nonce);
        Ok(Self {
            details,
            nonce,
            account_name,
            time_zone,
            inviter_permissions,
            inviter_elevated_until,
            inviter_last_day: row.inviter_last_day.map(LastDay),
            answered_by,
            facts,
        })
    }
}

fn state(key: &str) -> Result<InvitationState> {
    match key {
        "open" => Ok(InvitationState::Open),
        "accepted" => Ok(InvitationState::Accepted),
        "revoked" => Ok(InvitationState::Revoked),
        other => Err(Error::internal(format!("an invitation's state is {other:?}"))),
    }
}

/// Whether the address belongs to somebody in the account, active or not.
pub(in crate::staff) async fn is_member(tx: &mut Tx, account: AccountId, email: &Email) -> Result<bool> {
    let found = sqlx::query_scalar!(
        "select true from member m join login l on l.id = m.login_id
         where m.account_id = $1 and l.email = $2 and m.state <> 'removed'",
        account.0,
        email.as_str(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.is_some())
}

/// Whether the address has an open invitation, which holds a seat already.
pub(in crate::staff) async fn is_invited(tx: &mut Tx, account: AccountId, email: &Email) -> Result<bool> {
    let found = sqlx::query_scalar!(
        "select true from invitation where account_id = $1 and email = $2 and state = 'open'",
        account.0,
        email.as_str(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.is_some())
}

/// Makes the invitation of an address, or refreshes the one there is; answers its id and the version of its new link.
pub(in crate::staff) async fn put(
    tx: &mut Tx,
    account: AccountId,
    new_id: InvitationId,
    new_nonce: &[u8],
    employee: &Employee,
    fresh: &Fresh,
) -> Result<(InvitationId, i32)> {
    // The nonce stays with the row: an older link is still known to be genuine, and so can be called replaced.
    let row = sqlx::query!(
        "insert into invitation (account_id, id, email, first_name, last_name, phone, role, nonce, invited_by,
                                 invited_at, expires_at, profile_id, only_assigned, last_day)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict on constraint invitation_email_unique do update set
           first_name = excluded.first_name, last_name = excluded.last_name, phone = excluded.phone,
           role = excluded.role, profile_id = excluded.profile_id, only_assigned = excluded.only_assigned,
           last_day = excluded.last_day, state = 'open', version = invitation.version + 1,
           invited_by = excluded.invited_by, invited_at = excluded.invited_at, expires_at = excluded.expires_at,
           delivery = 'queued', delivery_reason = null, delivered_at = null, asked_again_at = null,
           accepted_by = null
         returning id, version",
        account.0,
        new_id.0,
        employee.email.as_str(),
        employee.name.first,
        employee.name.last,
        employee.phone.as_ref().map(PhoneNumber::as_str),
        employee.choice.role.key(),
        new_nonce,
        fresh.inviter.0,
        fresh.now,
        fresh.expires_at,
        employee.choice.profile.map(Uuid::from),
        employee.choice.only_assigned,
        employee.last_day.map(|day| day.0),
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.id.into(), row.version))
}

/// Gives an invitation a new link; answers its version.
pub(in crate::staff) async fn refresh(
    tx: &mut Tx,
    account: AccountId,
    id: InvitationId,
    fresh: &Fresh,
) -> Result<i32> {
    let version = sqlx::query_scalar!(
        "update invitation set version = version + 1, invited_by = $3, invited_at = $4, expires_at = $5,
           delivery = 'queued', delivery_reason = null, delivered_at = null, asked_again_at = null
         where account_id = $1 and id = $2 returning version",
        account.0,
        id.0,
        fresh.inviter.0,
        fresh.now,
        fresh.expires_at,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(version)
}

/// Writes what may be changed of an invitation, and when its link dies.
pub(in crate::staff) async fn change(
    tx: &mut Tx,
    account: AccountId,
    id: InvitationId,
    employee: &Employee,
    backed_by: MemberId,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update invitation set first_name = $3, last_name = $4, phone = $5, role = $6, invited_by = $7,
           profile_id = $8, only_assigned = $9, last_day = $10, expires_at = $11
         where account_id = $1 and id = $2",
        account.0,
        id.0,
        employee.name.first,
        employee.name.last,
        employee.phone.as_ref().map(PhoneNumber::as_str),
        employee.choice.role.key(),
        backed_by.0,
        employee.choice.profile.map(Uuid::from),
        employee.choice.only_assigned,
        employee.last_day.map(|day| day.0),
        expires_at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::staff) async fn revoke(tx: &mut Tx, account: AccountId, id: InvitationId) -> Result<()> {
    sqlx::query!(
        "update invitation set state = 'revoked', asked_again_at = null where account_id = $1 and id = $2",
        account.0,
        id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes a request for a new link; false when one was waiting already, or the person has joined.
pub(in crate::staff) async fn ask_again(
    tx: &mut Tx,
    account: AccountId,
    id: InvitationId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let noted = sqlx::query!(
        "update invitation set asked_again_at = $3
         where account_id = $1 and id = $2 and asked_again_at is null and state <> 'accepted'",
        account.0,
        id.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(noted.rows_affected() > 0)
}
