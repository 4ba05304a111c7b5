use domain::{
    Refusal,
    staff::{Place, check_matrix},
};

use super::require;
use crate::{Access, Backend, Result, activity, calendars, pipelines};

/// Puts people into places and takes them out, all or nobody; answers how many changes that made. Both are keys of
/// [`domain::staff::Crossing`]s: those that were ticked when the matrix was shown, and those that are ticked now. Whoever is there as
/// wanted already stays as they are. Appointments and opportunities that people have stay theirs.
///
/// # Errors
/// [`Refusal::Invalid`] for `ticked`; [`Refusal::PermissionMissing`]; [`Refusal::NotFound`] for a place or a member;
/// [`Refusal::NotActive`] for somebody removed; [`Refusal::OneHost`] for a personal calendar.
pub async fn change(
    backend: &Backend,
    access: &Access,
    shown: &[String],
    ticked: &[String],
) -> Result<usize> {
    require(access)?;
    let mut moves = check_matrix(shown, ticked).map_err(|problem| Refusal::field("ticked", problem))?;
    // Always in the same order, so that two who change the same do not wait for each other.
    moves.sort_by_key(|of_place| of_place.place.to_string());
    let mut tx = backend.db.tenant(access.account()).await?;
    let mut events = Vec::new();
    for of_place in &moves {
        let of_these = match of_place.place {
            Place::Calendar(id) => {
                calendars::place_people(&mut tx, backend, access, id, &of_place.people).await?
            }
            Place::Pipeline(id) => {
                pipelines::place_people(&mut tx, backend, access, id, &of_place.people).await?
            }
        };
        events.extend(of_these);
    }
    // After all places are held: a booking holds its calendar before it comes to the log, as everything does.
    activity::record_all(&mut tx, access, backend.clock.now(), &events).await?;
    tx.commit().await?;
    Ok(events.len())
}
