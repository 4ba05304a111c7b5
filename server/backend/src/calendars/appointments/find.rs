use domain::{
    AppointmentId, Permission, Refusal,
    calendars::{AppointmentDetails, AppointmentRow, CalendarKind},
};

use crate::{
    Access, Backend, Result,
    calendars::{
        held::{change_permission, is_seen},
        queries::{self, appointment::Stored},
        sight::Sight,
    },
};

/// Everything about one appointment.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`], also for one that one may not see.
pub async fn find(backend: &Backend, access: &Access, id: AppointmentId) -> Result<AppointmentDetails> {
    access.require(Permission::CalendarsView)?;
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let stored = queries::appointment::find(&mut tx, account, id).await?;
    let stored = stored.filter(|stored| is_seen(access, stored)).ok_or(Refusal::NotFound)?;
    let needed = change_permission(access.member_id(), &stored);
    let may_change = stored.is_open(backend.clock.now()) && access.permissions().contains(needed);
    let may_give_away = may_change && Sight::of(access).owner.is_none();
    let other_hosts = match (may_give_away, stored.calendar.kind) {
        (true, CalendarKind::RoundRobin) => {
            queries::listing::hosts_in(&mut tx, account, stored.calendar.id, None).await?
        }
        _ => vec![],
    };
    tx.commit().await?;
    let other_hosts = other_hosts.into_iter().filter(|host| !stored.has_host(host.member)).collect();
    Ok(AppointmentDetails { may_change, other_hosts, ..details(stored) })
}

fn details(stored: Stored) -> AppointmentDetails {
    AppointmentDetails {
        row: AppointmentRow {
            id: stored.id,
            calendar: stored.calendar,
            hosts: stored.hosts,
            visitor_name: stored.visitor_name,
            visitor_email: stored.visitor_email,
            starts_at: stored.starts_at,
            ends_at: stored.ends_at,
            state: stored.state,
        },
        location: stored.location,
        visitor_phone: stored.visitor_phone,
        visitor_notes: stored.visitor_notes,
        answers: stored.answers,
        visitor_time_zone: stored.visitor_zone,
        booked_by: stored.booked_by,
        created_at: stored.created_at,
        may_change: false,
        other_hosts: vec![],
        version: stored.version,
    }
}
