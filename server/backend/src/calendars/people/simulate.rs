use chrono::{DateTime, Utc};
use domain::{
    CalendarId, MemberId, Refusal,
    calendars::{Candidate, Host, HostProposal, HostTerms, SimulatedHost, Turns, simulate as simulated},
};

use crate::{
    Access, Backend, Result,
    calendars::{queries, sight::require_people},
    db::Tx,
};

/// What would happen: how many of the next bookings of a round robin each host gets, as things are and with what is proposed, when
/// all are free for all of them. Changes nothing.
///
/// # Errors
/// [`Refusal::PermissionMissing`] as in [`super::set_rule`]; [`Refusal::NotFound`] for the calendar or a member;
/// [`Refusal::Invalid`] for `weight`, `priority` and `ramp_up_weeks`.
pub async fn simulate(
    backend: &Backend,
    access: &Access,
    calendar: CalendarId,
    bookings: u32,
    proposals: &[HostProposal],
) -> Result<Vec<SimulatedHost>> {
    require_people(access)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let found = queries::calendar::find(&mut tx, account, calendar).await?;
    let (calendar, settings) = found.ok_or(Refusal::NotFound)?;
    access.require(calendar.kind.people_permission())?;
    let hosts = queries::host::all(&mut tx, account, calendar.id).await?;
    let mut people: Vec<_> = hosts.iter().map(|host| (host.host.member, host.name.clone())).collect();
    let now_in: Vec<_> = hosts.iter().map(|host| Candidate { host: host.host, turns: host.turns }).collect();
    let mut proposed = now_in.clone();
    for proposal in proposals {
        proposed.retain(|one| one.host.member != proposal.member);
        if let Some(terms) = &proposal.terms {
            let terms = terms.check(settings.ramp_up_weeks)?;
            let known = now_in.iter().find(|one| one.host.member == proposal.member);
            proposed.push(candidate(known, proposal.member, terms, now));
        }
        if !people.iter().any(|(member, _)| *member == proposal.member) {
            people.push((proposal.member, name(&mut tx, access, proposal.member).await?));
        }
    }
    tx.commit().await?;
    let (as_is, as_proposed) = (simulated(&now_in, bookings, now), simulated(&proposed, bookings, now));
    let got = |counts: &[(MemberId, u32)], member| {
        counts.iter().find(|(one, _)| *one == member).map_or(0, |(_, count)| *count)
    };
    let told = people.into_iter().map(|(member, name)| SimulatedHost {
        member,
        name,
        now: got(&as_is, member),
        proposed: got(&as_proposed, member),
    });
    Ok(told.collect())
}

/// Somebody with the proposed terms: a host goes on where they are, somebody new begins now.
fn candidate(known: Option<&Candidate>, member: MemberId, terms: HostTerms, now: DateTime<Utc>) -> Candidate {
    let HostTerms { weight, priority, ramp_up_weeks } = terms;
    let joined_at = known.map_or(now, |known| known.host.joined_at);
    let host = Host { member, weight, priority, joined_at, ramp_up_weeks };
    Candidate { host, turns: known.map_or_else(Turns::default, |known| known.turns) }
}

async fn name(tx: &mut Tx, access: &Access, member: MemberId) -> Result<String> {
    let found = queries::person::find(tx, access.account(), member).await?;
    Ok(found.ok_or(Refusal::NotFound)?.0)
}
