mod set_member;
mod set_rule;
mod simulate;

pub use set_member::set_member;
pub use set_rule::set_rule;
pub use simulate::simulate;
