use domain::{
    MemberId, Permission, PermissionSet, Refusal, Section, When,
    permissions::{ExplanationId, MemberAccess, ProfileName},
    staff::MemberState,
};
use leptos::prelude::*;
use ui::{BackLink, Badge, Callout, Skeleton, Tone};

use super::words::{may_word, one_line};
use crate::{
    AppError, Data,
    error::LoadError,
    layout::{MemberTab, MemberTabs, Page},
    live::profile_version,
    paths,
    permissions::api_explain::{AccessView, ReadMemberAccess},
    shared_api::UnusedLine,
    time, use_viewer,
    viewer::viewer_can,
};

/// Everything that one person may do, as it belongs to their page in My Staff.
#[component]
pub fn MemberAccessPage() -> impl IntoView {
    let id = paths::id_parameter::<MemberId>();
    shown(move || id.get(), false)
}

/// Everything that the viewer may do.
#[component]
pub fn OwnAccessPage() -> impl IntoView {
    let own = use_viewer().and_then(|viewer| viewer.account).map(|account| account.member_id);
    shown(move || own, true)
}

fn shown(id: impl Fn() -> Option<MemberId> + Clone + Send + Sync + 'static, is_own: bool) -> impl IntoView {
    // Whatever profile somebody holds, it may have been changed.
    let changed = profile_version(|| None);
    let ask = move || Ok::<_, AppError>(ReadMemberAccess { id: id().ok_or(Refusal::NotFound)? });
    let access = Data::renewed(move || changed.get(), ask);
    access.show_either(
        || view! { <Skeleton lines=12/> }.into_any(),
        move |access| match access {
            Ok(view) => view! { <Access view is_own/> }.into_any(),
            Err(error) => view! {
                <Page title="Access of a staff member" back=back(is_own)><LoadError error/></Page>
            }
            .into_any(),
        },
    )
}

fn back(is_own: bool) -> BackLink {
    if is_own { BackLink::new(paths::ME, "My profile") } else { BackLink::new(paths::STAFF, "My Staff") }
}

#[component]
fn Access(view: AccessView, is_own: bool) -> impl IntoView {
    let AccessView { access, ends, unused } = view;
    let title = if is_own { "What I may do".to_owned() } else { format!("What {} may do", access.name) };
    let count = Permission::ALL.iter().filter(|permission| access.may(**permission)).count();
    let description = format!("{count} of {} permissions in {}.", Permission::ALL.len(), access.account_name);
    let member = access.member;
    let tabs = (!is_own).then(|| view! { <MemberTabs id=member tab=MemberTab::Access/> });
    let inactive = (access.state != MemberState::Active).then(|| {
        view! {
            <Callout tone=Tone::Warn title="Nothing, at the moment">
                {format!("{} is not active. This is what counts again once somebody lets them in.", access.name)}
            </Callout>
        }
    });
    let sections = Section::ALL
        .into_iter()
        .map(|section| {
            let permissions = PermissionSet::section(section);
            view! { <Group key=section.key() label=section.label() permissions access=access.clone() ends=ends.clone()/> }
        })
        .collect_view();
    view! {
        <Page title description back=back(is_own)>
            {tabs}
            {inactive}
            <NotUsed unused profile=access.assignment.profile.clone()/>
            <div class="grid gap-4">
                {sections}
                <Group key="admin" label="Only Admins" permissions=PermissionSet::ADMIN_ONLY access=access.clone() ends=vec![]/>
            </div>
        </Page>
    }
}

/// What could be taken away without anybody noticing, and where that is done.
#[component]
fn NotUsed(unused: Vec<UnusedLine>, profile: Option<ProfileName>) -> impl IntoView {
    let narrow = profile.filter(|_| viewer_can(Permission::SettingsManageProfiles)).map(|profile| {
        let href = paths::profile_unused(profile.id);
        view! { <p><a class="link" href=href>{format!("See what nobody with “{}” uses", profile.name)}</a></p> }
    });
    (!unused.is_empty()).then(|| {
        let lines = unused
            .into_iter()
            .map(|line| view! { <li>{line.permission.label()}": "{line.told}</li> })
            .collect_view();
        view! {
            <div class="mb-4">
                <Callout title="Not used">
                    <ul>{lines}</ul>
                    {narrow}
                </Callout>
            </div>
        }
    })
}

/// The permissions of one section, each with the way to its explanation.
#[component]
fn Group(
    key: &'static str,
    label: &'static str,
    permissions: PermissionSet,
    access: MemberAccess,
    ends: Vec<(Permission, When)>,
) -> impl IntoView {
    let held = permissions.iter().filter(|permission| access.may(*permission)).count();
    let lines = permissions.iter().map(|permission| line(&access, &ends, permission)).collect_view();
    let heading = format!("section-{key}");
    let labelled_by = heading.clone();
    view! {
        <section class="panel permission-card" aria-labelledby=labelled_by>
            <div class="permission-head">
                <h2 id=heading>{label}</h2>
                <span class="permission-count">{format!("{held} of {}", permissions.len())}</span>
            </div>
            <ul class="permission-list">{lines}</ul>
        </section>
    }
}

fn line(access: &MemberAccess, ends: &[(Permission, When)], permission: Permission) -> impl IntoView + use<> {
    let may = access.may(permission);
    let end = ends.iter().find(|(ends, _)| *ends == permission).map(|(_, end)| end.clone());
    let end = end.map(|end| view! { " Until " {time(end)} "." });
    let tone = if may { Tone::Good } else { Tone::Neutral };
    let href = paths::why(&ExplanationId::new(access.member, permission).to_string());
    view! {
        <li class="access-line">
            <span>
                <a class="link" href=href>{permission.label()}</a>
                <span class="text-sm text-muted">{one_line(access, permission)}{end}</span>
            </span>
            <Badge tone>{may_word(may)}</Badge>
        </li>
    }
}
