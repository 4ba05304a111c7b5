use domain::{Permission, pipelines::PipelineRow};
use leptos::prelude::*;
use ui::{DataTable, EmptyState, FormError, IconName, LinkButton, Row, TableSkeleton, Td, Th};

use super::{
    api::{ReadPipelines, ReorderPipeline},
    order::{Step, Stepping, Way},
};
use crate::{
    Data, Form, SaveForm, act::Act, layout::Page, live::pipeline_version, paths, viewer::denied_reason,
};

/// All pipelines, in the order in which boards list them.
#[component]
pub fn PipelinesPage() -> impl IntoView {
    let reorder = Act::<ReorderPipeline>::new();
    let (form, keyboard) = (Form::of(reorder), Stepping::new());
    let (changed, saved) = (pipeline_version(|| None), form.saved());
    let rows = Data::renewed(move || changed.get() + saved.get(), || Ok(ReadPipelines {}));
    let reason = denied_reason(Permission::OpportunitiesManagePipelines);
    let action = view! {
        <LinkButton href=paths::NEW_PIPELINE icon=IconName::Plus disabled_reason=reason>"New"</LinkButton>
    };
    view! {
        <Page title="Pipelines" action
            description="The ways that opportunities take, stage by stage, and who may see and work them.">
            <FormError message=form.error()/>
            {rows.show(|| view! { <TableSkeleton rows=3 columns=4/> }.into_any(), move |rows| {
                view! { <List rows reorder form keyboard/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn List(
    rows: Vec<PipelineRow>,
    reorder: Act<ReorderPipeline>,
    form: Form,
    keyboard: Stepping,
) -> impl IntoView {
    if rows.is_empty() {
        let reason = denied_reason(Permission::OpportunitiesManagePipelines);
        let action = view! {
            <LinkButton href=paths::NEW_PIPELINE icon=IconName::Plus disabled_reason=reason>"Make the first pipeline"</LinkButton>
        };
        return view! {
            <EmptyState icon=IconName::Pipeline title="No pipelines yet"
                body="A pipeline has stages, such as New, Contacted and Won, and the people who move opportunities through them." action/>
        }
        .into_any();
    }
    let last = rows.last().map(|row| row.pipeline.id);
    let rows: Vec<_> = (0_u32..).zip(rows).collect();
    // By their key: a line, and what is pressed there, belongs to one pipeline for ever.
    let lines = view! {
        <For each=move || rows.clone() key=|(_, row)| row.pipeline.id children=move |(place, row)| {
            let is_last = Some(row.pipeline.id) == last;
            view! { <Line row place is_last reorder form keyboard/> }
        }/>
    };
    let head = view! { <Th>"Pipeline"</Th><Th numeric=true>"Stages"</Th><Th numeric=true>"People"</Th><Th>"Actions"</Th> };
    view! { <DataTable caption="Pipelines" head>{lines}</DataTable> }.into_any()
}

#[component]
fn Line(
    row: PipelineRow,
    place: u32,
    is_last: bool,
    reorder: Act<ReorderPipeline>,
    form: Form,
    keyboard: Stepping,
) -> impl IntoView {
    let PipelineRow { pipeline, stages, people, opportunities } = row;
    let (id, name) = (pipeline.id, pipeline.name);
    let step = |way: Way| {
        let (name, reason) = (name.clone(), denied_reason(Permission::OpportunitiesManagePipelines));
        view! {
            <SaveForm action=reorder is_live=true>
                <input type="hidden" name="id" value=id.to_string()/>
                <Step way key=id.to_string() name place is_last keyboard pending=form.pending() reason/>
            </SaveForm>
        }
    };
    let (up, down) = (step(Way::Up), step(Way::Down));
    let stand = match opportunities {
        1 => "1 opportunity".to_owned(),
        n => format!("{n} opportunities"),
    };
    view! {
        <Row>
            <Td main=true>
                <div class="min-w-0">
                    <a href=paths::pipeline(id)>{name}</a>
                    <span class="cell-note"><a class="link" href=paths::board(id)>{stand}</a></span>
                </div>
            </Td>
            <Td label="Stages" numeric=true>{stages}</Td>
            <Td label="People" numeric=true><a href=paths::pipeline_people(id)>{people}</a></Td>
            <Td><div class="cell-buttons">{up}{down}</div></Td>
        </Row>
    }
}
