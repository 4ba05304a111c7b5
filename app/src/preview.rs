//! Looking at Steward as somebody else would see it: the button that begins it and the mark over every page meanwhile.

use domain::{Permission, identity, permissions::PermissionSource};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormError, IconName, Tone};

use crate::{
    Form, SaveForm,
    act::Act,
    shared_api::{EndPreview, StartPreview},
    viewer::viewer_can,
};

/// Nothing for somebody who may not look.
#[component]
pub fn PreviewButton(source: PermissionSource) -> impl IntoView {
    viewer_can(Permission::SettingsManageProfiles).then(|| {
        let start = Act::<StartPreview>::new();
        let form = Form::of(start);
        view! {
            <SaveForm action=start>
                <FormError message=form.error()/>
                <input type="hidden" name="source" value=source.to_string()/>
                <Button kind=ButtonKind::Secondary icon=IconName::Eye pending=form.pending()>"Preview"</Button>
            </SaveForm>
        }
    })
}

/// Says whose eyes the page is seen with, and ends it.
#[component]
pub fn PreviewBanner(preview: identity::Preview) -> impl IntoView {
    let end = Act::<EndPreview>::new();
    let form = Form::of(end);
    let title = match preview.label {
        Some(label) => format!("You see Steward as “{label}” would"),
        None => "What you looked as is gone".to_owned(),
    };
    let narrowed =
        preview.is_narrowed.then_some(" You hold less than that yourself, so some of it is missing.");
    view! {
        <Callout tone=Tone::Warn title>
            <div class="flex flex-wrap items-center gap-3">
                <span>"Nothing can be changed meanwhile."{narrowed}</span>
                <SaveForm action=end>
                    <FormError message=form.error()/>
                    <Button kind=ButtonKind::Secondary pending=form.pending()>"End the preview"</Button>
                </SaveForm>
            </div>
        </Callout>
    }
}
