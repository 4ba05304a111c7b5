//! What somebody holds in calendars, given to others and given back: for [`crate::staff::leaving`], which decides who gets what. Every
//! statement is about all of it, however much it is.

mod appointments;
mod held;
mod places;

pub(crate) use appointments::{
    HandedAppointment, ReturnedAppointment, give_appointments, return_appointments,
};
pub(crate) use held::{Rounds, count, held, hold, hold_returning, rounds};
pub(crate) use places::{HandedPlace, give_places, return_places};

use std::collections::HashMap;

use domain::staff::leaving::Draw;

use crate::Result;

/// As an appointment stores what drawing its host did.
pub(super) fn moves(draw: &Draw) -> Result<serde_json::Value> {
    let moves: HashMap<_, _> = draw.iter().copied().collect();
    Ok(serde_json::to_value(moves)?)
}
