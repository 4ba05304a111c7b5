use chrono::{DateTime, Utc};
use domain::{
    ElevationId, Permission, Refusal,
    activity::Event,
    permissions::{Elevation, ElevationTime},
};

use super::{
    super::queries::elevation::{self as queries, Verdict},
    EndElevation, acted_on,
};
use crate::{
    Access, Backend, Result, activity,
    db::Tx,
    jobs,
    mail::{Letter, SendLetter},
};

/// Gives somebody what they asked for. It ends by itself; doing the same again is harmless.
///
/// # Errors
/// [`Refusal::PermissionMissing`] (to edit staff, and for what the actor lacks or has by an elevation only),
/// [`Refusal::NotToYourself`], [`Refusal::NotFound`], [`Refusal::NotActive`] when the one who asked is not any more,
/// [`Refusal::ChangedMeanwhile`] when somebody decided otherwise.
pub async fn grant(backend: &Backend, access: &Access, id: ElevationId, time: ElevationTime) -> Result<()> {
    decide(backend, access, id, Some(time)).await
}

/// Refuses it to them. They may ask again.
///
/// # Errors
/// As [`grant`].
pub async fn refuse(backend: &Backend, access: &Access, id: ElevationId) -> Result<()> {
    decide(backend, access, id, None).await
}

/// `time` is none to refuse.
async fn decide(
    backend: &Backend,
    access: &Access,
    id: ElevationId,
    time: Option<ElevationTime>,
) -> Result<()> {
    access.require(Permission::SettingsEditStaff)?;
    let by = access.member_id().ok_or(Refusal::NotFound)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let found = acted_on(&mut tx, backend, access, id).await?;
    let is_running = found.is_running(now);
    let elevation = found.elevation;
    if elevation.member == by {
        return Err(Refusal::NotToYourself.into());
    }
    if let Some(verdict) = found.verdict {
        return if is_the_same(verdict, &elevation, time) && (is_running || time.is_none()) {
            Ok(())
        } else {
            Err(Refusal::ChangedMeanwhile.into())
        };
    }
    if !found.is_member_active {
        return Err(Refusal::NotActive.into());
    }
    let verdict = if time.is_some() { Verdict::Granted } else { Verdict::Refused };
    let ends_at = time.and_then(|time| time.ends_at(now));
    queries::decide(&mut tx, account, id, verdict, by, now, ends_at).await?;
    if let Some(ends_at) = ends_at {
        jobs::enqueue_at(&mut tx, now, ends_at, &EndElevation { account, elevation: id }).await?;
    }
    let letter = Letter::ElevationDecided { account, elevation: id };
    jobs::enqueue(&mut tx, now, &SendLetter { letter }).await?;
    record(&mut tx, access, now, elevation, time).await?;
    tx.commit().await?;
    Ok(())
}

fn is_the_same(verdict: Verdict, elevation: &Elevation, time: Option<ElevationTime>) -> bool {
    match (verdict, time, &elevation.given) {
        (Verdict::Refused, None, _) => true,
        (Verdict::Granted, Some(time), Some(given)) => time.ends_at(given.at) == given.ends_at,
        _ => false,
    }
}

async fn record(
    tx: &mut Tx,
    access: &Access,
    now: DateTime<Utc>,
    elevation: Elevation,
    time: Option<ElevationTime>,
) -> Result<()> {
    let Elevation { id: elevation, member, name, permission, .. } = elevation;
    let permission = permission.label().to_owned();
    let event = match time {
        Some(time) => Event::ElevationGranted { elevation, member, name, permission, time },
        None => Event::ElevationRefused { elevation, member, name, permission },
    };
    activity::record(tx, access, now, &event).await
}
