//! What just happened to the profile, in one line, with the way back.

use domain::{
    PermissionSet,
    permissions::{Profile, ProfileDetails},
};
use leptos::prelude::*;
use ui::{Button, ButtonKind};

use super::{
    super::{
        faces::names,
        words::{may_words, switched_words},
    },
    editing::Editing,
};
use crate::AppError;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Notice {
    text: String,
    /// The version that can be taken back.
    undo: Option<i32>,
    is_bad: bool,
}

impl Notice {
    /// What the viewer switched, and whom it touches; none when nothing has changed.
    pub fn own(before: &Profile, after: &ProfileDetails) -> Option<Self> {
        let said = switched_words(before.permissions, after.profile.permissions)?;
        let (lost, gained) = (
            before.permissions.without(after.profile.permissions),
            after.profile.permissions.without(before.permissions),
        );
        let touched = |may: &str, set: PermissionSet| match (after.people, set.is_empty()) {
            (0, _) | (_, true) => String::new(),
            (people, false) => format!(" {} {may} {}.", names(&after.holders, people), may_words(set)),
        };
        let touched = touched("can no longer", lost) + &touched("can now", gained);
        // Several versions at once cannot be taken back in one step.
        let undo = (after.profile.version == before.version + 1).then_some(after.profile.version);
        Some(Self { text: format!("Saved. {said}{touched}"), undo, is_bad: false })
    }

    /// What the viewer switched in their draft; none when nothing has changed.
    pub fn drafted(before: &Profile, after: &ProfileDetails) -> Option<Self> {
        let said = switched_words(before.permissions, after.profile.permissions)?;
        let text = format!("Kept in your draft. {said} Nothing changes for anybody before you apply it.");
        Some(Self { text, undo: None, is_bad: false })
    }

    pub fn by_others(before: &Profile, after: &ProfileDetails) -> Option<Self> {
        let now = &after.profile;
        let renamed = (before.name != now.name).then(|| format!("It is called “{}” now.", now.name));
        let described = (before.description != now.description).then(|| "It is described anew.".to_owned());
        let switched = switched_words(before.permissions, now.permissions);
        let said: Vec<_> = [renamed, described, switched].into_iter().flatten().collect();
        let who = after.changed.by.as_deref().unwrap_or("Steward");
        let text = format!("{who} changed this just now. {}", said.join(" "));
        (!said.is_empty()).then_some(Self { text, undo: None, is_bad: false })
    }

    pub fn deleted() -> Self {
        let text = "Somebody deleted this profile. Nothing that is switched here can be saved any more.";
        Self { text: text.to_owned(), undo: None, is_bad: true }
    }

    pub fn failed(error: &AppError) -> Self {
        Self { text: error.to_string(), undo: None, is_bad: true }
    }
}

/// Announced, and in view while one scrolls.
#[component]
pub(super) fn Notices(editing: Editing) -> impl IntoView {
    let shown = move || {
        editing.notice.get().map(|notice| {
            let undo = notice.undo.map(|version| {
                view! {
                    <Button kind=ButtonKind::Secondary small=true button_type="button" on_click=Callback::new(move |()| editing.undo(version))>
                        "Undo"
                    </Button>
                }
            });
            view! {
                <div class="editor-notice" class:editor-notice-bad=notice.is_bad>
                    <span>{notice.text}</span>
                    {undo}
                </div>
            }
        })
    };
    view! { <div role="status">{shown}</div> }
}
