use domain::{
    Permission, PipelineId, StageId,
    pipelines::{PipelineDetails, Stage, StageRow},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Button, ButtonKind, Callout, DataTable, FormActions, FormError, LinkButton, Row, Section, Skeleton, Td,
    TextField, Th, WhyNot,
};
use web_sys::DragEvent;

use super::{
    api::{AddStage, ChangeStage, DeleteStage, MoveStage, RenamePipeline},
    frame::{PipelineFrame, Tab, asked, no_pipeline, of},
    order::{Step, Stepping, Way, begin_drag},
    stage_forms::{AddStageForm, ChangeStageDialog, DeleteStageQuestion},
    unseen::UnseenForm,
};
use crate::{
    ChangedMeanwhile, Data, Form, SaveForm,
    act::Act,
    live::{between_forms, pipeline_version},
    paths,
    viewer::denied_reason,
};

/// What can be done on the page. It lives above the page's data, so that it outlasts their reloading.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub rename: Act<RenamePipeline>,
    pub renaming: Form,
    pub add: Act<AddStage>,
    pub adding: Form,
    pub change: Act<ChangeStage>,
    pub changing: Form,
    pub shift: Act<MoveStage>,
    pub shifting: Form,
    pub dragging: Dragging,
    pub keyboard: Stepping,
    pub delete: Act<DeleteStage>,
    pub deleting: Form,
}

impl Acts {
    fn new() -> Self {
        let (rename, add, change, shift, delete) =
            (Act::new(), Act::new(), Act::new(), Act::new(), Act::new());
        let shifting = Form::of(shift);
        Self {
            renaming: Form::of(rename),
            adding: Form::of(add),
            changing: Form::of(change),
            dragging: Dragging::of(shift, shifting),
            shifting,
            keyboard: Stepping::new(),
            deleting: Form::of(delete),
            rename,
            add,
            change,
            shift,
            delete,
        }
    }

    /// Counts what was saved through any of them.
    fn saved(self) -> impl Fn() -> usize + Copy + Send + Sync + 'static {
        let all = [self.renaming, self.adding, self.changing, self.shifting, self.deleting].map(Form::saved);
        move || all.iter().map(Get::get).sum()
    }
}

/// Dragging a stage to the place of another.
#[derive(Clone, Copy)]
pub(super) struct Dragging {
    sent: UnseenForm<MoveStage>,
    dragged: RwSignal<Option<StageId>>,
}

impl Dragging {
    fn of(act: Act<MoveStage>, form: Form) -> Self {
        Self { sent: UnseenForm::new(act, form, ["stage", "place"]), dragged: RwSignal::new(None) }
    }

    fn dropped_at(self, place: u32) {
        if let Some(stage) = self.dragged.get_untracked() {
            self.dragged.set(None);
            self.sent.send([stage.to_string(), place.to_string()]);
        }
    }
}

/// A pipeline's name and its stages.
#[component]
pub fn PipelinePage() -> impl IntoView {
    let id = paths::id_parameter();
    let acts = Acts::new();
    let (changed, saved) = (between_forms(pipeline_version(move || id.get())), acts.saved());
    let details = Data::renewed(move || changed.get() + saved(), move || asked(id.get()));
    details.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |details| match details {
            Ok(details) => view! { <Stages details acts/> }.into_any(),
            Err(error) => no_pipeline(error),
        },
    )
}

