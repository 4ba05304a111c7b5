use domain::{MemberId, Permission};
use leptos::prelude::*;
use ui::{TabItem, Tabs};

use crate::{paths, use_viewer, viewer::viewer_can};

/// The pages about one person. They belong to several areas.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MemberTab {
    Details,
    Activity,
    Access,
    Hours,
}

/// Those that the viewer may open, beside each other. What is their own is theirs to see.
#[component]
pub fn MemberTabs(id: MemberId, tab: MemberTab) -> impl IntoView {
    let own = use_viewer().and_then(|viewer| viewer.account).map(|account| account.member_id);
    let is_own = own == Some(id);
    let may_view = viewer_can(Permission::SettingsViewStaff);
    let may_follow = viewer_can(Permission::SettingsViewActivity) || is_own;
    let may_plan = [Permission::CalendarsManage, Permission::CalendarsEditAny].into_iter().any(viewer_can)
        || is_own && viewer_can(Permission::CalendarsView);
    let items = [
        (MemberTab::Details, "Details", paths::member(id), may_view),
        (MemberTab::Activity, "Activity", paths::member_activity(id), may_follow),
        (MemberTab::Access, "Access", paths::member_access(id), may_view),
        (MemberTab::Hours, "Hours", paths::member_hours(id), may_plan),
    ];
    let items = items
        .into_iter()
        .filter(|(own, .., may_open)| *may_open || *own == tab)
        .map(|(own, label, href, _)| TabItem::new(label, href, own == tab))
        .collect();
    view! { <Tabs label="Member" items/> }
}
