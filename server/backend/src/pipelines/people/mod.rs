mod set_member;
mod set_rule;

pub use set_member::{add_member, set_member};
pub use set_rule::set_rule;
