//! Pipelines: their settings, and the boards on which opportunities move through them.

pub mod api;
pub mod api_board;
mod board;
mod board_card;
mod board_column;
mod boards;
mod delete;
mod frame;
mod keyboard;
mod list;
mod new;
mod opportunity;
mod opportunity_form;
mod order;
mod people;
mod stage_forms;
mod stages;
mod unseen;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{
    board::BoardPage, boards::BoardsPage, delete::DeletePipelinePage, list::PipelinesPage,
    new::NewPipelinePage, opportunity::OpportunityPage, opportunity_form::NewOpportunityPage,
    people::PipelinePeoplePage, stages::PipelinePage,
};
use crate::pages::pages;

pages!(BoardPages, board_pages: BoardsPage, BoardPage);
pages!(OpportunityPages, opportunity_pages: NewOpportunityPage, OpportunityPage);
pages!(
    PipelinePages,
    pipeline_pages: PipelinesPage,
    NewPipelinePage,
    PipelinePeoplePage,
    DeletePipelinePage,
);
pages!(StagePages, stage_pages: PipelinePage);

/// The boards.
#[component(transparent)]
pub fn BoardRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("pipelines") view=BoardPages::BoardsPage/>
        <Route path=path!("pipelines/:id") view=BoardPages::BoardPage/>
        <Route path=path!("pipelines/:id/new") view=OpportunityPages::NewOpportunityPage/>
        <Route path=path!("opportunities/:id") view=OpportunityPages::OpportunityPage/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// What is set about pipelines, below Settings.
#[component(transparent)]
pub fn PipelineRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("pipelines") view=PipelinePages::PipelinesPage/>
        <Route path=path!("pipelines/new") view=PipelinePages::NewPipelinePage/>
        <Route path=path!("pipelines/:id") view=StagePages::PipelinePage/>
        <Route path=path!("pipelines/:id/people") view=PipelinePages::PipelinePeoplePage/>
        <Route path=path!("pipelines/:id/delete") view=PipelinePages::DeletePipelinePage/>
    }
    .into_inner()
    .into_any_nested_route()
}
