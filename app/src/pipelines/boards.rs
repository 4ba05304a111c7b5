use domain::{Permission, pipelines::PipelineRow};
use leptos::prelude::*;
use ui::{DataTable, EmptyState, IconName, LinkButton, Row, TableSkeleton, Td, Th};

use super::api::ReadPipelines;
use crate::{Data, layout::Page, live::pipeline_version, paths, viewer::viewer_can};

/// The boards that the viewer may open.
#[component]
pub fn BoardsPage() -> impl IntoView {
    let changed = pipeline_version(|| None);
    let rows = Data::renewed(move || changed.get(), || Ok(ReadPipelines {}));
    view! {
        <Page title="Pipelines" description="The boards that you work with.">
            {rows.show(|| view! { <TableSkeleton rows=3 columns=2/> }.into_any(), move |rows| {
                view! { <List rows/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn List(rows: Vec<PipelineRow>) -> impl IntoView {
    if rows.is_empty() {
        return match viewer_can(Permission::OpportunitiesManagePipelines) {
            true => {
                let action = view! { <LinkButton href=paths::NEW_PIPELINE icon=IconName::Plus>"Make the first pipeline"</LinkButton> };
                view! {
                    <EmptyState icon=IconName::Pipeline title="No pipelines yet"
                        body="A pipeline has stages, such as New, Contacted and Won, and the people who move opportunities through them." action/>
                }
                .into_any()
            }
            false => view! {
                <EmptyState icon=IconName::Pipeline title="You are in no pipeline yet"
                    body="Whoever manages pipelines in your account can add you to one. It appears here by itself then."/>
            }
            .into_any(),
        };
    }
    let line = |row: PipelineRow| {
        view! {
            <Row>
                <Td main=true><a href=paths::board(row.pipeline.id)>{row.pipeline.name}</a></Td>
                <Td label="Opportunities" numeric=true>{row.opportunities}</Td>
            </Row>
        }
    };
    let head = view! { <Th>"Pipeline"</Th><Th numeric=true>"Opportunities"</Th> };
    view! { <DataTable caption="Boards" head>{rows.into_iter().map(line).collect_view()}</DataTable> }
        .into_any()
}
