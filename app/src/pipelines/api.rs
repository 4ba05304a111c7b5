#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    MemberId, PipelineId, Problem, ProfileId, Refusal, StageId,
    pipelines::{PeopleFilter, PipelineDeletion, PipelineDetails, PipelineForm, PipelineRow, StageForm},
};
use leptos::prelude::*;

use crate::{AppError, Done, paths};

/// The pipelines that the viewer may see, in their order.
#[server(prefix = "/api", endpoint = "pipelines/list")]
pub async fn read_pipelines() -> Result<Vec<PipelineRow>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::pipelines::list(&backend, &access).await?)
}

/// What the settings of a pipeline show. `show` is `concerned` for only those about whom something is said.
#[server(prefix = "/api", endpoint = "pipelines/show")]
pub async fn read_pipeline(
    id: PipelineId,
    search: Option<String>,
    show: Option<String>,
    page: Option<String>,
) -> Result<PipelineDetails, AppError> {
    let (backend, access) = crate::request::reading()?;
    let filter = PeopleFilter {
        search: search.unwrap_or_default().trim().to_owned(),
        only_concerned: show.as_deref() == Some("concerned"),
        page: page.and_then(|page| page.parse().ok()).unwrap_or(1),
    };
    Ok(backend::pipelines::show(&backend, &access, id, &filter).await?)
}

/// `stages` has one name a line; empty for the usual ones.
#[server(prefix = "/api", endpoint = "pipelines/create")]
pub async fn create_pipeline(name: String, #[server(default)] stages: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let pipeline = backend::pipelines::create(&backend, &access, &PipelineForm { name, stages }).await?;
    let said = format!("The pipeline “{}” is there. Say who is in it.", pipeline.name);
    Ok(Done::to(paths::pipeline_people(pipeline.id)).say(said))
}

#[server(prefix = "/api", endpoint = "pipelines/rename")]
pub async fn rename_pipeline(id: PipelineId, version: i32, name: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::pipelines::rename(&backend, &access, id, version, &name).await?;
    Ok(Done::to(paths::pipeline(id)).say("Saved."))
}

/// `place` counts from 0.
#[server(prefix = "/api", endpoint = "pipelines/reorder")]
pub async fn reorder_pipeline(id: PipelineId, place: u32) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::pipelines::reorder(&backend, &access, id, place).await?;
    Ok(Done::stay())
}

/// `target` is a stage of another pipeline, as [`target_key`] writes it; empty when nothing stands in this one.
#[server(prefix = "/api", endpoint = "pipelines/delete")]
pub async fn delete_pipeline(id: PipelineId, #[server(default)] target: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let invalid = || Refusal::field("target", Problem::InvalidChoice);
    let target = match target.split_once('/') {
        None if target.is_empty() => None,
        Some((pipeline, stage)) => Some(backend::pipelines::Target {
            pipeline: pipeline.parse().map_err(|_no_id| invalid())?,
            stage: stage.parse().map_err(|_no_id| invalid())?,
        }),
        None => return Err(invalid().into()),
    };
    backend::pipelines::delete(&backend, &access, id, target).await?;
    Ok(Done::to(paths::PIPELINES).say("The pipeline is deleted."))
}

#[server(prefix = "/api", endpoint = "pipelines/deletion")]
pub async fn read_pipeline_deletion(id: PipelineId) -> Result<PipelineDeletion, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::pipelines::deletion(&backend, &access, id).await?)
}

/// A stage of a pipeline, where one is chosen among those of several.
pub fn target_key(pipeline: PipelineId, stage: StageId) -> String {
    format!("{pipeline}/{stage}")
}

#[server(prefix = "/api", endpoint = "pipelines/add-stage")]
pub async fn add_stage(
    id: PipelineId,
    name: String,
    #[server(default)] colour: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let stage = backend::pipelines::add_stage(&backend, &access, id, &StageForm { name, colour }).await?;
    Ok(Done::to(paths::pipeline(id)).say(format!("The stage “{}” is there.", stage.name)))
}

#[server(prefix = "/api", endpoint = "pipelines/change-stage")]
pub async fn change_stage(
    id: PipelineId,
    stage: StageId,
    version: i32,
    name: String,
    #[server(default)] colour: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let form = StageForm { name, colour };
    backend::pipelines::change_stage(&backend, &access, id, stage, version, &form).await?;
    Ok(Done::to(paths::pipeline(id)).say("Saved."))
}

/// `place` counts from 0.
#[server(prefix = "/api", endpoint = "pipelines/move-stage")]
pub async fn move_stage(id: PipelineId, stage: StageId, place: u32) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::pipelines::move_stage(&backend, &access, id, stage, place).await?;
    Ok(Done::stay())
}

/// `target` is empty when nothing stands in the stage.
#[server(prefix = "/api", endpoint = "pipelines/delete-stage")]
pub async fn delete_stage(
    id: PipelineId,
    stage: StageId,
    #[server(default)] target: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let invalid = |_no_id| Refusal::field("target", Problem::InvalidChoice);
    let target = (!target.is_empty()).then(|| target.parse().map_err(invalid)).transpose()?;
    backend::pipelines::delete_stage(&backend, &access, id, stage, target).await?;
    Ok(Done::to(paths::pipeline(id)).say("The stage is deleted."))
}

/// Whether everyone with this profile is in.
#[server(prefix = "/api", endpoint = "pipelines/set-rule")]
pub async fn set_pipeline_rule(id: PipelineId, profile: ProfileId, on: bool) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::pipelines::set_rule(&backend, &access, id, profile, on).await?;
    Ok(Done::stay().say("Saved."))
}

/// `choice` is a [`domain::pipelines::MembershipChoice::key`].
#[server(prefix = "/api", endpoint = "pipelines/set-member")]
pub async fn set_pipeline_member(id: PipelineId, member: MemberId, choice: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let choice = choice.parse().map_err(|problem| Refusal::field("choice", problem))?;
    backend::pipelines::set_member(&backend, &access, id, member, choice).await?;
    Ok(Done::stay().say("Saved."))
}
