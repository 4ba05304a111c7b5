use domain::{
    OpportunityId, Permission, Refusal,
    pipelines::{OpportunityChoices, OpportunityDetails, Owner},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, Button, ButtonKind, Confirm, Denied, DescriptionItem, DescriptionList, FormActions, FormError,
    LinkButton, Section, SelectField, Skeleton,
};

use super::{
    api_board::{
        AssignOpportunity, ChangeOpportunity, DeleteOpportunity, MoveOpportunity, OpportunityView,
        ReadOpportunity,
    },
    opportunity_form::{Fields, Initial, owner_options, stage_options},
};
use crate::{
    ChangedMeanwhile, Data, Form, SaveForm,
    act::Act,
    error::LoadError,
    layout::Page,
    live::{between_forms, pipeline_version},
    paths, time,
    viewer::denied_reason,
};

#[derive(Clone, Copy)]
struct Acts {
    change: Act<ChangeOpportunity>,
    changing: Form,
    shift: Act<MoveOpportunity>,
    shifting: Form,
    assign: Act<AssignOpportunity>,
    assigning: Form,
    delete: Act<DeleteOpportunity>,
    deleting: Form,
}

/// One opportunity: where it stands, whose it is, and what is known of it.
#[component]
pub fn OpportunityPage() -> impl IntoView {
    let id = paths::id_parameter::<OpportunityId>();
    let (change, shift, assign, delete) = (Act::new(), Act::new(), Act::new(), Act::new());
    let acts = Acts {
        change,
        changing: Form::of(change),
        shift,
        shifting: Form::of(shift),
        assign,
        assigning: Form::of(assign),
        delete,
        deleting: Form::of(delete),
    };
    let saved = [acts.changing, acts.shifting, acts.assigning].map(Form::saved);
    let changed = between_forms(pipeline_version(|| None));
    let found = Data::renewed(
        move || changed.get() + saved.iter().map(Get::get).sum::<usize>(),
        move || Ok(ReadOpportunity { id: id.get().ok_or(Refusal::NotFound)? }),
    );
    found.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |found| match found {
            Ok(view) => view! { <Opportunity view acts/> }.into_any(),
            Err(error) => view! {
                <Page title="Opportunity" back=BackLink::new(paths::BOARDS, "Pipelines")><LoadError error/></Page>
            }
            .into_any(),
        },
    )
}

#[component]
fn Opportunity(view: OpportunityView, acts: Acts) -> impl IntoView {
    let OpportunityView { details, since, created, choices } = view;
    let OpportunityChoices { stages, owners, .. } = choices;
    let id = details.id;
    let back = BackLink::new(paths::board(details.pipeline.id), details.pipeline.name.clone());
    let reason = denied_reason(Permission::OpportunitiesDelete);
    let action = view! {
        <LinkButton href=format!("{}?delete", paths::opportunity(id)) kind=ButtonKind::Danger disabled_reason=reason>"Delete"</LinkButton>
    };
    let owners = with_present(owners, details.owner.as_ref());
    let owner = details.owner.clone();
    let move_denied = denied_reason(Permission::OpportunitiesMoveStage);
    let stage = details.stage.clone();
    let query = use_query_map();
    let is_asked = Memo::new(move |_| query.with(|query| query.get("delete").is_some()));
    let name = details.name.clone();
    let question = move || is_asked.get().then(|| view! { <DeleteQuestion id name=name.clone() acts/> });
    view! {
        <Page title=details.name.clone() action back>
            <Section title="Where it stands">
                <DescriptionList>
                    <DescriptionItem term="Stage"><span class=format!("stage-name stage-{}", stage.colour.key())>{stage.name}</span></DescriptionItem>
                    <DescriptionItem term="Here since">{time(since)}</DescriptionItem>
                    <DescriptionItem term="Created">{time(created)}</DescriptionItem>
                </DescriptionList>
                <SaveForm action=acts.shift>
                    <FormError message=acts.shifting.error()/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <SelectField name="stage" label="Move to" options=stage_options(stages) value=stage.id.to_string()
                        error=acts.shifting.problem("stage")/>
                    <FormActions>
                        <Button kind=ButtonKind::Secondary pending=acts.shifting.pending() disabled_reason=move_denied>"Move"</Button>
                    </FormActions>
                </SaveForm>
            </Section>
            <Assign id owner owners acts/>
            <Section title="Details"><Details details acts/></Section>
            {question}
        </Page>
    }
}

/// Whoever has it is among the choices, also when nobody could give it to them any more, and for whoever cannot assign.
fn with_present(mut owners: Vec<Owner>, present: Option<&Owner>) -> Vec<Owner> {
    let missing = present.filter(|owner| owners.iter().all(|other| other.member != owner.member));
    owners.extend(missing.cloned());
    owners
}

#[component]
fn Assign(id: OpportunityId, owner: Option<Owner>, owners: Vec<Owner>, acts: Acts) -> impl IntoView {
    let reason = denied_reason(Permission::OpportunitiesAssign);
    let value = owner.map(|owner| owner.member.to_string()).unwrap_or_default();
    view! {
        <Section title="Owner">
            <SaveForm action=acts.assign>
                <FormError message=acts.assigning.error()/>
                <input type="hidden" name="id" value=id.to_string()/>
                <SelectField name="owner" label="Whose it is" options=owner_options("", owners) value error=acts.assigning.problem("owner")/>
                <FormActions>
                    <Button kind=ButtonKind::Secondary pending=acts.assigning.pending() disabled_reason=reason>"Assign"</Button>
                </FormActions>
            </SaveForm>
        </Section>
    }
}

#[component]
fn Details(details: OpportunityDetails, acts: Acts) -> impl IntoView {
    let form = acts.changing;
    let here = paths::opportunity(details.id);
    let initial = Initial {
        name: details.name,
        contact_name: details.contact_name,
        contact_email: details.contact_email.map(|email| email.to_string()).unwrap_or_default(),
        value: details.value_cents.map(|cents| details.currency.typed(cents)).unwrap_or_default(),
    };
    let fields = view! {
        <SaveForm action=acts.change>
            <FormError message=form.error()/>
            <ChangedMeanwhile form now=here.clone() again=here/>
            <input type="hidden" name="id" value=details.id.to_string()/>
            <input type="hidden" name="version" value=form.typed("version", details.version.to_string())/>
            <Fields form initial currency=details.currency/>
            <FormActions><Button kind=ButtonKind::Primary pending=form.pending()>"Save"</Button></FormActions>
        </SaveForm>
    };
    match denied_reason(Permission::OpportunitiesEdit) {
        Some(reason) => view! { <Denied reason>{fields}</Denied> }.into_any(),
        None => fields.into_any(),
    }
}

#[component]
fn DeleteQuestion(id: OpportunityId, name: String, acts: Acts) -> impl IntoView {
    view! {
        <SaveForm action=acts.delete>
            <Confirm id="delete" title=format!("Delete {name}?") body="It leaves the board for everybody. This cannot be undone."
                confirm_label="Delete opportunity" danger=true pending=acts.deleting.pending() close_href=paths::opportunity(id)>
                <FormError message=acts.deleting.error()/>
                <input type="hidden" name="id" value=id.to_string()/>
            </Confirm>
        </SaveForm>
    }
}
