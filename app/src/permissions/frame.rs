//! What the pages about one profile share: its name, its tabs, and what can be done with it.

use domain::{
    ProfileId, Refusal,
    permissions::{PermissionSource, ProfileDetails},
};
use leptos::prelude::*;
use ui::{BackLink, ButtonKind, Callout, IconName, LinkButton, TabItem, Tabs};

use super::api::ReadProfile;
use crate::{AppError, error::LoadError, layout::Page, paths, preview::PreviewButton};

/// What a page about the profile in its address asks for.
pub(super) fn asked(id: Option<ProfileId>) -> Result<ReadProfile, AppError> {
    Ok(ReadProfile { id: id.ok_or(Refusal::NotFound)? })
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Permissions,
    People,
    History,
    Unused,
}

/// Follows `details`; what it stands around stays as it is.
#[component]
pub(super) fn ProfileFrame(
    #[prop(into)] details: Signal<ProfileDetails>,
    tab: Tab,
    /// The viewer's draft is what the page shows.
    #[prop(optional)]
    is_draft: bool,
    children: Children,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        details.with(|details| Shown {
            id: details.profile.id,
            name: details.profile.name.clone(),
            description: details.profile.description.clone(),
            people: details.people,
            has_draft: details.draft.is_some() && !is_draft,
        })
    });
    view! {
        {move || view! { <Head shown=shown.get() tab/> }}
        {children()}
    }
}

/// What the frame shows of a profile; switches do not touch it.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    id: ProfileId,
    name: String,
    description: String,
    people: u64,
    has_draft: bool,
}

#[component]
fn Head(shown: Shown, tab: Tab) -> impl IntoView {
    let Shown { id, name, description, people, has_draft } = shown;
    let action = view! {
        <PreviewButton source=PermissionSource::Profile(id)/>
        <LinkButton href=paths::edit_profile(id) kind=ButtonKind::Secondary icon=IconName::Pencil>"Rename"</LinkButton>
        <LinkButton href=paths::duplicate_profile(id) kind=ButtonKind::Secondary icon=IconName::Copy>"Duplicate"</LinkButton>
        <LinkButton href=paths::profile_file(id) kind=ButtonKind::Secondary icon=IconName::Download download="">"Export"</LinkButton>
        <LinkButton href=paths::delete_profile(id) kind=ButtonKind::Danger>"Delete"</LinkButton>
    };
    let item = |label: &str, href: String, own: Tab| TabItem::new(label, href, own == tab);
    let items = vec![
        item("Permissions", paths::profile(id), Tab::Permissions),
        TabItem { count: Some(people), ..item("People", paths::profile_people(id), Tab::People) },
        item("History", paths::profile_history(id), Tab::History),
        item("Unused", paths::profile_unused(id), Tab::Unused),
    ];
    view! {
        <Page title=name description action back=BackLink::new(paths::PROFILES, "Permission Profiles")>
            <Tabs label="Profile" items/>
            {has_draft.then(|| view! { <HasDraft id/> })}
        </Page>
    }
}

#[component]
fn HasDraft(id: ProfileId) -> impl IntoView {
    view! {
        <Callout title="You have a draft">
            "You collected changes of this profile that are not applied yet. "
            <a class="link" href=paths::profile_draft(id)>"Read and apply it"</a>
            " or "
            <a class="link" href=paths::draft_editor(id)>"go on with it"</a>"."
        </Callout>
    }
}

#[component]
pub(super) fn NoProfile(error: AppError) -> impl IntoView {
    view! {
        <Page title="Permission profile" back=BackLink::new(paths::PROFILES, "Permission Profiles")><LoadError error/></Page>
    }
}
