use chrono::NaiveDate;
use domain::{Permission, billing::CardView};

use crate::{
    Access, Backend, Result,
    billing::{
        PaymentMethod,
        queries::{self, card::CardRole},
        stored::Stored,
    },
};

/// Every card, those that are used first.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn cards_page(backend: &Backend, access: &Access) -> Result<Vec<CardView>> {
    access.require(Permission::SettingsViewBilling)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = Stored::read(&mut tx, backend, access.account()).await?;
    let cards = queries::card::all(&mut tx, access.account()).await?;
    tx.commit().await?;
    let today = stored.moment(backend.clock.now()).day;
    Ok(cards.iter().map(|card| card_view(card, today)).collect())
}

pub(super) fn card_view(card: &PaymentMethod, today: NaiveDate) -> CardView {
    CardView {
        id: card.id,
        words: card.words(),
        expires: card.expires.map(|expires| format!("{:02}/{}", expires.month, expires.year)),
        is_expired: card.expires.is_some_and(|expires| !expires.works_on(today)),
        is_default: card.role == Some(CardRole::Default),
        is_backup: card.role == Some(CardRole::Backup),
    }
}
