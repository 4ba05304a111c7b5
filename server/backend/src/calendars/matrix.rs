//! Calendars as columns of the matrix of people and places; `staff` asks.

use domain::{
    AccountId, CalendarId, MemberId,
    staff::{Crossing, MatrixCell, MatrixPlace},
};

use super::{queries::crossing as queries, sight::require_people};
use crate::{Access, Result, db::Tx};

/// All calendars by name; none for whoever may not see who is in them.
pub(crate) async fn matrix_places(tx: &mut Tx, access: &Access) -> Result<Vec<MatrixPlace>> {
    match require_people(access) {
        Ok(()) => queries::places(tx, access.account()).await,
        Err(_refused) => Ok(vec![]),
    }
}

/// What these people are in these calendars, where something is said about it.
pub(crate) async fn matrix_cells(
    tx: &mut Tx,
    account: AccountId,
    calendars: &[CalendarId],
    people: &[MemberId],
) -> Result<Vec<(Crossing, MatrixCell)>> {
    queries::cells(tx, account, calendars, people).await
}
