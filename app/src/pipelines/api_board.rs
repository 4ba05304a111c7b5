#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use chrono::{DateTime, Utc};
use domain::{
    MemberId, OpportunityId, PipelineId, Problem, Refusal, StageId, When,
    account::Currency,
    pipelines::{
        Board, BoardColumn, BoardFilter, CARDS_PER_COLUMN, Card, ColumnPage, OpportunityChoices,
        OpportunityDetails, OpportunityForm, Owner, OwnerFilter, Pipeline, Stage,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, paths};

/// A card in words, its time in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CardText {
    pub id: OpportunityId,
    pub name: String,
    pub contact_name: String,
    /// None when none is set, and for whoever may not see values.
    pub value: Option<String>,
    pub owner: Option<Owner>,
    pub since: When,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ColumnText {
    pub stage: Stage,
    pub total: u64,
    pub value: Option<String>,
    pub cards: Vec<CardText>,
}

/// A board, with all those that the viewer could look at instead.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BoardView {
    pub pipelines: Vec<Pipeline>,
    pub pipeline: Pipeline,
    pub columns: Vec<ColumnText>,
    pub owners: Vec<Owner>,
}

/// `owner` is an [`OwnerFilter::key`].
#[server(prefix = "/api", endpoint = "opportunities/board")]
pub async fn read_board(
    id: PipelineId,
    owner: Option<String>,
    search: Option<String>,
) -> Result<BoardView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let filter = filter(owner, search);
    let Board { pipeline, currency, columns, owners } =
        backend::pipelines::opportunities::board(&backend, &access, id, &filter).await?;
    Ok(BoardView {
        pipelines: backend::pipelines::names(&backend, &access).await?,
        pipeline,
        columns: columns
            .into_iter()
            .map(|column| column_text(column, &currency, crate::request::local))
            .collect(),
        owners,
    })
}

/// One page of what stands in a stage, where a board shows only the first; `page` counts from 1.
#[server(prefix = "/api", endpoint = "opportunities/column")]
pub async fn read_column(
    id: PipelineId,
    stage: StageId,
    owner: Option<String>,
    search: Option<String>,
    page: Option<String>,
) -> Result<ColumnText, AppError> {
    let (backend, access) = crate::request::reading()?;
    let page: u32 = page.and_then(|page| page.parse().ok()).unwrap_or(1);
    let offset = page.saturating_sub(1).saturating_mul(CARDS_PER_COLUMN);
    let filter = filter(owner, search);
    let page = backend::pipelines::opportunities::column_page;
    let ColumnPage { currency, column } = page(&backend, &access, id, stage, &filter, offset).await?;
    Ok(column_text(column, &currency, crate::request::local))
}

/// An owner that cannot be read asks for nobody in particular.
pub fn filter(owner: Option<String>, search: Option<String>) -> BoardFilter {
    BoardFilter {
        owner: owner.and_then(|key| key.parse().ok()).unwrap_or_default(),
        search: search.unwrap_or_default().trim().to_owned(),
    }
}

pub fn column_text(
    column: BoardColumn,
    currency: &Currency,
    local: impl Fn(DateTime<Utc>) -> When,
) -> ColumnText {
    let card = |card: Card| CardText {
        id: card.id,
        name: card.name,
        contact_name: card.contact_name,
        value: card.value_cents.map(|cents| amount(currency, cents)),
        owner: card.owner,
        since: local(card.stage_since),
    };
    ColumnText {
        stage: column.stage,
        total: column.total,
        value: column.value_cents.filter(|cents| *cents > 0).map(|cents| amount(currency, cents)),
        cards: column.cards.into_iter().map(card).collect(),
    }
}

/// "1,250.50 USD".
fn amount(currency: &Currency, cents: i64) -> String {
    format!("{} {}", currency.digits_of(cents), currency.code)
}

/// An opportunity with its times in the viewer's zone, and what it could become.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpportunityView {
    pub details: OpportunityDetails,
    pub since: When,
    pub created: When,
    pub choices: OpportunityChoices,
}

#[server(prefix = "/api", endpoint = "opportunities/show")]
pub async fn read_opportunity(id: OpportunityId) -> Result<OpportunityView, AppError> {
    use backend::pipelines::opportunities;
    let (backend, access) = crate::request::reading()?;
    let details = opportunities::find(&backend, &access, id).await?;
    Ok(OpportunityView {
        since: crate::request::local(details.stage_since),
        created: crate::request::local(details.created_at),
        choices: opportunities::choices(&backend, &access, details.pipeline.id).await?,
        details,
    })
}

#[server(prefix = "/api", endpoint = "opportunities/choices")]
pub async fn read_opportunity_choices(id: PipelineId) -> Result<OpportunityChoices, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::pipelines::opportunities::choices(&backend, &access, id).await?)
}

#[server(prefix = "/api", endpoint = "opportunities/create")]
pub async fn create_opportunity(
    id: PipelineId,
    stage: StageId,
    name: String,
    contact_name: String,
    #[server(default)] contact_email: String,
    value: Option<String>,
    #[server(default)] owner: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let form = OpportunityForm { name, contact_name, contact_email, value, owner };
    backend::pipelines::opportunities::create(&backend, &access, id, stage, &form).await?;
    Ok(Done::to(paths::board(id)).say(format!("“{}” is on the board.", form.name.trim())))
}

#[server(prefix = "/api", endpoint = "opportunities/change")]
pub async fn change_opportunity(
    id: OpportunityId,
    version: i32,
    name: String,
    contact_name: String,
    #[server(default)] contact_email: String,
    value: Option<String>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let form = OpportunityForm { name, contact_name, contact_email, value, owner: String::new() };
    backend::pipelines::opportunities::change(&backend, &access, id, version, &form).await?;
    Ok(Done::to(paths::opportunity(id)).say("Saved."))
}

#[server(prefix = "/api", endpoint = "opportunities/move")]
pub async fn move_opportunity(id: OpportunityId, stage: StageId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let stage = backend::pipelines::opportunities::move_to(&backend, &access, id, stage).await?;
    Ok(Done::stay().say(format!("Moved to {}.", stage.name)))
}

/// `owner` is a [`MemberId`], or empty for nobody.
#[server(prefix = "/api", endpoint = "opportunities/assign")]
pub async fn assign_opportunity(
    id: OpportunityId,
    #[server(default)] owner: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let invalid = |_no_id| Refusal::field("owner", Problem::InvalidChoice);
    let owner = (!owner.is_empty()).then(|| owner.parse().map_err(invalid)).transpose()?;
    let pipeline = backend::pipelines::opportunities::assign(&backend, &access, id, owner).await?;
    match pipeline {
        Some(pipeline) => {
            Ok(Done::to(paths::board(pipeline)).say("Given away: it is not yours to see any more."))
        }
        None => Ok(Done::stay().say("Saved.")),
    }
}

#[server(prefix = "/api", endpoint = "opportunities/delete")]
pub async fn delete_opportunity(id: OpportunityId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let pipeline = backend::pipelines::opportunities::delete(&backend, &access, id).await?;
    Ok(Done::to(paths::board(pipeline)).say("The opportunity is deleted."))
}
