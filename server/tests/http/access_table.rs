//! What each server function needs, with a form it can read. A new function that is missing here fails the build.

use domain::Permission as P;

#[derive(Clone, Copy)]
pub enum Needs {
    /// Public: the page before the sign-in.
    Nothing,
    /// About one's own login.
    SignedIn,
    Permission(P),
}
use Needs::{Nothing, Permission, SignedIn};

const ID: &str = "id=0190a8f0-0000-7000-8000-000000000000";

pub const TABLE: &[(&str, Needs, &str)] = &[
    ("/api/dev/mailbox", Nothing, ""),
    ("/api/identity/sign-in", Nothing, "email=nobody@example.com&password=x"),
    ("/api/identity/sign-out", SignedIn, ""),
    ("/api/identity/places", Nothing, ""),
    (
        "/api/identity/sign-up",
        Nothing,
        "business_name=B&first_name=F&last_name=L&email=e&password=p&time_zone=UTC&country=US",
    ),
    ("/api/identity/pending-sign-up", Nothing, "link=x"),
    ("/api/identity/confirm-sign-up", Nothing, "link=x"),
    ("/api/identity/forgot-password", Nothing, "email=nobody@example.com"),
    ("/api/identity/check-reset-link", Nothing, "link=x"),
    ("/api/identity/reset-password", Nothing, "link=x&password=p"),
    ("/api/identity/change-password", SignedIn, "current_password=a&new_password=b"),
    ("/api/identity/change-email", SignedIn, "current_password=a&email=b"),
    ("/api/identity/confirm-email", Nothing, "link=x"),
    ("/api/identity/prove", SignedIn, "password=x"),
    ("/api/identity/switch-account", SignedIn, "account=0190a8f0-0000-7000-8000-000000000000"),
    ("/api/identity/start-preview", Permission(P::SettingsManageProfiles), "source=user"),
    ("/api/identity/end-preview", SignedIn, ""),
    ("/api/identity/own-profile", SignedIn, ""),
    ("/api/identity/change-profile", SignedIn, "first_name=a&last_name=b&phone="),
    ("/api/identity/remove-photo", SignedIn, ""),
    ("/api/identity/sessions", SignedIn, ""),
    ("/api/identity/end-session", SignedIn, "session=0190a8f0-0000-7000-8000-000000000000"),
    ("/api/identity/end-other-sessions", SignedIn, ""),
    ("/api/account/business", SignedIn, ""),
    ("/api/account/change", Permission(P::AccountSettings), "name=a&time_zone=UTC&country=US"),
    ("/api/account/dashboard", Permission(P::DashboardView), ""),
    (
        "/api/activity/log",
        Permission(P::SettingsViewActivity),
        "query[person]=&query[area]=&query[from]=&query[to]=&query[page]=1",
    ),
    ("/api/activity/person", Permission(P::SettingsViewActivity), ID),
    ("/api/activity/people", Permission(P::SettingsViewActivity), ""),
    ("/api/activity/verify", Permission(P::SettingsViewActivity), ""),
    ("/api/activity/export", Permission(P::SettingsExportActivity), "person=&area=&from=&to="),
    ("/api/activity/exports", Permission(P::SettingsExportActivity), ""),
    ("/api/staff/list", Permission(P::SettingsViewStaff), ""),
    (
        "/api/staff/invite",
        Permission(P::SettingsInviteStaff),
        "first_name=a&last_name=b&email=c@example.com&phone=&role=user",
    ),
    ("/api/staff/invitation", Permission(P::SettingsViewStaff), ID),
    (
        "/api/staff/change-invitation",
        Permission(P::SettingsInviteStaff),
        "id=0190a8f0-0000-7000-8000-000000000000&first_name=a&role=user",
    ),
    ("/api/staff/resend-invitation", Permission(P::SettingsInviteStaff), ID),
    ("/api/staff/revoke-invitation", Permission(P::SettingsInviteStaff), ID),
    ("/api/staff/show-invitation-link", Permission(P::SettingsInviteStaff), ID),
    ("/api/staff/open-invitation", Nothing, "link=x"),
    ("/api/staff/accept-invitation", Nothing, "link=x&first_name=a&last_name=b&password=c"),
    ("/api/staff/accept-signed-in", SignedIn, "link=x"),
    ("/api/staff/ask-again", Nothing, "link=x"),
    ("/api/staff/mail-invitation", Nothing, "link=x"),
    ("/api/staff/member", Permission(P::SettingsViewStaff), ID),
    (
        "/api/staff/edit-member",
        Permission(P::SettingsEditStaff),
        "id=0190a8f0-0000-7000-8000-000000000000&version=1&first_name=a&last_name=b&phone=&role=user",
    ),
    ("/api/staff/deactivate", Permission(P::SettingsEditStaff), ID),
    ("/api/staff/reactivate", Permission(P::SettingsEditStaff), ID),
    ("/api/staff/remove", Permission(P::RemovePeople), ID),
    ("/api/staff/leave", SignedIn, ""),
    ("/api/staff/end-sessions", Permission(P::RemovePeople), ID),
    (
        "/api/staff/import",
        Permission(P::SettingsInviteStaff),
        "id=0190a8f0-0000-7000-8000-000000000000&page=1",
    ),
    ("/api/staff/import-progress", Permission(P::SettingsInviteStaff), ID),
    ("/api/staff/start-import", Permission(P::SettingsInviteStaff), ID),
    ("/api/permissions/choices", Permission(P::SettingsInviteStaff), ""),
    ("/api/permissions/profiles", Permission(P::SettingsManageProfiles), ""),
    ("/api/permissions/profile", Permission(P::SettingsManageProfiles), ID),
    ("/api/permissions/history", Permission(P::SettingsManageProfiles), ID),
    ("/api/permissions/people", Permission(P::SettingsManageProfiles), ID),
    ("/api/permissions/compare-choices", Permission(P::SettingsInviteStaff), "search="),
    ("/api/permissions/compare", Permission(P::SettingsManageProfiles), "left=user&right=admin"),
    ("/api/permissions/create", Permission(P::SettingsManageProfiles), "name=a&description=&start="),
    (
        "/api/permissions/change-words",
        Permission(P::SettingsManageProfiles),
        "id=0190a8f0-0000-7000-8000-000000000000&name=a",
    ),
    (
        "/api/permissions/switch",
        Permission(P::SettingsManageProfiles),
        "id=0190a8f0-0000-7000-8000-000000000000&version=1&key=contacts.view&on=true",
    ),
    (
        "/api/permissions/replace",
        Permission(P::SettingsManageProfiles),
        "id=0190a8f0-0000-7000-8000-000000000000&version=1&granted[]=contacts.view",
    ),
    (
        "/api/permissions/undo",
        Permission(P::SettingsManageProfiles),
        "id=0190a8f0-0000-7000-8000-000000000000&version=2",
    ),
    (
        "/api/permissions/restore",
        Permission(P::SettingsManageProfiles),
        "id=0190a8f0-0000-7000-8000-000000000000&version=1",
    ),
    (
        "/api/permissions/delete",
        Permission(P::SettingsManageProfiles),
        "id=0190a8f0-0000-7000-8000-000000000000&replacement=standard",
    ),
    (
        "/api/permissions/assign",
        Permission(P::SettingsEditStaff),
        "id=0190a8f0-0000-7000-8000-000000000000&members[]=0190a8f0-0000-7000-8000-000000000000",
    ),
    (
        "/api/permissions/unassign",
        Permission(P::SettingsEditStaff),
        "id=0190a8f0-0000-7000-8000-000000000000&member=0190a8f0-0000-7000-8000-000000000000",
    ),
];
