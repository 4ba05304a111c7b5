//! Cancelling an appointment: for its visitor and by the staff alike.

use domain::{AccountId, AppointmentId, Refusal, activity::AppointmentAct, calendars::AppointmentState};

use super::{
    held::{Changer, held},
    letters::AppointmentNews,
    queries,
    record::{Told, event_hosts, record, reloaded},
};
use crate::{Backend, Result, account::local};

/// Cancels an appointment, sets the time of its hosts free, and gives back what its draw took. What is cancelled stays so.
///
/// # Errors
/// As [`held`]; [`Refusal::AppointmentClosed`] for one that has begun; [`Refusal::ChangedMeanwhile`].
pub(super) async fn release(
    backend: &Backend,
    account: AccountId,
    id: AppointmentId,
    changer: &Changer<'_>,
) -> Result<()> {
    let mut tx = backend.db.tenant(account).await?;
    let before = held(&mut tx, backend, account, id, changer).await?;
    if before.state == AppointmentState::Cancelled {
        return Ok(());
    }
    if !before.is_open(backend.clock.now()) {
        return Err(Refusal::AppointmentClosed.into());
    }
    changer.require_seen(&before)?;
    queries::host::take_back(&mut tx, account, before.calendar.id, &before.moves).await?;
    queries::appointment::cancel(&mut tx, account, id).await?;
    let after = reloaded(&mut tx, account, id).await?;
    let told = Told::about(account, &after);
    told.tell_all(&mut tx, backend, AppointmentNews::Cancelled, &after.hosts).await?;
    let did = AppointmentAct::Cancelled {
        calendar_name: after.calendar.name.clone(),
        hosts: event_hosts(&after.hosts),
        at: local(after.starts_at, &after.account_zone).text,
        by_visitor: changer.by_visitor(),
    };
    record(&mut tx, backend, &changer.access(account), &after, did).await?;
    tx.commit().await?;
    Ok(())
}
