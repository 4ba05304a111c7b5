use domain::{
    Section,
    account::{
        APPLICATION_ADDRESS_MAX_CHARS, APPLICATION_NAME_MAX_CHARS, ConnectedApplication, application_field,
    },
};
use leptos::prelude::*;
use ui::{BackLink, Button, ButtonKind, FormActions, FormError, Skeleton, TextField};

use super::super::api_sections::{ConnectApplications, ReadApplications};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths};

/// The owner's applications that the section pages link to.
#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let connect = Act::<ConnectApplications>::new();
    let form = Form::of(connect);
    let loaded = Data::new(|| Ok(ReadApplications {}));
    view! {
        <Page title="Connected applications" back=BackLink::new(paths::BUSINESS, "Business profile")
            description="Where your team does the work of a section. Its page links there, for everybody who may view the section. Leave both fields empty where there is none.">
            {loaded.show(|| view! { <Skeleton lines=12/> }.into_any(), move |applications| {
                view! { <ApplicationsForm applications connect form/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn ApplicationsForm(
    applications: Vec<ConnectedApplication>,
    connect: Act<ConnectApplications>,
    form: Form,
) -> impl IntoView {
    let sections = Section::ALL
        .into_iter()
        .filter(|section| section.is_connectable())
        .map(|section| {
            let stored = applications.iter().find(|application| application.section == section).cloned();
            fields(section, stored, form)
        })
        .collect_view();
    view! {
        <SaveForm action=connect>
            <div class="stack">
                <FormError message=form.error()/>
                {sections}
                <FormActions>
                    <Button kind=ButtonKind::Primary pending=form.pending()>"Save connected applications"</Button>
                </FormActions>
            </div>
        </SaveForm>
    }
}

fn fields(section: Section, stored: Option<ConnectedApplication>, form: Form) -> AnyView {
    let (name, address) = stored.map(|stored| (stored.name, stored.address)).unwrap_or_default();
    let (name_field, address_field) =
        (application_field(section, "name"), application_field(section, "address"));
    let key = section.key();
    view! {
        <fieldset class="field-pair">
            <legend class="pb-2 font-semibold">{section.label()}</legend>
            <TextField name=name_field.clone() id=format!("{key}-name") label="Name" maxlength=APPLICATION_NAME_MAX_CHARS
                value=form.typed(&name_field, name) error=form.problem(name_field)/>
            <TextField name=address_field.clone() id=format!("{key}-address") label="Address"
                kind="url" placeholder="https://" maxlength=APPLICATION_ADDRESS_MAX_CHARS
                value=form.typed(&address_field, address) error=form.problem(address_field)/>
        </fieldset>
    }
    .into_any()
}
