use domain::Permission;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormActions, FormError, LinkButton, TextArea, TextField, Tone};

use super::{api::CreatePipeline, frame::back};
use crate::{Form, SaveForm, act::Act, layout::Page, paths, viewer::denied_reason};

#[component]
pub fn NewPipelinePage() -> impl IntoView {
    let create = Act::<CreatePipeline>::new();
    let form = Form::of(create);
    let content = match denied_reason(Permission::OpportunitiesManagePipelines) {
        Some(reason) => {
            view! { <Callout tone=Tone::Warn title="You cannot make pipelines">{reason.view()}</Callout> }
                .into_any()
        }
        None => view! {
            <SaveForm action=create>
                <div class="stack">
                    <FormError message=form.error()/>
                    <TextField name="name" label="Name" required=true autocomplete="off"
                        hint="As your team calls it: Sales, Onboarding, Renewals."
                        value=form.typed("name", "") error=form.problem("name")/>
                    <TextArea name="stages" label="Stages" optional=true rows=6
                        hint="One a line, in their order. Left empty: New, Contacted, Won, Lost."
                        value=form.typed("stages", "") error=form.problem("stages")/>
                    <FormActions>
                        <Button kind=ButtonKind::Primary pending=form.pending()>"Create pipeline"</Button>
                        <LinkButton href=paths::PIPELINES kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                    </FormActions>
                </div>
            </SaveForm>
        }
        .into_any(),
    };
    view! {
        <Page title="New pipeline" back=back() description="Nobody is in it until you say who.">{content}</Page>
    }
}
