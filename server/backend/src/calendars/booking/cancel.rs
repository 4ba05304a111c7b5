use super::{limits::count_change, link::VisitorLink};
use crate::{
    Backend, Client, Result,
    calendars::{held::Changer, release::release},
};

/// Cancels a visitor's appointment. What is cancelled stays so.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`]; [`domain::Refusal::LinkNotValid`]; [`domain::Refusal::AppointmentClosed`] for one that has
/// begun.
pub async fn cancel(backend: &Backend, client: &Client, link: &str) -> Result<()> {
    count_change(backend, client).await?;
    let link = VisitorLink::parse(link)?;
    release(backend, link.account, link.appointment, &Changer::Visitor(&link)).await
}
