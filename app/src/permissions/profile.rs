use leptos::prelude::*;
use ui::Skeleton;

use super::{
    api_change::ReplacePermissions,
    editor::Editor,
    frame::{NoProfile, ProfileFrame, Tab, asked},
};
use crate::{Data, Form, act::Act, paths};

/// The permission editor of one profile.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let id = paths::id_parameter();
    let replace = Act::<ReplacePermissions>::new();
    let form = Form::of(replace);
    let profile = Data::new(move || asked(id.get()));
    profile.show_either(
        || view! { <Skeleton lines=12/> }.into_any(),
        move |profile| match profile {
            Ok(view) => view! {
                <ProfileFrame details=view.details.clone() tab=Tab::Permissions><Editor view replace form/></ProfileFrame>
            }
            .into_any(),
            Err(error) => view! { <NoProfile error/> }.into_any(),
        },
    )
}
