//! What everybody hears of an appointment: the log, the visitor, the hosts.

use domain::{
    AccountId, AppointmentId, MemberId, Refusal,
    activity::{AppointmentAct, Event, EventHost},
    calendars::HostName,
};

use super::{
    letters::AppointmentNews,
    queries::appointment::{self, Stored},
};
use crate::{
    Access, Backend, Result, activity,
    db::Tx,
    jobs,
    mail::{Letter, SendLetter},
};

/// Who hears what.
pub(super) struct Told {
    pub account: AccountId,
    pub appointment: AppointmentId,
    /// As of now.
    pub sequence: i32,
}

impl Told {
    pub fn about(account: AccountId, stored: &Stored) -> Self {
        Self { account, appointment: stored.id, sequence: stored.sequence }
    }

    /// To the visitor (none) or to one of the staff.
    pub async fn tell(
        &self,
        tx: &mut Tx,
        backend: &Backend,
        news: AppointmentNews,
        to: Option<MemberId>,
    ) -> Result<()> {
        let Self { account, appointment, sequence } = *self;
        let letter = SendLetter { letter: Letter::Appointment { account, appointment, sequence, news, to } };
        jobs::enqueue(tx, backend.clock.now(), &letter).await.map(drop)
    }

    pub async fn tell_all(
        &self,
        tx: &mut Tx,
        backend: &Backend,
        news: AppointmentNews,
        hosts: &[HostName],
    ) -> Result<()> {
        self.tell(tx, backend, news, None).await?;
        for host in hosts {
            self.tell(tx, backend, news, Some(host.member)).await?;
        }
        Ok(())
    }
}

/// As it is now.
pub(super) async fn reloaded(tx: &mut Tx, account: AccountId, id: AppointmentId) -> Result<Stored> {
    Ok(appointment::find(tx, account, id).await?.ok_or(Refusal::NotFound)?)
}

pub(super) fn event_hosts(hosts: &[HostName]) -> Vec<EventHost> {
    hosts.iter().map(|host| EventHost { member: host.member, name: host.name.clone() }).collect()
}

/// Records what was done; call it last.
pub(super) async fn record(
    tx: &mut Tx,
    backend: &Backend,
    access: &Access,
    stored: &Stored,
    did: AppointmentAct,
) -> Result<()> {
    let event = Event::Appointment { appointment: stored.id, name: stored.visitor_name.clone(), did };
    activity::record(tx, access, backend.clock.now(), &event).await
}
