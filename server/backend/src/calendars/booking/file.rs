use super::link::VisitorLink;
use crate::{Backend, Result, calendars::letters::current_visitor_file};

/// A visitor's appointment as a file for their calendar, as the newest mail about it brings it.
///
/// # Errors
/// [`domain::Refusal::LinkNotValid`].
pub async fn file(backend: &Backend, link: &str) -> Result<String> {
    let link = VisitorLink::parse(link)?;
    let (tx, stored) = link.open(backend).await?;
    tx.commit().await?;
    Ok(current_visitor_file(backend, link.account, &stored).text)
}
