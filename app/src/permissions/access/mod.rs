//! What somebody may do, in full, and why: the answers to "what can this person do?" and "why can't I?".

mod ask;
mod list;
mod why;
mod words;

use domain::MemberId;

pub use self::{
    list::{MemberAccessPage, OwnAccessPage},
    why::WhyPage,
};
use crate::{paths, use_viewer};

/// Whether the pages are about their reader.
fn is_viewer(member: MemberId) -> bool {
    use_viewer().and_then(|viewer| viewer.account).is_some_and(|account| account.member_id == member)
}

/// The full list that an explanation belongs to. Whoever reads an explanation may read that too.
fn list_of(member: MemberId) -> String {
    if is_viewer(member) { paths::MY_ACCESS.to_owned() } else { paths::member_access(member) }
}
