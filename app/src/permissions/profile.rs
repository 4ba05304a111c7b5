use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::Skeleton;

use super::{
    api_change::ReplacePermissions,
    editor::{Editing, Editor},
    frame::{NoProfile, ProfileFrame, Tab, asked},
};
use crate::{Data, Form, act::Act, paths};

/// The permission editor of one profile.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let id = paths::id_parameter();
    let replace = Act::<ReplacePermissions>::new();
    let form = Form::of(replace);
    let query = use_query_map();
    let is_draft = Memo::new(move |_| query.with(|query| query.get("draft").is_some()));
    let profile = Data::renewed(move || usize::from(is_draft.get()), move || asked(id.get()));
    profile.show_either(
        || view! { <Skeleton lines=12/> }.into_any(),
        move |profile| match profile {
            Ok(view) => {
                let editing = Editing::new(view, is_draft.get());
                let details = Signal::derive(move || editing.saved().details);
                view! {
                    <ProfileFrame details tab=Tab::Permissions is_draft=editing.is_draft>
                        <Editor editing replace form/>
                    </ProfileFrame>
                }
                .into_any()
            }
            Err(error) => view! { <NoProfile error/> }.into_any(),
        },
    )
}
