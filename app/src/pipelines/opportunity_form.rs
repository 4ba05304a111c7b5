//! The fields of an opportunity, and the page for a new one.

use domain::{
    Permission, PipelineId, Refusal,
    account::Currency,
    pipelines::{OWNED_BY_NOBODY, OpportunityChoices, Owner, Stage},
};
use leptos::prelude::*;
use ui::{
    BackLink, Button, ButtonKind, Callout, FormActions, FormError, LinkButton, SelectField, SelectOption,
    Skeleton, TextField, Tone,
};

use super::api_board::{CreateOpportunity, ReadOpportunityChoices};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    error::LoadError,
    layout::Page,
    paths, use_viewer,
    viewer::{denied_reason, viewer_can},
};

/// What the fields begin with.
#[derive(Clone, Default)]
pub(super) struct Initial {
    pub name: String,
    pub contact_name: String,
    pub contact_email: String,
    pub value: String,
}

#[component]
pub(super) fn Fields(form: Form, initial: Initial, currency: Currency) -> impl IntoView {
    let value = match viewer_can(Permission::OpportunitiesSeeValue) {
        true => {
            let reason = denied_reason(Permission::OpportunitiesChangeValue).map(|reason| reason.text);
            view! {
                <TextField name="value" label=format!("Value in {}", currency.code) optional=true autocomplete="off"
                    inputmode="decimal" value=form.typed("value", initial.value) error=form.problem("value")
                    disabled_reason=reason/>
            }
            .into_any()
        }
        false => denied_reason(Permission::OpportunitiesSeeValue)
            .map(|reason| view! { <p class="text-sm text-muted">"Value: hidden. "{reason.view()}</p> })
            .into_any(),
    };
    view! {
        <TextField name="name" label="Name" required=true autocomplete="off" hint="What it is about: New roof, Yearly plan."
            value=form.typed("name", initial.name) error=form.problem("name")/>
        <TextField name="contact_name" label="Contact" required=true autocomplete="off"
            value=form.typed("contact_name", initial.contact_name) error=form.problem("contact_name")/>
        <TextField name="contact_email" label="Contact’s e-mail" kind="email" optional=true autocomplete="off"
            value=form.typed("contact_email", initial.contact_email) error=form.problem("contact_email")/>
        {value}
    }
}

/// `nobody` is what the form sends for that.
pub(super) fn owner_options(nobody: &str, owners: Vec<Owner>) -> Vec<SelectOption> {
    let nobody = SelectOption::new(nobody, "Nobody");
    let person = |owner: Owner| SelectOption::new(owner.member.to_string(), owner.name);
    [nobody].into_iter().chain(owners.into_iter().map(person)).collect()
}

pub(super) fn stage_options(stages: Vec<Stage>) -> Vec<SelectOption> {
    stages.into_iter().map(|stage| SelectOption::new(stage.id.to_string(), stage.name)).collect()
}

/// Whose something new is: at first the viewer's, if it can be.
#[component]
fn FirstOwnerField(form: Form, owners: Vec<Owner>) -> impl IntoView {
    let own = use_viewer().and_then(|viewer| viewer.account).map(|account| account.member_id);
    let own = own.filter(|own| owners.iter().any(|owner| owner.member == *own));
    let initial = own.map_or_else(|| OWNED_BY_NOBODY.to_owned(), |own| own.to_string());
    view! {
        <SelectField name="owner" label="Owner" options=owner_options(OWNED_BY_NOBODY, owners)
            value=form.typed("owner", initial) error=form.problem("owner")/>
    }
}

/// Puts something on a board.
#[component]
pub fn NewOpportunityPage() -> impl IntoView {
    let id = paths::id_parameter::<PipelineId>();
    let create = Act::<CreateOpportunity>::new();
    let form = Form::of(create);
    let choices = Data::new(move || Ok(ReadOpportunityChoices { id: id.get().ok_or(Refusal::NotFound)? }));
    choices.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |choices| match choices {
            Ok(choices) => view! { <New choices create form/> }.into_any(),
            Err(error) => view! {
                <Page title="New opportunity" back=BackLink::new(paths::BOARDS, "Pipelines")><LoadError error/></Page>
            }
            .into_any(),
        },
    )
}

#[component]
fn New(choices: OpportunityChoices, create: Act<CreateOpportunity>, form: Form) -> impl IntoView {
    let OpportunityChoices { pipeline, currency, stages, owners } = choices;
    let here = paths::board(pipeline.id);
    let back = BackLink::new(here.clone(), pipeline.name);
    let owner = match viewer_can(Permission::OpportunitiesAssign) {
        true => view! { <FirstOwnerField form owners/> }.into_any(),
        false => view! { <p class="text-sm text-muted">"It will be yours."</p> }.into_any(),
    };
    let content = match denied_reason(Permission::OpportunitiesCreate) {
        Some(reason) => {
            view! { <Callout tone=Tone::Warn title="You cannot create opportunities">{reason.view()}</Callout> }.into_any()
        }
        None => {
            let first = stages.first().map(|stage| stage.id.to_string()).unwrap_or_default();
            view! {
                <SaveForm action=create>
                    <FormError message=form.error()/>
                    <input type="hidden" name="id" value=pipeline.id.to_string()/>
                    <Fields form initial=Initial::default() currency/>
                    {owner}
                    <SelectField name="stage" label="Stage" options=stage_options(stages) value=form.typed("stage", first)
                        error=form.problem("stage")/>
                    <FormActions>
                        <Button kind=ButtonKind::Primary pending=form.pending()>"Create opportunity"</Button>
                        <LinkButton href=here kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                    </FormActions>
                </SaveForm>
            }
            .into_any()
        }
    };
    view! { <Page title="New opportunity" back>{content}</Page> }
}
