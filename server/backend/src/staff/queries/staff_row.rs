use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Email, InvitationId, LoginId, MemberId,
    calendars::{ReadinessFacts, missing, missing_words},
    staff::{Answered, LastDay, StaffId, StaffRow, StaffStatus},
};
use uuid::Uuid;

use super::delivery::delivery;
use crate::{
    Error, Result,
    permissions::{ProfileColumns, assignment},
    staff::readiness::{InvitedFacts, PlaceFacts},
};

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
    profile_id: Option<Uuid>,
    pipelines_answered: Option<bool>,
    calendars_answered: Option<bool>,
    #[sqlx(flatten)]
    known: Known,
}

/// What is known of whether somebody can work; nothing where that is not told. Of invitations, what is known of members alone is none.
#[derive(Default, sqlx::FromRow)]
#[sqlx(default)]
struct Known {
    has_calendars: Option<bool>,
    has_pipelines: Option<bool>,
    calendars: Option<i64>,
    pipelines: Option<i64>,
    needs_no_calendar: Option<bool>,
    needs_no_pipeline: Option<bool>,
    has_hours: Option<bool>,
    invited_calendars: Option<i64>,
    invited_pipelines: Option<i64>,
    profile_permissions: Option<Vec<String>>,
    elevated: Option<Vec<String>>,
}

impl Row {
    /// What they miss to be able to work; nothing of somebody who is not to work.
    fn missing(&self) -> Result<String> {
        let profile = ProfileColumns {
            id: self.profile_id,
            name: self.profile_name.clone(),
            permissions: self.known.profile_permissions.clone(),
        };
        let elevated = self.known.elevated.as_deref().unwrap_or_default();
        // A scope is none of what somebody may miss.
        let permissions = assignment(&self.role, false, profile, elevated)?.permissions;
        let facts: Option<ReadinessFacts> = match self.rank {
            1 => self.known.of_member().map(|facts| facts.of_member(permissions)),
            2 | 3 => self.of_invited().map(|facts| facts.of_invited(permissions)),
            _ => None,
        };
        Ok(facts.map(|facts| missing_words(&missing(&facts))).unwrap_or_default())
    }

    fn of_invited(&self) -> Option<InvitedFacts> {
        Some(InvitedFacts {
            has_calendars: self.known.has_calendars?,
            calendars: self.known.invited_calendars?,
            has_pipelines: self.known.has_pipelines?,
            pipelines: self.known.invited_pipelines?,
            answered: Answered { pipelines: self.pipelines_answered?, calendars: self.calendars_answered? },
        })
    }
}

impl Known {
    fn of_member(&self) -> Option<PlaceFacts> {
        Some(PlaceFacts {
            has_calendars: self.has_calendars?,
            has_pipelines: self.has_pipelines?,
            calendars: self.calendars?,
            pipelines: self.pipelines?,
            needs_no_calendar: self.needs_no_calendar?,
            needs_no_pipeline: self.needs_no_pipeline?,
            has_hours: self.has_hours?,
        })
    }
}

impl TryFrom<Row> for StaffRow {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let missing = row.missing()?;
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
            missing,
        })
    }
}
