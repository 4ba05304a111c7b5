use domain::{JobId, Refusal};

use crate::{
    Backend, Result,
    jobs::{self, GivenUpJob},
};

/// More than this nobody reads in a terminal.
const MOST: i64 = 200;

/// Jobs that failed for good, the newest first, at most 200.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn given_up_jobs(backend: &Backend) -> Result<Vec<GivenUpJob>> {
    let mut tx = backend.db.begin().await?;
    let jobs = jobs::given_up(&mut tx, MOST).await?;
    tx.commit().await?;
    Ok(jobs)
}

/// Lets one of them start over, at once.
///
/// # Errors
/// [`Refusal::NotFound`] when no given-up job has this id.
pub async fn retry_job(backend: &Backend, id: JobId) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    if !jobs::retry(&mut tx, id, backend.clock.now()).await? {
        return Err(Refusal::NotFound.into());
    }
    tx.commit().await?;
    Ok(())
}
