#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{CardSetupId, PaymentMethodId, Problem, Refusal, billing::CardView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, paths};

#[server(prefix = "/api", endpoint = "billing/cards")]
pub async fn read_cards() -> Result<Vec<CardView>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::billing::cards_page(&backend, &access).await?)
}

/// Sends the browser to the gateway's own page.
#[server(prefix = "/api", endpoint = "billing/add-card")]
pub async fn add_card() -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting_while_paused()?;
    let url = backend::billing::begin_card(&backend, &access).await?;
    let here = backend.link("");
    let own = url.strip_prefix(&here).filter(|path| path.starts_with('/'));
    Ok(own.map_or_else(|| Done::elsewhere(&url), |path| Done::to(path).new_session()))
}

/// What came of a visit to the gateway: "Visa ending in 4242", or none. Asking again is harmless.
#[server(prefix = "/api", endpoint = "billing/card-entered")]
pub async fn card_entered(id: CardSetupId) -> Result<Option<String>, AppError> {
    let (backend, access) = crate::request::acting_while_paused()?;
    let card = backend::billing::end_card(&backend, &access, id).await?;
    Ok(card.map(|card| card.words()))
}

/// `change` is `default`, `backup` or `remove`.
#[server(prefix = "/api", endpoint = "billing/change-card")]
pub async fn change_card(id: PaymentMethodId, change: String) -> Result<Done, AppError> {
    use backend::billing::CardChange;
    let (backend, access) = crate::request::acting_while_paused()?;
    let (change, said) = match change.as_str() {
        "default" => (CardChange::MakeDefault, "This card is charged from now on."),
        "backup" => (CardChange::MakeBackup, "This card is charged when nothing else is left."),
        "remove" => (CardChange::Remove, "The card is removed."),
        _ => return Err(Refusal::field("change", Problem::InvalidChoice).into()),
    };
    backend::billing::change_card(&backend, &access, id, change).await?;
    Ok(Done::to(paths::CARDS).say(said))
}

/// A card of the test gateway, and what becomes of charges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestCardView {
    pub number: String,
    pub label: String,
}

/// The cards that can be entered there; refused for a visit that is not open.
#[server(prefix = "/api", endpoint = "test-gateway/visit")]
pub async fn read_test_visit(visit: String) -> Result<Vec<TestCardView>, AppError> {
    let backend = crate::request::backend()?;
    backend::billing::test_visit(&backend, &visit).await?;
    let view = |card: backend::billing::TestCard| TestCardView {
        number: card.number_in_groups(),
        label: card.label().to_owned(),
    };
    Ok(backend::billing::TestCard::ALL.map(view).to_vec())
}

#[server(prefix = "/api", endpoint = "test-gateway/enter-card")]
pub async fn enter_test_card(
    visit: String,
    #[server(default)] number: String,
    #[server(default)] expires: String,
) -> Result<Done, AppError> {
    let backend = crate::request::backend()?;
    let url = backend::billing::test_visit_done(&backend, &visit, &number, &expires).await?;
    let here = backend.link("");
    Ok(Done::to(url.strip_prefix(&here).unwrap_or(&url)).new_session())
}
