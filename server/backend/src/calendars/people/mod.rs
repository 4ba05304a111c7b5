mod place_people;
mod set_member;
mod set_rule;
mod simulate;

pub(crate) use place_people::place_people;
pub use set_member::{add_host, set_member, take_out_host};
pub use set_rule::set_rule;
pub use simulate::simulate;
