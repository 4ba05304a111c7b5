use domain::{
    Permission, PermissionSet,
    permissions::{PROFILE_NAME_MAX_CHARS, Preset, ProfileChoice},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, Button, ButtonKind, Callout, FileField, FormActions, FormError, IconName, LinkButton,
    RadioCards, RadioOption, Skeleton, TextArea, TextField, Tone,
};

use super::api_change::CreateProfile;
use crate::{
    Data, Form, SaveForm,
    act::Act,
    layout::Page,
    paths,
    shared_api::ProfileChoices,
    viewer::{denied_reason, grantable_permissions},
};

/// Makes a profile: empty, from an example, or (`?copy=`) from one that is there.
#[component]
pub fn NewProfilePage() -> impl IntoView {
    let create = Act::<CreateProfile>::new();
    let form = Form::of(create);
    let copied = use_query_map().with_untracked(|query| query.get("copy")).unwrap_or_default();
    let profiles = Data::new(|| Ok(ProfileChoices {}));
    let reason = denied_reason(Permission::SettingsManageProfiles);
    view! {
        <Page title="New permission profile" back=BackLink::new(paths::PROFILES, "Permission Profiles")
            description="It begins with what you choose here; then switch single permissions on and off.">
            {match reason {
                Some(reason) => view! { <Callout tone=Tone::Warn title="You cannot make profiles">{reason.view()}</Callout> }.into_any(),
                None => profiles.show(|| view! { <Skeleton lines=8/> }.into_any(), move |profiles| {
                    view! {
                        <NewForm create form profiles copied=copied.clone()/>
                        <ui::Section title="Or from a file" description="One that was exported from a profile, here or in another account.">
                            <ImportForm/>
                        </ui::Section>
                    }
                    .into_any()
                }),
            }}
        </Page>
    }
}

#[component]
fn NewForm(
    create: Act<CreateProfile>,
    form: Form,
    profiles: Vec<ProfileChoice>,
    copied: String,
) -> impl IntoView {
    let copy = profiles.into_iter().find(|profile| profile.id.to_string() == copied);
    let name = copy.as_ref().map(|profile| format!("Copy of {}", profile.name)).unwrap_or_default();
    let name: String = name.chars().take(PROFILE_NAME_MAX_CHARS).collect();
    view! {
        <SaveForm action=create>
            <div class="stack">
                <FormError message=form.error()/>
                <TextField name="name" label="Name" required=true autocomplete="off"
                    hint="As your team would call it: Closers, Front desk, Virtual assistant."
                    value=form.typed("name", name) error=form.problem("name")/>
                <TextArea name="description" label="Description" optional=true rows=2
                    value=form.typed("description", "") error=form.problem("description")/>
                <RadioCards name="start" label="Start from" options=starts(copy.as_ref()) value=form.typed("start", copied)
                    error=form.problem("start")/>
                <FormActions>
                    <Button kind=ButtonKind::Primary pending=form.pending()>"Create profile"</Button>
                    <LinkButton href=paths::PROFILES kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                </FormActions>
            </div>
        </SaveForm>
    }
}

/// Takes a profile's file, or its text.
#[component]
fn ImportForm() -> impl IntoView {
    let form = Form::upload(paths::UPLOAD_PROFILE);
    view! {
        <form method="post" action=paths::UPLOAD_PROFILE enctype="multipart/form-data">
            <div class="stack">
                <FormError message=form.error()/>
                <TextField name="name" id="import-name" label="Another name" optional=true autocomplete="off"
                    hint="Leave it empty to take the name in the file."
                    value=form.typed("name", "") error=form.problem("name")/>
                <TextArea name="pasted" label="Text of the file" optional=true rows=4
                    hint="Paste it here, or choose the file below." value=form.typed("pasted", "")/>
                <FileField name="file" label="File" accept=".json,application/json"/>
                <FormActions><Button kind=ButtonKind::Secondary icon=IconName::Upload>"Import profile"</Button></FormActions>
            </div>
        </form>
    }
}

fn starts(copy: Option<&ProfileChoice>) -> Vec<RadioOption> {
    let own = grantable_permissions();
    let option = |value: String, label: &str, about: &str, set: PermissionSet| {
        let left_out = set.without(own).len();
        let note = match left_out {
            0 => String::new(),
            1 => " One permission is left out, because you do not hold it yourself.".to_owned(),
            n => format!(" {n} permissions are left out, because you do not hold them yourself."),
        };
        RadioOption::new(value, label, format!("{about}{note}"))
    };
    let copied = copy.map(|profile| {
        let label = format!("A copy of “{}”", profile.name);
        option(
            profile.id.to_string(),
            &label,
            "The same permissions, held by nobody yet.",
            profile.permissions,
        )
    });
    let empty =
        option(String::new(), "Empty", "Nothing is allowed until you switch it on.", PermissionSet::EMPTY);
    let preset = |preset: Preset| {
        option(preset.key().to_owned(), preset.label(), preset.description(), preset.permissions())
    };
    copied.into_iter().chain([empty]).chain(Preset::ALL.map(preset)).collect()
}
