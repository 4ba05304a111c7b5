use domain::{Permission, PipelineId, Refusal, pipelines::PipelineDeletion};
use leptos::prelude::*;
use ui::{
    BackLink, Button, ButtonKind, Callout, FormActions, FormError, LinkButton, SelectField, SelectOption,
    Skeleton, Tone, WhyNot,
};

use super::{
    api::{DeletePipeline, ReadPipelineDeletion, target_key},
    frame::no_pipeline,
};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    layout::Page,
    live::{between_forms, pipeline_version},
    paths,
    viewer::denied_reason,
};

/// Deletes a pipeline. What stands in it goes to a stage that is chosen here, never somewhere by default.
#[component]
pub fn DeletePipelinePage() -> impl IntoView {
    let id = paths::id_parameter::<PipelineId>();
    let delete = Act::<DeletePipeline>::new();
    let form = Form::of(delete);
    // What stands there, and where it could go, is another when somebody else was quicker.
    let changed = between_forms(pipeline_version(|| None));
    let found = Data::renewed(
        move || changed.get() + form.version.get(),
        move || Ok(ReadPipelineDeletion { id: id.get().ok_or(Refusal::NotFound)? }),
    );
    found.show_either(
        || view! { <Skeleton lines=6/> }.into_any(),
        move |found| match found {
            Ok(found) => view! { <Delete found delete form/> }.into_any(),
            Err(error) => no_pipeline(error),
        },
    )
}

#[component]
fn Delete(found: PipelineDeletion, delete: Act<DeletePipeline>, form: Form) -> impl IntoView {
    let PipelineDeletion { pipeline, opportunities, targets } = found;
    let here = paths::pipeline(pipeline.id);
    let back = BackLink::new(here.clone(), pipeline.name.clone());
    let stands = match opportunities {
        0 => "Nothing stands in it.".to_owned(),
        1 => "One opportunity stands in it.".to_owned(),
        n => format!("{n} opportunities stand in it."),
    };
    let has_target = !targets.is_empty();
    let stuck =
        (opportunities > 0 && !has_target).then(|| WhyNot::from("What stands here needs a place first."));
    let target = (opportunities > 0).then(|| {
        let options = [SelectOption::new("", "Choose a stage")]
            .into_iter()
            .chain(targets.into_iter().flat_map(|(pipeline, stages)| {
                stages.into_iter().map(move |stage| {
                    let label = format!("{} · {}", pipeline.name, stage.name);
                    SelectOption::new(target_key(pipeline.id, stage.id), label)
                })
            }))
            .collect();
        match has_target {
            true => view! {
                <SelectField name="target" label="Move them to" required=true options
                    value=form.typed("target", "") error=form.problem("target")/>
            }
            .into_any(),
            false => view! {
                <Callout title="There is no other pipeline">"Make one first: what stands here needs a place."</Callout>
            }
            .into_any(),
        }
    });
    let content = match denied_reason(Permission::OpportunitiesManagePipelines) {
        Some(reason) => {
            view! { <Callout tone=Tone::Warn title="You cannot delete pipelines">{reason.view()}</Callout> }.into_any()
        }
        None => view! {
            <SaveForm action=delete>
                <div class="stack">
                    <FormError message=form.error()/>
                    <p>{stands}" Its stages and the list of its people go with it; the log keeps what happened."</p>
                    <input type="hidden" name="id" value=pipeline.id.to_string()/>
                    {target}
                    <FormActions>
                        <Button kind=ButtonKind::Danger pending=form.pending() disabled_reason=stuck>"Delete pipeline"</Button>
                        <LinkButton href=here kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                    </FormActions>
                </div>
            </SaveForm>
        }
        .into_any(),
    };
    view! { <Page title=format!("Delete {}?", pipeline.name) back>{content}</Page> }
}