#[component]
fn Stages(details: PipelineDetails, acts: Acts) -> impl IntoView {
    let (id, name, people) = of(&details);
    let typed_name = acts.renaming.typed("name", name.clone());
    let version = details.pipeline.version;
    let stages = details.stages;
    let denied = denied_reason(Permission::OpportunitiesManagePipelines);
    let (first, last) = (stages.first().map(|row| row.stage.id), stages.last().map(|row| row.stage.id));
    let rows: Vec<_> = (0_u32..).zip(stages.clone()).collect();
    // By their key: a line, and what is pressed or dragged there, belongs to one stage for ever.
    let lines = view! {
        <For each=move || rows.clone() key=|(_, row)| row.stage.id children=move |(place, row)| {
            let is_last = Some(row.stage.id) == last;
            view! { <Line id row place is_last is_only=first == last acts/> }
        }/>
    };
    let head = view! { <Th>"Stage"</Th><Th numeric=true>"Opportunities"</Th><Th>"Actions"</Th> };
    let asked_about = asked_about(stages.clone());
    let help = (denied.is_none() && stages.len() > 1)
        .then(|| view! { <p class="text-sm text-muted needs-wasm">"Drag a stage to its place, or use its arrows."</p> });
    let forms = match denied {
        Some(reason) => {
            view! { <Callout title="You cannot change pipelines">{reason.view()}</Callout> }.into_any()
        }
        None => view! {
            {move || asked_about.get().map(|asked| {
                // What was answered about one stage is not about the next. (Between two, nothing is asked about.)
                acts.change.forget_answer();
                acts.delete.forget_answer();
                match asked {
                    Asked::Change(stage) => view! { <ChangeStageDialog id stage acts/> }.into_any(),
                    Asked::Delete(row, others) => view! { <DeleteStageQuestion id row others acts/> }.into_any(),
                }
            })}
            <AddStageForm id acts/>
            <Section title="Name">
                <SaveForm action=acts.rename>
                    <FormError message=acts.renaming.error()/>
                    <ChangedMeanwhile form=acts.renaming now=paths::pipeline(id) again=paths::pipeline(id)/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <input type="hidden" name="version" value=acts.renaming.typed("version", version.to_string())/>
                    <TextField name="name" id="pipeline-name" label="Name of the pipeline" required=true autocomplete="off"
                        value=typed_name error=acts.renaming.problem("name")/>
                    <FormActions><Button kind=ButtonKind::Secondary pending=acts.renaming.pending()>"Rename"</Button></FormActions>
                </SaveForm>
            </Section>
        }
        .into_any(),
    };
    view! {
        <PipelineFrame id name people tab=Tab::Stages>
            <Section title="Stages" description="An opportunity goes through them from the first to the last.">
                <FormError message=acts.shifting.error()/>
                {acts.dragging.sent.view(view! { <input type="hidden" name="id" value=id.to_string()/> })}
                {help}
                <DataTable caption="Stages, in their order" head>{lines}</DataTable>
            </Section>
            {forms}
        </PipelineFrame>
    }
}

/// What the address asks about one of the stages.
#[derive(Clone, PartialEq)]
enum Asked {
    Change(Stage),
    /// With the other stages, which could take what stands in it.
    Delete(StageRow, Vec<Stage>),
}

fn asked_about(rows: Vec<StageRow>) -> Memo<Option<Asked>> {
    let query = use_query_map();
    Memo::new(move |_| {
        let find = |name: &str| {
            let id: StageId = query.with(|query| query.get(name))?.parse().ok()?;
            rows.iter().find(|row| row.stage.id == id).cloned()
        };
        if let Some(row) = find("change") {
            return Some(Asked::Change(row.stage));
        }
        let row = find("delete")?;
        let others = rows.iter().filter(|other| other.stage.id != row.stage.id);
        let others = others.map(|other| other.stage.clone()).collect();
        Some(Asked::Delete(row, others))
    })
}

#[component]
fn Line(
    id: PipelineId,
    row: StageRow,
    place: u32,
    is_last: bool,
    is_only: bool,
    acts: Acts,
) -> impl IntoView {
    let StageRow { stage, opportunities } = row;
    let denied = denied_reason(Permission::OpportunitiesManagePipelines);
    let name = stage.name.clone();
    let step = |way: Way| {
        let (name, reason) = (name.clone(), denied.clone());
        view! {
            <SaveForm action=acts.shift is_live=true>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="stage" value=stage.id.to_string()/>
                <Step way key=stage.id.to_string() name place is_last keyboard=acts.keyboard pending=acts.shifting.pending() reason/>
            </SaveForm>
        }
    };
    let (up, down) = (step(Way::Up), step(Way::Down));
    let (change, delete) = (format!("Change {name}"), format!("Delete {name}"));
    let dragging = acts.dragging;
    let is_over = RwSignal::new(false);
    let may_drag = denied.is_none();
    let begin = move |event: DragEvent| {
        begin_drag(&event, &stage.id.to_string());
        dragging.dragged.set(Some(stage.id));
    };
    let over = move |event: DragEvent| {
        if dragging.dragged.with_untracked(Option::is_some) {
            event.prevent_default();
            is_over.set(true);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        dragging.dropped_at(place);
    };
    let only = is_only.then(|| WhyNot::from("A pipeline has at least one stage."));
    view! {
        <Row attr:draggable=may_drag.then_some("true") class:row-over=is_over on:dragstart=begin on:dragover=over
            on:dragleave=move |_| is_over.set(false) on:drop=dropped on:dragend=move |_| dragging.dragged.set(None)>
            <Td main=true><span class=format!("stage-name stage-{}", stage.colour.key())>{name}</span></Td>
            <Td label="Opportunities" numeric=true>{opportunities}</Td>
            <Td>
                <div class="cell-buttons">
                    {up}{down}
                    <LinkButton href=paths::change_stage(id, stage.id) kind=ButtonKind::Ghost small=true disabled_reason=denied.clone()
                        aria_label=change>"Change"</LinkButton>
                    <LinkButton href=paths::delete_stage(id, stage.id) kind=ButtonKind::Ghost small=true
                        disabled_reason=denied.or(only) aria_label=delete>"Delete"</LinkButton>
                </div>
            </Td>
        </Row>
    }
}
