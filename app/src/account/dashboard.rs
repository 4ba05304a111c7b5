use domain::{Permission, account::RECENT_DAYS, identity::Viewer};
use leptos::prelude::*;
use ui::{ButtonKind, Icon, IconName, LinkButton, Section, Skeleton};

use super::{
    api::{Dashboard, OwnStep, ReadDashboard, StaffBoard},
    attention::{AttentionList, Needs},
};
use crate::{
    Data,
    layout::Page,
    paths, time, use_viewer,
    viewer::{denied_reason, viewer_can},
};

#[component]
pub fn DashboardPage() -> impl IntoView {
    let loaded = Data::new(|| Ok(ReadDashboard {}));
    let description = use_viewer().map(|viewer| greeting(&viewer));
    let action = viewer_can(Permission::SettingsViewStaff).then(|| {
        view! {
            <LinkButton href=paths::ADD_STAFF icon=IconName::UserPlus
                disabled_reason=denied_reason(Permission::SettingsInviteStaff)>
                "Add Employee"
            </LinkButton>
        }
    });
    view! {
        <Page title="Dashboard" description action>
            {loaded.show(|| view! { <Skeleton lines=8/> }.into_any(), |mut board| {
                let steps = std::mem::take(&mut board.steps);
                view! { {(!steps.is_empty()).then(|| view! { <OwnSteps steps/> })} <Boards board/> <QuickLinks/> }.into_any()
            })}
        </Page>
    }
}

fn greeting(viewer: &Viewer) -> String {
    let account = viewer.account.as_ref().map(|account| account.name.as_str()).unwrap_or_default();
    format!("Hello {}. This is {account} at the moment.", viewer.name.first)
}

/// What the viewer themselves misses, until it is seen to.
#[component]
fn OwnSteps(steps: Vec<OwnStep>) -> impl IntoView {
    let line = |step: OwnStep| {
        let OwnStep { label, reason, mend } = step;
        let mend = mend.map(|(href, words)| {
            view! { <LinkButton href kind=ButtonKind::Secondary small=true>{words}</LinkButton> }
        });
        view! { <li class=BOARD_LINE><span class="min-w-0">{label}": "{reason}</span>{mend}</li> }
    };
    view! {
        <Section title="Before you can start" description="What you still miss to be able to work here.">
            <ul>{steps.into_iter().map(line).collect_view()}</ul>
        </Section>
    }
}

/// What others need the viewer for.
#[component]
fn Boards(board: Dashboard) -> impl IntoView {
    let Dashboard { staff, review, requests, not_ready, findings, .. } = board;
    let needs = Needs { review, requests, not_ready, findings };
    match staff {
        Some(staff) => view! { <Staff staff needs/> }.into_any(),
        None if findings > 0 => {
            view! { <Section title="Needs attention"><AttentionList attention=vec![] needs/></Section> }
                .into_any()
        }
        None => ().into_any(),
    }
}

#[component]
fn Staff(staff: StaffBoard, needs: Needs) -> impl IntoView {
    let is_alone = staff.active + staff.deactivated + staff.pending + staff.expired <= 1;
    let may_invite = viewer_can(Permission::SettingsInviteStaff);
    let first = (is_alone && may_invite).then(|| view! { <FirstSteps/> });
    let StaffBoard { active, deactivated, pending, expired, attention, joined } = staff;
    let joined = joined
        .into_iter()
        .map(|line| {
            let href = paths::member(line.id);
            view! { <li class=BOARD_LINE><a class="link" href=href>{line.name}</a>{time(line.when)}</li> }
        })
        .collect_view();
    let nobody = joined.is_empty();
    view! {
        {first}
        <Section title="Staff">
            <ul class="grid grid-cols-2 sm:grid-cols-4 gap-3">
                <Count number=active label="Active" status="active"/>
                <Count number=pending label="Invited" status="invited"/>
                <Count number=expired label="Invitation expired" status="expired"/>
                <Count number=deactivated label="Deactivated" status="deactivated"/>
            </ul>
        </Section>
        <Section title="Needs attention"><AttentionList attention needs/></Section>
        <Section title="Joined lately" description=format!("In the last {RECENT_DAYS} days.")>
            {if nobody {
                view! { <p class="text-muted">"Nobody."</p> }.into_any()
            } else {
                view! { <ul>{joined}</ul> }.into_any()
            }}
        </Section>
    }
}

/// A line of the dashboard: what it is about, and since when.
pub(super) const BOARD_LINE: &str =
    "flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2 border-b border-line last:border-0";

/// How many, and the way to them.
#[component]
fn Count(number: u64, label: &'static str, status: &'static str) -> impl IntoView {
    view! {
        <li>
            <a class="flex h-full flex-col rounded-(--radius-box) border border-line p-4 hover:bg-(--hover)" href=paths::staff_with_status(status)>
                <span class="text-xl font-semibold tabular-nums">{number}</span>
                <span>{label}</span>
            </a>
        </li>
    }
}

/// What somebody who has just signed up does next.
#[component]
fn FirstSteps() -> impl IntoView {
    view! {
        <Section title="First steps" description="Your account is ready. This is what most people do next.">
            <ol class="flex flex-col gap-3 list-decimal ps-5">
                <li><LinkButton href=paths::ADD_STAFF small=true icon=IconName::UserPlus>"Add your first employee"</LinkButton></li>
                <li>
                    <a class="link" href=paths::BUSINESS>"Check your business profile"</a>
                    ": your team sees days and times in its time zone."
                </li>
                <li><a class="link" href=paths::ME>"Add your photo"</a>", so that colleagues know who invited them."</li>
            </ol>
        </Section>
    }
}

/// Where people go most. Only what the viewer may open.
#[component]
fn QuickLinks() -> impl IntoView {
    let own_activity = use_viewer()
        .and_then(|viewer| viewer.account)
        .map(|account| paths::member_activity(account.member_id));
    let links = [
        viewer_can(Permission::SettingsViewStaff)
            .then(|| (paths::STAFF.to_owned(), "My Staff", IconName::Users)),
        viewer_can(Permission::SettingsInviteStaff)
            .then(|| (paths::IMPORT_STAFF.to_owned(), "Import employees", IconName::Upload)),
        viewer_can(Permission::SettingsViewActivity)
            .then(|| (paths::ACTIVITY.to_owned(), "Activity", IconName::Activity)),
        own_activity.map(|href| (href, "What you did", IconName::Clock)),
        Some((paths::section(domain::Section::Dashboard), "What you may do here", IconName::Shield)),
        Some((paths::ME.to_owned(), "My profile", IconName::User)),
        Some((paths::MY_SESSIONS.to_owned(), "Where you are signed in", IconName::Monitor)),
    ];
    let links = links
        .into_iter()
        .flatten()
        .map(|(href, label, icon)| view! { <li><a class="btn btn-secondary" href=href><Icon name=icon/>{label}</a></li> })
        .collect_view();
    view! { <Section title="Quick links"><ul class="flex flex-wrap gap-2">{links}</ul></Section> }
}
