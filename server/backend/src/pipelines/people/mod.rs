mod place_people;
mod set_member;
mod set_rule;

pub(crate) use place_people::place_people;
pub use set_member::{add_member, set_member};
pub use set_rule::set_rule;
