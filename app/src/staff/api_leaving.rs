#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    LeavingId, MemberId,
    staff::leaving::{LeavingForm, LeavingWay},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::leaving_view::{LeavingView, ReceiptView};
use crate::{AppError, Done, paths};

/// `choices` is the query of the page's address: how somebody goes, and what becomes of what they hold.
#[server(prefix = "/api", endpoint = "staff/leaving")]
pub async fn read_leaving(id: MemberId, #[server(default)] choices: String) -> Result<LeavingView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let (way, form) = (way_of(&choices), LeavingForm::read(&choices));
    let page = backend::staff::leaving::page(&backend, &access, id, way, &form).await?;
    Ok(LeavingView::new(page, &crate::request::account_name()))
}

/// Does what the page showed; `seen` stands for that.
#[server(prefix = "/api", endpoint = "staff/end-place")]
pub async fn end_place(
    id: MemberId,
    #[server(default)] choices: String,
    #[server(default)] seen: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let (way, form) = (way_of(&choices), LeavingForm::read(&choices));
    let leaving = backend::staff::leaving::end(&backend, &access, id, way, &form, &seen).await?;
    let receipt = Done::to(paths::receipt(leaving));
    Ok(match way {
        LeavingWay::Deactivate => {
            receipt.say("Deactivated. All their browsers are signed out of this account.")
        }
        LeavingWay::Remove => receipt.say("Removed from your account."),
        LeavingWay::HandOver => receipt.say("Handed over."),
        LeavingWay::Leave => {
            crate::request::end_session()?;
            Done::to(paths::SIGN_IN).say("You have left the account.").new_session()
        }
    })
}

/// Without a word about it, somebody is deactivated: that is what can be taken back most easily.
pub fn way_of(choices: &str) -> LeavingWay {
    let pairs = choices.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    let mut ways = pairs.filter(|(name, _)| *name == "way").filter_map(|(_, key)| key.parse().ok());
    ways.next_back().unwrap_or(LeavingWay::Deactivate)
}

#[server(prefix = "/api", endpoint = "staff/receipt")]
pub async fn read_receipt(id: LeavingId, page: Option<String>) -> Result<ReceiptView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let page = page.and_then(|page| page.parse().ok()).unwrap_or(1);
    let receipt = backend::staff::leaving::receipt(&backend, &access, id, page).await?;
    Ok(ReceiptView::new(receipt, crate::request::local))
}

#[server(prefix = "/api", endpoint = "staff/undo-leaving")]
pub async fn undo_leaving(id: LeavingId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::staff::leaving::undo(&backend, &access, id).await?;
    Ok(Done::to(paths::receipt(id)).say("Undone. What was given back stands below."))
}
