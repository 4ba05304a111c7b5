use domain::{
    ElevationId, Permission, Refusal,
    activity::Event,
    permissions::{ELEVATIONS_OPEN_MAX, check_elevation_note, may_be_elevated},
};

use super::super::{assignment::access_now, queries::elevation as queries};
use crate::{
    Access, Backend, Result, account, activity, id, jobs,
    mail::{Letter, SendLetter},
    throttle::{self, Limit},
};

/// People who get a mail about one request.
const TOLD: i64 = 5;
/// Requests of one person, as each is a mail to several.
const PER_PERSON: Limit = Limit { attempts: 20, window_minutes: 60 };

/// Asks, for oneself, for a permission that one lacks, and tells the first people who could give it. Asking again while it waits
/// changes nothing.
///
/// # Errors
/// [`Refusal::NotElevated`] for what nobody can give, [`Refusal::AlreadyHeld`], [`Refusal::Invalid`] for `note`,
/// [`Refusal::LimitReached`] for too many at a time, [`Refusal::TooManyAttempts`], [`Refusal::SignInNeeded`] for somebody who is no
/// active member any more.
pub async fn ask(backend: &Backend, access: &Access, permission: Permission, note: &str) -> Result<()> {
    may_be_elevated(permission)?;
    let note = check_elevation_note(note)?;
    let (account, now) = (access.account(), backend.clock.now());
    let member = access.member_id().ok_or(Refusal::NotFound)?;
    let mut tx = backend.db.tenant(account).await?;
    account::lock(&mut tx, account).await?;
    let asking = access_now(&mut tx, account, member, now).await?.ok_or(Refusal::SignInNeeded)?;
    if asking.permissions().contains(permission) {
        return Err(Refusal::AlreadyHeld.into());
    }
    let waiting = queries::waiting(&mut tx, account, member, permission).await?;
    if waiting.for_this {
        return Ok(());
    }
    if waiting.all >= i64::from(ELEVATIONS_OPEN_MAX) {
        let what = "requests that wait for an answer".into();
        return Err(Refusal::LimitReached { what, max: ELEVATIONS_OPEN_MAX }.into());
    }
    throttle::attempt_in(&mut tx, now, "ask_for_access", &member.to_string(), PER_PERSON).await?;
    let elevation: ElevationId = id::new(now);
    queries::insert(&mut tx, account, (elevation, member, permission, &note), now).await?;
    for approver in queries::approvers(&mut tx, account, member, permission, TOLD, now).await? {
        let letter = Letter::ElevationAsked { account, elevation, approver };
        jobs::enqueue(&mut tx, now, &SendLetter { letter }).await?;
    }
    let event = Event::ElevationAsked { elevation, permission: permission.label().to_owned(), note };
    activity::record(&mut tx, access, now, &event).await?;
    tx.commit().await?;
    Ok(())
}
