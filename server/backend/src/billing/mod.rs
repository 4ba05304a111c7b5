//! Billing: `domain::billing` decides, and this carries it out.

mod scenario;
mod simulate;

pub use simulate::{SimulationError, simulate};
