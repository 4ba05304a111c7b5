//! The access review. It is about everybody who had access, or was invited to it, when it began: whoever comes later has just been
//! decided upon, and is left to the next. Who loses their access meanwhile needs no verdict.

mod decide;
mod file;
mod finish;
mod list;
mod need;
mod show;
mod start;

pub use decide::decide;
pub use file::review_file;
pub use finish::finish_review;
pub use list::reviews;
pub(crate) use need::review_need;
pub use show::{ReviewPage, review};
pub use start::start_review;

use domain::Permission;

use crate::{Access, Backend, Result, account, db::Tx, permissions::require_now};

/// Locks the account, and sees whether the actor may still review access.
async fn reviewer(tx: &mut Tx, backend: &Backend, access: &Access) -> Result<()> {
    account::lock(tx, access.account()).await?;
    require_now(tx, access, Permission::ReviewAccess, backend.clock.now()).await?;
    Ok(())
}
