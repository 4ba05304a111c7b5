use chrono::{DateTime, Duration, Utc};
use domain::{
    AccountId, Email, Permission, PermissionSet,
    account::{InvitationInNeed, InvitationNeed, OVERVIEW_ROWS, Overview, RECENT_DAYS, StaffOverview},
};

use super::queries::{self, InNeed, StaffCounts};
use crate::{
    Access, Backend, Error, Result,
    db::Tx,
    staff::{attention, own_missing, review_need},
};

/// What the dashboard shows to this person.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] without access to the dashboard.
pub async fn overview(backend: &Backend, access: &Access) -> Result<Overview> {
    access.require(Permission::DashboardView)?;
    let (account, own, now) = (access.account(), access.permissions(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let mut overview = match own.contains(Permission::SettingsViewStaff) {
        true => about_staff(&mut tx, account, own, now).await?,
        false => Overview::default(),
    };
    overview.findings = attention::count(&mut tx, account, own, now).await?;
    if let Some(member) = access.member_id() {
        overview.own_missing = own_missing(&mut tx, account, member, now).await?;
    }
    tx.commit().await?;
    Ok(overview)
}

async fn about_staff(
    tx: &mut Tx,
    account: AccountId,
    own: PermissionSet,
    now: DateTime<Utc>,
) -> Result<Overview> {
    let edits_staff = own.contains(Permission::SettingsEditStaff);
    let counts = queries::staff_counts(tx, account, now, edits_staff).await?;
    let requests = edits_staff.then(|| count(counts.requests));
    let not_ready = edits_staff.then(|| count(counts.not_ready));
    let staff = staff_overview(tx, account, now, counts).await?;
    let review = match own.contains(Permission::ReviewAccess) {
        true => review_need(tx, account, now).await?,
        false => None,
    };
    Ok(Overview { staff: Some(staff), review, requests, not_ready, ..Overview::default() })
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

async fn staff_overview(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
    counts: StaffCounts,
) -> Result<StaffOverview> {
    let most = i64::from(OVERVIEW_ROWS);
    let in_need = queries::in_need(tx, account, now, most).await?;
    let recent = now - Duration::days(RECENT_DAYS.into());
    let joined = queries::joined_since(tx, account, recent, most).await?;
    Ok(StaffOverview {
        active: count(counts.active),
        deactivated: count(counts.deactivated),
        pending: count(counts.pending),
        expired: count(counts.expired),
        attention: in_need.into_iter().map(invitation_in_need).collect::<Result<_>>()?,
        joined,
    })
}

fn invitation_in_need(row: InNeed) -> Result<InvitationInNeed> {
    let need = match (row.asked_again_at, row.delivery_reason) {
        (Some(at), _) => InvitationNeed::AskedAgain { at },
        (None, Some(reason)) => InvitationNeed::NotDelivered { reason },
        (None, None) => InvitationNeed::Expired { at: row.expires_at },
    };
    let email = Email::parse(&row.email).map_err(|problem| Error::internal(problem.to_string()))?;
    Ok(InvitationInNeed { id: row.id.into(), name: row.name, email, need })
}
