use domain::{
    PermissionSet, ProfileId,
    permissions::{ProfileVersion, VERSIONS_PER_PAGE},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use ui::{Button, ButtonKind, DataTable, FormError, LinkButton, Row, Skeleton, Td, Th};

use super::{
    api::{HistoryView, ProfileHistory, ProfileView, VersionLine},
    api_change::{RestoreProfile, UndoProfileChange},
    frame::{NoProfile, ProfileFrame, Tab, asked},
};
use crate::{AppError, Data, Done, Form, SaveForm, act::Act, live::profile_version, paths, time};

#[derive(Clone, Copy)]
struct Acts {
    undo: Act<UndoProfileChange>,
    undoing: Form,
    restore: Act<RestoreProfile>,
    restoring: Form,
}

/// Every state the profile has been in, with undo and restore.
#[component]
pub fn ProfileHistoryPage() -> impl IntoView {
    let id = paths::id_parameter();
    let (undo, restore) = (Act::new(), Act::new());
    let acts = Acts { undo, undoing: Form::of(undo), restore, restoring: Form::of(restore) };
    let (undone, restored) = (acts.undoing.saved(), acts.restoring.saved());
    let changed = profile_version(move || id.get());
    let version = move || changed.get() + undone.get() + restored.get();
    let query = use_query_map();
    let newest = Memo::new(move |_| query.with(|query| query.get("before")?.parse::<i32>().ok()));
    let history =
        Data::renewed(version, move || Ok(ProfileHistory { id: asked(id.get())?.id, newest: newest.get() }));
    history.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |history| match history {
            Ok(history) => view! { <History history acts/> }.into_any(),
            Err(error) => view! { <NoProfile error/> }.into_any(),
        },
    )
}

#[component]
fn History(history: HistoryView, acts: Acts) -> impl IntoView {
    let HistoryView { view: ProfileView { details, .. }, versions } = history;
    let (id, now) = (details.profile.id, details.profile.version);
    view! {
        <ProfileFrame details tab=Tab::History>
            <FormError message=acts.undoing.error()/>
            <FormError message=acts.restoring.error()/>
            <Versions id now versions acts/>
        </ProfileFrame>
    }
}

#[component]
fn Versions(id: ProfileId, now: i32, versions: Vec<VersionLine>, acts: Acts) -> impl IntoView {
    let befores = versions.iter().skip(1).map(|line| Some(line.version.clone())).chain([None]);
    let lines = versions
        .iter()
        .cloned()
        .zip(befores)
        .take(VERSIONS_PER_PAGE)
        .map(|(line, before)| view! { <Line id now line before acts/> })
        .collect_view();
    let older = versions.get(VERSIONS_PER_PAGE).map(|line| {
        let href = format!("{}?before={}", paths::profile_history(id), line.version.version);
        view! { <p><LinkButton href kind=ButtonKind::Secondary>"Older versions"</LinkButton></p> }
    });
    let head = view! { <Th>"Version"</Th><Th>"What changed"</Th><Th>"When"</Th><Th>"Actions"</Th> };
    view! {
        <DataTable caption="Versions of this profile" head>{lines}</DataTable>
        {older}
    }
}

#[component]
fn Line(
    id: ProfileId,
    now: i32,
    line: VersionLine,
    before: Option<ProfileVersion>,
    acts: Acts,
) -> impl IntoView {
    let VersionLine { version, changed } = line;
    let number = version.version;
    let by = version.changed.by.clone().unwrap_or_else(|| "Steward".to_owned());
    let undo = before.is_some().then(|| {
        let button = view! {
            <Button kind=ButtonKind::Secondary small=true pending=acts.undoing.pending() aria_label=format!("Undo the change of version {number}")>"Undo"</Button>
        };
        version_form(acts.undo, id, number, button.into_any())
    });
    let restore = (number != now).then(|| {
        let button = view! {
            <input type="hidden" name="seen" value=now/>
            <Button kind=ButtonKind::Ghost small=true pending=acts.restoring.pending() aria_label=format!("Restore version {number}")>
                "Restore"
            </Button>
        };
        version_form(acts.restore, id, number, button.into_any())
    });
    view! {
        <Row>
            <Td label="Version" numeric=true>{number}{(number == now).then_some(" (now)")}</Td>
            <Td label="What changed">{what_changed(&version, before.as_ref())}</Td>
            <Td label="When"><div>{time(changed)}<span class="cell-note">{format!("by {by}")}</span></div></Td>
            <Td actions=true><div class="flex flex-wrap gap-2 justify-end">{undo} {restore}</div></Td>
        </Row>
    }
}

/// What can be done with one version, by one button.
fn version_form<S>(action: Act<S>, id: ProfileId, version: i32, button: AnyView) -> AnyView
where
    S: ServerFn<Output = Done, Error = AppError>,
{
    view! {
        <SaveForm action>
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="version" value=version/>
            {button}
        </SaveForm>
    }
    .into_any()
}

/// The difference to the version before, in words.
fn what_changed(version: &ProfileVersion, before: Option<&ProfileVersion>) -> String {
    let Some(before) = before else {
        return format!("Made, with {} permissions.", version.permissions.len());
    };
    let list =
        |set: PermissionSet| set.iter().map(|permission| permission.label()).collect::<Vec<_>>().join(", ");
    let on = version.permissions.without(before.permissions);
    let off = before.permissions.without(version.permissions);
    let mut said = Vec::new();
    if version.name != before.name {
        said.push(format!("Renamed from “{}” to “{}”.", before.name, version.name));
    }
    if version.description != before.description {
        said.push("Described anew.".to_owned());
    }
    if !on.is_empty() {
        said.push(format!("On: {}.", list(on)));
    }
    if !off.is_empty() {
        said.push(format!("Off: {}.", list(off)));
    }
    said.join(" ")
}
