use super::link::VisitorLink;
use crate::{Backend, Result, calendars::letters::current_visitor_file};

/// A visitor's appointment as a file for their calendar, as the newest mail about it brings it.
///
/// # Errors
/// [`domain::Refusal::LinkNotValid`].
pub async fn file(backend: &Backend, link: &str) -> Result<String> {
    let link = VisitorLink::parse(link)?;
    let (tx, mut stored) = link.open(backend).await?;
    tx.commit().await?;
    if !stored.is_ahead(backend.clock.now()) {
        stored.location.clear();
    }
    Ok(current_visitor_file(backend, link.account, &stored))
}
