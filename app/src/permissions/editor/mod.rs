//! The permission editor: switches that save themselves, told to everybody who has the same profile open.

mod editing;
mod locked;
mod notice;
mod section_card;

use domain::{Permission, ProfileId, Section};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormError, Icon, IconName};

pub(super) use self::editing::Editing;
use self::{locked::LockedCard, notice::Notices, section_card::SectionCard};
use super::{
    api_change::ReplacePermissions,
    faces::{Faces, names, people_words},
};
use crate::{Form, SaveForm, act::Act, paths};

/// Faces in view beside the switches.
const FACES: usize = 5;

#[component]
pub(super) fn Editor(editing: Editing, replace: Act<ReplacePermissions>, form: Form) -> impl IntoView {
    let Editing { id, is_draft, .. } = editing;
    let search = RwSignal::new(String::new());
    let nothing_found = move || {
        let is_found = |label: &str| search.with(|text| label.to_lowercase().contains(text.as_str()));
        let is_any = Section::ALL.into_iter().any(|section| is_found(section.label()))
            || Permission::ALL.iter().any(|permission| is_found(permission.label()));
        (!is_any).then_some("No permission is called so.")
    };
    let cards = Section::ALL
        .into_iter()
        .map(|section| view! { <SectionCard section editing form search/> })
        .collect_view();
    view! {
        <HeldBy editing/>
        <Mode id is_draft/>
        <div class="filter-bar needs-wasm">
            <div class="search-input">
                <Icon name=IconName::Search/>
                <input class="input" type="search" placeholder="Find a permission" aria-label="Find a permission"
                    on:input=move |event| search.set(event_target_value(&event).trim().to_lowercase())/>
            </div>
        </div>
        <div class="editor-notices"><Touched editing/><Notices editing/></div>
        <SaveForm action=replace is_live=true>
            <FormError message=form.error()/>
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="version" value=move || editing.version()/>
            <div class="stack" on:keydown=ui::walk_switches>
                {cards}
                <LockedCard search/>
                <p class="text-muted" role="status">{nothing_found}</p>
            </div>
            <div class="until-wasm form-actions">
                {(!is_draft).then(|| view! { <Button kind=ButtonKind::Primary pending=form.pending()>"Save"</Button> })}
                <Button kind=ButtonKind::Secondary name="as_draft" value="yes" pending=form.pending()>"Keep as a draft"</Button>
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
        view! { <p class="held-by">{held}{invited}</p> }
    }
}

/// The same as faces, in view beside every switch.
#[component]
fn Touched(editing: Editing) -> impl IntoView {
    move || {
        let mut details = editing.saved().details;
        details.holders.truncate(FACES);
        let href = paths::profile_people(details.profile.id);
        view! {
            <p class="editor-touched">
                <Faces holders=details.holders people=details.people/>
                <a class="link" href=href>"See who is touched"</a>
            </p>
        }
    }
}

/// When what is switched here counts, and the other way.
#[component]
fn Mode(id: ProfileId, is_draft: bool) -> impl IntoView {
    match is_draft {
        true => view! {
            <div class="mb-4">
                <Callout title="What you switch here is kept in your draft">
                    "It changes nothing for anybody before you apply it. "
                    <a class="link" href=paths::profile_draft(id)>"Read and apply the draft"</a>
                    " or "
                    <a class="link" href=paths::profile(id)>"leave it for later"</a>"."
                </Callout>
            </div>
        }
        .into_any(),
        false => view! {
            <p class="held-by">
                <span class="needs-wasm">"Each switch saves itself. "</span>
                <a class="link" href=paths::draft_editor(id)>"Review first: collect changes in a draft"</a>
            </p>
        }
        .into_any(),
    }
}
