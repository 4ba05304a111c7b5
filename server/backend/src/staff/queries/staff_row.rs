use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Email, InvitationId, LoginId, MemberId,
    staff::{LastDay, StaffId, StaffRow, StaffStatus},
};
use uuid::Uuid;

use super::delivery::delivery;
use crate::{Error, Result};

/// A line of My Staff as [`super::listing`] selects it.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    /// None for an invitation.
    login_id: Option<Uuid>,
    first_name: String,
    last_name: String,
    address: String,
    role: String,
    profile_name: Option<String>,
    rank: i32,
    last_active_at: Option<DateTime<Utc>>,
    photo_version: Option<i32>,
    expires_at: Option<DateTime<Utc>>,
    delivery: Option<String>,
    delivery_reason: Option<String>,
    delivered_at: Option<DateTime<Utc>>,
    asked_again_at: Option<DateTime<Utc>>,
    last_day: Option<NaiveDate>,
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
            email: Email::parse(&row.address).map_err(Error::internal)?,
            role: row.role.parse().map_err(Error::internal)?,
            profile: row.profile_name,
            status,
            last_active_at: row.last_active_at,
            photo: row.login_id.map(LoginId).zip(row.photo_version),
            asked_again: row.asked_again_at.is_some(),
            last_day: row.last_day.map(LastDay),
        })
    }
}
