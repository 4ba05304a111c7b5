//! What the settings pages of one pipeline share.

use domain::{PipelineId, Refusal, pipelines::PipelineDetails};
use leptos::prelude::*;
use ui::{BackLink, ButtonKind, IconName, LinkButton, TabItem, Tabs};

use super::api::ReadPipeline;
use crate::{AppError, error::LoadError, layout::Page, paths};

/// What a page asks for that shows nothing of people.
pub(super) fn asked(id: Option<PipelineId>) -> Result<ReadPipeline, AppError> {
    Ok(ReadPipeline { id: id.ok_or(Refusal::NotFound)?, search: None, show: None, page: None })
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Stages,
    People,
}

#[component]
pub(super) fn PipelineFrame(
    id: PipelineId,
    name: String,
    people: u64,
    tab: Tab,
    children: Children,
) -> impl IntoView {
    let action = view! {
        <LinkButton href=paths::board(id) kind=ButtonKind::Secondary icon=IconName::Pipeline>"Open the board"</LinkButton>
        <LinkButton href=paths::delete_pipeline(id) kind=ButtonKind::Danger>"Delete"</LinkButton>
    };
    let item = |label: &str, href: String, own: Tab| TabItem::new(label, href, own == tab);
    let items = vec![
        item("Stages", paths::pipeline(id), Tab::Stages),
        TabItem { count: Some(people), ..item("People", paths::pipeline_people(id), Tab::People) },
    ];
    view! {
        <Page title=name action back=back()>
            <Tabs label="Pipeline" items/>
            {children()}
        </Page>
    }
}

pub(super) fn back() -> BackLink {
    BackLink::new(paths::PIPELINES, "Pipelines")
}

/// The settings of a pipeline that is not there, or not for the viewer.
pub(super) fn no_pipeline(error: AppError) -> AnyView {
    view! { <Page title="Pipeline" back=back()><LoadError error/></Page> }.into_any()
}

pub(super) fn of(details: &PipelineDetails) -> (PipelineId, String, u64) {
    (details.pipeline.id, details.pipeline.name.clone(), details.people)
}
