//! The permission editor: switches that save themselves, told to everybody who has the same profile open.

mod editing;
mod locked;
mod notice;
mod section_card;

use domain::Section;
use leptos::prelude::*;
use ui::{Button, ButtonKind, FormError, Icon, IconName};

use self::{editing::Editing, locked::LockedCard, notice::Notices, section_card::SectionCard};
use super::{
    api::ProfileView,
    api_change::ReplacePermissions,
    faces::{names, people_words},
};
use crate::{Form, SaveForm, act::Act, paths};

#[component]
pub(super) fn Editor(view: ProfileView, replace: Act<ReplacePermissions>, form: Form) -> impl IntoView {
    let id = view.details.profile.id;
    let editing = Editing::new(view);
    let search = RwSignal::new(String::new());
    let cards = Section::ALL
        .into_iter()
        .map(|section| view! { <SectionCard section editing form search/> })
        .collect_view();
    view! {
        <HeldBy editing/>
        <div class="filter-bar needs-wasm">
            <div class="search-input">
                <Icon name=IconName::Search/>
                <input class="input" type="search" placeholder="Find a permission" aria-label="Find a permission"
                    on:input=move |event| search.set(event_target_value(&event).trim().to_lowercase())/>
            </div>
        </div>
        <Notices editing/>
        <SaveForm action=replace is_live=true>
            <FormError message=form.error()/>
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="version" value=move || editing.version()/>
            <div class="stack" on:keydown=ui::walk_switches>
                {cards}
                <LockedCard search/>
            </div>
            <div class="until-wasm form-actions">
                <Button kind=ButtonKind::Primary pending=form.pending()>"Save"</Button>
                <a class="link" href=paths::profile(id)>"Start again from what is saved"</a>
            </div>
        </SaveForm>
    }
}

/// Who is touched by every change here.
#[component]
fn HeldBy(editing: Editing) -> impl IntoView {
    move || {
        let details = editing.saved().details;
        let href = paths::profile_people(details.profile.id);
        let held = match details.people {
            0 => "Nobody holds this profile yet.".to_owned(),
            people => format!(
                "Held by {}: {}. They notice a change with their next click.",
                people_words(people).to_lowercase(),
                names(&details.holders, people)
            ),
        };
        let invited = match details.invited {
            0 => String::new(),
            1 => " 1 person is invited to it.".to_owned(),
            invited => format!(" {invited} people are invited to it."),
        };
        view! { <p class="held-by">{held}{invited}" "<a class="link" href=href>"See them all"</a></p> }
    }
}
