//! Appointments as the staff has them: the list, the week, and what people do with them. Whoever lacks the scope of everybody's sees
//! and touches only what is theirs.

mod book;
mod booking_page;
mod calendar_choices;
mod cancel;
mod choice;
mod find;
mod list;
mod other_times;
mod reassign;
mod reschedule;
mod week;

pub use book::book;
pub use booking_page::booking_page;
pub use calendar_choices::calendar_choices;
pub use cancel::cancel;
pub use find::find;
pub use list::list;
pub use other_times::other_times;
pub use reassign::reassign;
pub use reschedule::reschedule;
pub use week::week;
