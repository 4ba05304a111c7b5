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

/// Every card in the order in which they were added: a row must not move under the hand of whoever changes two, or the wrong card is
/// removed.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`].
pub async fn cards_page(backend: &Backend, access: &Access) -> Result<Vec<CardView>> {
    access.require(Permission::SettingsViewBilling)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let stored = Stored::read(&mut tx, backend, access.account()).await?;
    let mut cards = queries::card::all(&mut tx, access.account()).await?;
    tx.commit().await?;
    // Ids are made of the time.
    cards.sort_by_key(|card| card.id);
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
