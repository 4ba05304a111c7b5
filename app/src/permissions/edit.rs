use domain::permissions::Profile;
use leptos::prelude::*;
use ui::{BackLink, Button, ButtonKind, FormActions, FormError, LinkButton, Skeleton, TextArea, TextField};

use super::{
    api_change::ChangeProfileWords,
    frame::{NoProfile, asked},
};
use crate::{ChangedMeanwhile, Data, Form, SaveForm, act::Act, layout::Page, paths};

/// Name and description.
#[component]
pub fn EditProfilePage() -> impl IntoView {
    let id = paths::id_parameter();
    let change = Act::<ChangeProfileWords>::new();
    let form = Form::of(change);
    let profile = Data::new(move || asked(id.get()));
    profile.show_either(
        || view! { <Skeleton lines=5/> }.into_any(),
        move |profile| match profile {
            Ok(view) => view! { <Edit profile=view.details.profile change form/> }.into_any(),
            Err(error) => view! { <NoProfile error/> }.into_any(),
        },
    )
}

#[component]
fn Edit(profile: Profile, change: Act<ChangeProfileWords>, form: Form) -> impl IntoView {
    let here = paths::profile(profile.id);
    let back = BackLink::new(here.clone(), profile.name.clone());
    view! {
        <Page title=format!("Rename {}", profile.name) back>
            <SaveForm action=change>
                <FormError message=form.error()/>
                <ChangedMeanwhile form now=here.clone() again=paths::edit_profile(profile.id)/>
                <input type="hidden" name="id" value=profile.id.to_string()/>
                <input type="hidden" name="version" value=form.typed("version", profile.version.to_string())/>
                <TextField name="name" label="Name" required=true autocomplete="off"
                    value=form.typed("name", profile.name) error=form.problem("name")/>
                <TextArea name="description" label="Description" optional=true rows=3
                    value=form.typed("description", profile.description) error=form.problem("description")/>
                <FormActions>
                    <Button kind=ButtonKind::Primary pending=form.pending()>"Save"</Button>
                    <LinkButton href=here kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                </FormActions>
            </SaveForm>
        </Page>
    }
}
