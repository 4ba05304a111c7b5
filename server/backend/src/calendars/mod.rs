//! Calendars, who takes their bookings, when people work, and the appointments that come of it.
//!
//! Whoever manages calendars or the members of round robins, or sees everybody's appointments, sees every calendar; everybody else
//! those they are a host of, and the others are not there for them. Of appointments, whoever lacks the scope of everybody's sees and
//! touches only what is theirs. Visitors have no account: they enter by a public address, or by the link of their mails.

pub mod appointments;
mod availability;
pub mod booking;
mod change;
mod create;
mod delete;
mod deletion;
mod edit;
pub(crate) mod handover;
mod held;
mod ics;
pub(crate) mod letters;
mod list;
mod matrix;
mod offer;
mod people;
mod place;
mod places;
mod queries;
mod record;
mod release;
mod replace;
mod show;
mod sight;
mod switch;

pub use availability::{add_time_off, hours, remove_time_off, set_hours, time_off};
pub use change::change;
pub use create::create;
pub(crate) use create::made;
pub use delete::delete;
pub use deletion::deletion;
pub use list::list;
pub(crate) use matrix::{matrix_cells, matrix_places};
pub(crate) use people::place_people;
pub use people::{add_host, set_member, set_rule, simulate, take_out_host};
pub(crate) use places::{by_hand, let_go, let_in, named_places, place_choices};
pub use show::show;
pub(crate) use sight::require_people;
pub use switch::switch;
