//! What cannot work as it is, and people who are not ready: found whenever somebody looks, as it is at that moment; looked for every
//! morning as well, when Admins get a mail about what is new and about people who are not ready for more than a day.

mod letter;
mod list;
mod look;
mod mails;

pub(crate) use letter::attention_letter;
pub(crate) use list::count;
pub use list::{AttentionPage, attention};
pub use look::{LookOver, plan_looks};
pub use mails::set_mails;
