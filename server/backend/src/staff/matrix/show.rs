use std::collections::HashMap;

use domain::{
    MemberId, Page,
    calendars::PlaceKind,
    listing::ROWS_PER_PAGE,
    staff::{Crossing, Matrix, MatrixCell, MatrixFilter, MatrixPerson, MatrixPlace, PLACES_PER_PAGE, Place},
};

use super::require;
use crate::{
    Access, Backend, Result, calendars, db::Tx, pipelines, search::searched,
    staff::queries::matrix as queries,
};

/// One part of the matrix: a page of active people by name, and a page of places, calendars before pipelines. Of those, the reader sees
/// the ones whose people they may see. A page behind the last one answers the last one.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] for whoever may not see staff, or the people of neither calendars nor pipelines.
pub async fn show(backend: &Backend, access: &Access, filter: &MatrixFilter) -> Result<Matrix> {
    require(access)?;
    let account = access.account();
    let search = searched(&filter.search);
    let mut tx = backend.db.tenant_filtering(account).await?;
    let places = places(&mut tx, access, filter.kind).await?;
    let places_total = places.len();
    let pages = places_total.div_ceil(PLACES_PER_PAGE).max(1);
    let places_page = usize::try_from(filter.places_page).unwrap_or(pages).clamp(1, pages);
    let places: Vec<_> =
        places.into_iter().skip((places_page - 1) * PLACES_PER_PAGE).take(PLACES_PER_PAGE).collect();
    let total = queries::count(&mut tx, account, &search).await?;
    let last = u32::try_from(total.div_ceil(u64::from(ROWS_PER_PAGE))).unwrap_or(u32::MAX).max(1);
    let page = filter.people_page.clamp(1, last);
    let people = queries::people(&mut tx, account, &search, page).await?;
    let members: Vec<_> = people.iter().map(|person| person.member).collect();
    let mut cells = cells(&mut tx, access, &places, &members).await?;
    tx.commit().await?;
    let rows = people.into_iter().map(|person| {
        let cell = |place: &MatrixPlace| {
            let here = Crossing { place: place.place, member: person.member };
            cells.remove(&here).unwrap_or(MatrixCell::EMPTY)
        };
        MatrixPerson { cells: places.iter().map(cell).collect(), ..person }
    });
    let people = Page { rows: rows.collect(), page, total };
    Ok(Matrix { places, places_page: u32::try_from(places_page).unwrap_or(u32::MAX), places_total, people })
}

async fn places(tx: &mut Tx, access: &Access, kind: Option<PlaceKind>) -> Result<Vec<MatrixPlace>> {
    let mut places = Vec::new();
    if kind != Some(PlaceKind::Pipeline) {
        places.extend(calendars::matrix_places(tx, access).await?);
    }
    if kind != Some(PlaceKind::Calendar) {
        places.extend(pipelines::matrix_places(tx, access).await?);
    }
    Ok(places)
}

async fn cells(
    tx: &mut Tx,
    access: &Access,
    places: &[MatrixPlace],
    members: &[MemberId],
) -> Result<HashMap<Crossing, MatrixCell>> {
    let (mut of_calendars, mut of_pipelines) = (Vec::new(), Vec::new());
    for place in places {
        match place.place {
            Place::Calendar(id) => of_calendars.push(id),
            Place::Pipeline(id) => of_pipelines.push(id),
        }
    }
    let mut cells = HashMap::new();
    if !of_calendars.is_empty() {
        cells.extend(calendars::matrix_cells(tx, access.account(), &of_calendars, members).await?);
    }
    if !of_pipelines.is_empty() {
        cells.extend(pipelines::matrix_cells(tx, access.account(), &of_pipelines, members).await?);
    }
    Ok(cells)
}
