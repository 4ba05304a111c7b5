//! The forms about one stage. Which is asked about stands in the address, so that it is asked without wasm too.

use domain::{
    PipelineId,
    pipelines::{Stage, StageColour, StageRow},
};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Confirm, Dialog, FormActions, FormError, LinkButton, Section, SelectField,
    SelectOption, TextField,
};

use super::stages::Acts;
use crate::{ChangedMeanwhile, SaveForm, paths};

fn colours() -> Vec<SelectOption> {
    StageColour::ALL.iter().map(|colour| SelectOption::new(colour.key(), colour.label())).collect()
}

#[component]
pub(super) fn AddStageForm(id: PipelineId, acts: Acts) -> impl IntoView {
    let form = acts.adding;
    view! {
        <Section title="Add a stage" description="It comes last; move it to its place afterwards.">
            <SaveForm action=acts.add begins_anew=true>
                <div class="stack">
                    <FormError message=form.error()/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <div class="field-pair">
                        <TextField name="name" id="new-stage-name" label="Name of the stage" required=true autocomplete="off"
                            value=form.typed("name", "") error=form.problem("name")/>
                        <SelectField name="colour" id="new-stage-colour" label="Colour" options=colours()
                            value=form.typed("colour", StageColour::Blue.key()) error=form.problem("colour")/>
                    </div>
                    <FormActions><Button kind=ButtonKind::Secondary pending=form.pending()>"Add stage"</Button></FormActions>
                </div>
            </SaveForm>
        </Section>
    }
}

#[component]
pub(super) fn ChangeStageDialog(id: PipelineId, stage: Stage, acts: Acts) -> impl IntoView {
    let form = acts.changing;
    let again = paths::change_stage(id, stage.id);
    let own = stage.id.to_string();
    // A form that comes back from the server may be about another stage.
    let is_own = form.typed("stage", own.clone()) == own;
    let typed = move |field: &str, now: String| if is_own { form.typed(field, now) } else { now };
    view! {
        <Dialog id="change-stage" title=format!("Change {}", stage.name) close_href=paths::pipeline(id)>
            <SaveForm action=acts.change>
                <div class="stack">
                    <FormError message=form.error()/>
                    <ChangedMeanwhile form now=paths::pipeline(id) again/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <input type="hidden" name="stage" value=own/>
                    <input type="hidden" name="version" value=typed("version", stage.version.to_string())/>
                    <div class="field-pair">
                        <TextField name="name" id="stage-name" label="Name" required=true autocomplete="off"
                            value=typed("name", stage.name) error=form.problem("name")/>
                        <SelectField name="colour" id="stage-colour" label="Colour" options=colours()
                            value=typed("colour", stage.colour.key().to_owned()) error=form.problem("colour")/>
                    </div>
                    <FormActions>
                        <Button kind=ButtonKind::Primary pending=form.pending()>"Save stage"</Button>
                        <LinkButton href=paths::pipeline(id) kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                    </FormActions>
                </div>
            </SaveForm>
        </Dialog>
    }
}

/// Asks where what stands in the stage goes.
#[component]
pub(super) fn DeleteStageQuestion(
    id: PipelineId,
    row: StageRow,
    others: Vec<Stage>,
    acts: Acts,
) -> impl IntoView {
    let form = acts.deleting;
    let StageRow { stage, opportunities } = row;
    let body = match opportunities {
        0 => "Nothing stands in it.".to_owned(),
        1 => "One opportunity stands in it. Choose where it goes.".to_owned(),
        n => format!("{n} opportunities stand in it. Choose where they go."),
    };
    let target = (opportunities > 0).then(|| {
        let options = [SelectOption::new("", "Choose a stage")]
            .into_iter()
            .chain(others.into_iter().map(|stage| SelectOption::new(stage.id.to_string(), stage.name)))
            .collect();
        view! {
            <SelectField name="target" id="delete-target" label="Move them to" required=true options
                value=form.typed("target", "") error=form.problem("target")/>
        }
    });
    view! {
        <SaveForm action=acts.delete>
            <Confirm id="delete-stage" title=format!("Delete the stage {}?", stage.name) body confirm_label="Delete stage"
                danger=true pending=form.pending() close_href=paths::pipeline(id)>
                <FormError message=form.error()/>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="stage" value=stage.id.to_string()/>
                {target}
            </Confirm>
        </SaveForm>
    }
}
