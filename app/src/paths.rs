//! Every address of the product, so that a link cannot be mistyped.

use std::str::FromStr;

use domain::{
    AccessReviewId, ActivityExportId, AppointmentId, CalendarId, InvitationId, LeavingId, LoginId, MemberId,
    OpportunityId, Permission, PipelineId, ProfileId, QuoteId, ReviewLineId, Section, StaffImportId, StageId,
};
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, location::Location};

pub const DASHBOARD: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
pub const SIGN_UP: &str = "/sign-up";
pub const SIGN_UP_SENT: &str = "/sign-up/sent";
pub const FORGOT_PASSWORD: &str = "/forgot-password";
pub const FORGOT_PASSWORD_SENT: &str = "/forgot-password/sent";
pub const PROVE: &str = "/prove";
/// Where a tab ends that was opened to sign in or to prove who one is, beside the tab with a form.
pub const GO_BACK: &str = "/go-back";
pub const ACCOUNTS: &str = "/accounts";
pub const ME: &str = "/me";
pub const MY_PASSWORD: &str = "/me/password";
pub const MY_EMAIL: &str = "/me/email";
pub const MY_SESSIONS: &str = "/me/sessions";
pub const MY_ACCESS: &str = "/me/access";
pub const SETTINGS: &str = "/settings";
pub const SETTINGS_ACCESS: &str = "/settings/access";
pub const BUSINESS: &str = "/settings/business";
pub const APPLICATIONS: &str = "/settings/business/applications";
pub const STAFF: &str = "/settings/staff";
pub const ADD_STAFF: &str = "/settings/staff/new";
pub const STAFF_MATRIX: &str = "/settings/staff/places";
pub const IMPORT_STAFF: &str = "/settings/staff/import";
pub const UPLOAD_PHOTO: &str = "/upload/photo";
pub const UPLOAD_PROFILE: &str = "/upload/profile";
pub const UPLOAD_STAFF_IMPORT: &str = "/upload/staff-import";
pub const STAFF_IMPORT_SAMPLE: &str = "/download/staff-import-sample";
pub const PROFILES: &str = "/settings/profiles";
pub const NEW_PROFILE: &str = "/settings/profiles/new";
pub const COMPARE: &str = "/settings/profiles/compare";
pub const REVIEWS: &str = "/settings/access-review";
pub const ATTENTION: &str = "/settings/attention";
pub const ACCESS_REQUESTS: &str = "/settings/access-requests";
pub const PIPELINES: &str = "/settings/pipelines";
pub const NEW_PIPELINE: &str = "/settings/pipelines/new";
pub const BOARDS: &str = "/pipelines";
pub const CALENDAR_SETTINGS: &str = "/settings/calendars";
pub const NEW_CALENDAR: &str = "/settings/calendars/new";
pub const APPOINTMENTS: &str = "/calendars";
pub const CALENDARS_ACCESS: &str = "/calendars/access";
pub const WEEK: &str = "/calendars/week";
pub const OWN_HOURS: &str = "/calendars/hours";
pub const NEW_APPOINTMENT: &str = "/appointments/new";
pub const BILLING: &str = "/settings/billing";
pub const PLANS: &str = "/settings/billing/plans";
pub const CANCEL_SUBSCRIPTION: &str = "/settings/billing/cancel";
pub const CARDS: &str = "/settings/billing/cards";
pub const BILLING_DETAILS: &str = "/settings/billing/details";
pub const INVOICES: &str = "/settings/billing/invoices";
pub const INVOICES_CSV: &str = "/download/invoices";
pub const ACTIVITY: &str = "/settings/activity";
pub const GALLERY: &str = "/dev/gallery";
pub const MAILBOX: &str = "/dev/mailbox";

/// The page that says what somebody may do in a section.
pub fn section(section: Section) -> String {
    match section {
        Section::Settings => SETTINGS_ACCESS.to_owned(),
        Section::Calendars => CALENDARS_ACCESS.to_owned(),
        _ => format!("/{}", section.key()),
    }
}
pub fn member(id: MemberId) -> String {
    format!("{STAFF}/{id}")
}
pub fn edit_member(id: MemberId) -> String {
    format!("{STAFF}/{id}/edit")
}
/// What a plan would do.
pub fn quote(id: QuoteId) -> String {
    format!("{PLANS}/{id}")
}
/// By its number in the account.
pub fn invoice(number: u32) -> String {
    format!("{INVOICES}/{number}")
}
/// The file of an invoice.
pub fn invoice_pdf(number: u32) -> String {
    format!("/download/invoice/{number}")
}
/// Asks who gets what somebody holds; its choices stand in its address.
pub fn leave(id: MemberId) -> String {
    format!("{STAFF}/{id}/leaving")
}
/// The same, with how they go (`domain::staff::leaving::LeavingWay::key`).
pub fn leaving(id: MemberId, way: &str) -> String {
    format!("{STAFF}/{id}/leaving?way={way}")
}
/// What became of what somebody held.
pub fn receipt(id: LeavingId) -> String {
    format!("{STAFF}/leavings/{id}")
}
pub fn member_activity(id: MemberId) -> String {
    format!("{STAFF}/{id}/activity")
}
pub fn member_access(id: MemberId) -> String {
    format!("{STAFF}/{id}/access")
}
/// When somebody works, and when they cannot be booked.
pub fn member_hours(id: MemberId) -> String {
    format!("{STAFF}/{id}/hours")
}
/// What is set about a pipeline: its name and its stages.
pub fn pipeline(id: PipelineId) -> String {
    format!("{PIPELINES}/{id}")
}
pub fn pipeline_people(id: PipelineId) -> String {
    format!("{PIPELINES}/{id}/people")
}
pub fn delete_pipeline(id: PipelineId) -> String {
    format!("{PIPELINES}/{id}/delete")
}
pub fn change_stage(id: PipelineId, stage: StageId) -> String {
    format!("{PIPELINES}/{id}?change={stage}")
}
/// The question where what stands in a stage goes.
pub fn delete_stage(id: PipelineId, stage: StageId) -> String {
    format!("{PIPELINES}/{id}?delete={stage}")
}
/// What is set about a calendar: its words and its times.
pub fn calendar(id: CalendarId) -> String {
    format!("{CALENDAR_SETTINGS}/{id}")
}
/// Who takes the bookings of a calendar.
pub fn calendar_hosts(id: CalendarId) -> String {
    format!("{CALENDAR_SETTINGS}/{id}/hosts")
}
/// Asks how much of a round robin goes to a host, who is looked for by name among all people.
pub fn share_of_host(id: CalendarId, name: &str, member: MemberId) -> String {
    with_query(&calendar_hosts(id), [("q", name), ("host", &member.to_string())])
}
pub fn delete_calendar(id: CalendarId) -> String {
    format!("{CALENDAR_SETTINGS}/{id}/delete")
}
/// Where visitors book.
pub fn booking(account: &str, calendar: &str) -> String {
    format!("/book/{account}/{calendar}")
}
/// The visitor's page of an appointment, behind the link of their mails.
pub fn visitor_appointment(link: &str) -> String {
    format!("/appointment/{link}")
}
/// The same, right after it was booked.
pub fn just_booked(link: &str) -> String {
    format!("/appointment/{link}?booked")
}
/// The question before a visitor's appointment is cancelled.
pub fn cancel_visitor_appointment(link: &str) -> String {
    format!("/appointment/{link}?cancel")
}
/// A visitor's appointment as a file for their calendar.
pub fn appointment_file(link: &str) -> String {
    format!("/download/appointment/{link}")
}
pub fn move_visitor_appointment(link: &str) -> String {
    format!("/appointment/{link}/move")
}
pub fn board(id: PipelineId) -> String {
    format!("{BOARDS}/{id}")
}
/// What of a board belongs to somebody.
pub fn board_of(id: PipelineId, owner: MemberId) -> String {
    format!("{BOARDS}/{id}?owner={owner}")
}
pub fn new_opportunity(id: PipelineId) -> String {
    format!("{BOARDS}/{id}/new")
}
pub fn opportunity(id: OpportunityId) -> String {
    format!("/opportunities/{id}")
}
pub fn appointment(id: AppointmentId) -> String {
    format!("/appointments/{id}")
}
/// What somebody has ahead.
pub fn appointments_of(host: MemberId) -> String {
    format!("{APPOINTMENTS}?host={host}&state=booked")
}
/// The question whether an appointment is cancelled.
pub fn cancel_appointment(id: AppointmentId) -> String {
    format!("/appointments/{id}?cancel")
}
/// The times that an appointment can be moved to.
pub fn move_appointment(id: AppointmentId) -> String {
    format!("/appointments/{id}/move")
}
pub fn book_in(id: CalendarId) -> String {
    format!("{NEW_APPOINTMENT}?calendar={id}")
}
/// The page of an explanation ([`domain::permissions::ExplanationId`]); the same for whoever it is about and whoever they send it to.
pub fn why(explanation: &str) -> String {
    format!("/why/{explanation}")
}
pub fn edit_invitation(id: InvitationId) -> String {
    format!("{STAFF}/invitations/{id}?edit=1")
}
pub fn invitation(id: InvitationId) -> String {
    format!("{STAFF}/invitations/{id}")
}
pub fn profile(id: ProfileId) -> String {
    format!("{PROFILES}/{id}")
}
pub fn edit_profile(id: ProfileId) -> String {
    format!("{PROFILES}/{id}/edit")
}
pub fn delete_profile(id: ProfileId) -> String {
    format!("{PROFILES}/{id}/delete")
}
pub fn profile_people(id: ProfileId) -> String {
    format!("{PROFILES}/{id}/people")
}
pub fn profile_history(id: ProfileId) -> String {
    format!("{PROFILES}/{id}/history")
}
/// What it opens and nobody uses.
pub fn profile_unused(id: ProfileId) -> String {
    format!("{PROFILES}/{id}/unused")
}
/// The question whether a permission is kept although nobody uses it.
pub fn keep_in_profile(id: ProfileId, permission: Permission) -> String {
    format!("{PROFILES}/{id}/unused?keep={permission}")
}
/// The editor of a profile whose switches change a draft.
pub fn draft_editor(id: ProfileId) -> String {
    format!("{PROFILES}/{id}?draft")
}
/// Where a draft is read before it is applied.
pub fn profile_draft(id: ProfileId) -> String {
    format!("{PROFILES}/{id}/draft")
}
/// The profile as a file.
pub fn profile_file(id: ProfileId) -> String {
    format!("/download/profile/{id}")
}
/// A new profile that begins as a copy.
pub fn duplicate_profile(id: ProfileId) -> String {
    format!("{NEW_PROFILE}?copy={id}")
}
/// The public page of a mailed invitation.
pub fn join(link: &str) -> String {
    format!("/join/{link}")
}
pub fn staff_import(id: StaffImportId) -> String {
    format!("{IMPORT_STAFF}/{id}")
}
pub fn review(id: AccessReviewId) -> String {
    format!("{REVIEWS}/{id}")
}
/// The question before somebody loses their access with the verdict.
pub fn end_in_review(id: AccessReviewId, line: ReviewLineId) -> String {
    format!("{REVIEWS}/{id}?end={line}")
}
/// The question whether somebody keeps a permission although they do not use it.
pub fn keep_in_review(id: AccessReviewId, line: ReviewLineId, permission: Permission) -> String {
    format!("{REVIEWS}/{id}?keep={line}&permission={permission}")
}
pub fn review_file(id: AccessReviewId) -> String {
    format!("/download/access-review/{id}")
}
/// The list, only those with this status (`domain::staff::StatusFilter::key`).
pub fn staff_with_status(status: &str) -> String {
    format!("{STAFF}?status={status}")
}
/// The list, only those who are not ready, invited ones included.
pub const STAFF_NOT_READY: &str = "/settings/staff?readiness=red";
/// The same, members alone.
pub const MEMBERS_NOT_READY: &str = "/settings/staff?status=active&readiness=red";
pub fn activity_export(id: ActivityExportId) -> String {
    format!("/download/activity/{id}")
}
pub fn photo(login: LoginId, version: i32) -> String {
    format!("/photo/{login}/{version}")
}

/// The id in the address of a page (`…/:id`); none when it is no id at all.
pub fn id_parameter<T: FromStr + PartialEq + Send + Sync + 'static>() -> Memo<Option<T>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id")?.parse().ok()))
}

/// `/sign-in` or `/prove` with the page to come back to.
pub fn with_next(path: &str, next: &str) -> String {
    format!("{path}?next={}", encode(next))
}

/// The sign-in for somebody whose session was ended while they looked at `next`.
pub fn signed_out(next: &str) -> String {
    format!("{}&ended=1", with_next(SIGN_IN, next))
}

/// The page to come back to, if it is a page of ours. Everything else is the dashboard: no redirect leads off this origin.
pub fn checked_next(next: Option<&str>) -> String {
    next.filter(|next| is_own_page(next)).unwrap_or(DASHBOARD).to_owned()
}

/// The page that is shown now, to come back to it. The router's `search` has no question mark.
pub fn of(location: &Location) -> String {
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

/// Whether this is the path of a page on our origin, not of a server function.
pub fn is_own_page(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/api/")
        && !path.contains(['\\', '\r', '\n', '\t', '\0'])
}

/// Percent-encodes a value for a query (RFC 3986: everything but unreserved characters and `/`).
pub fn with_query<'a>(path: &str, parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let given: Vec<_> = parts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if given.is_empty() { path.to_owned() } else { format!("{path}?{}", given.join("&")) }
}

pub fn encode(value: &str) -> String {
    use std::fmt::Write;
    value.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// Whether the page at `path` is the one at `href` or stands below it.
pub fn is_within(path: &str, href: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_off_our_origin() {
        for hostile in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/api/x",
            "",
            "/\t/evil",
        ] {
            assert_eq!(checked_next(Some(hostile)), DASHBOARD, "{hostile}");
        }
        assert_eq!(checked_next(Some("/settings/staff?page=2")), "/settings/staff?page=2");
        assert_eq!(checked_next(None), DASHBOARD);
    }

    #[test]
    fn a_page_is_within_those_above_it_and_no_others() {
        assert!(is_within(SETTINGS_ACCESS, SETTINGS_ACCESS) && is_within("/settings/staff/new", STAFF));
        assert!(!is_within(REVIEWS, SETTINGS_ACCESS) && !is_within(STAFF, "/settings/staff/new"));
    }

    #[test]
    fn a_page_survives_as_a_query_value() {
        assert_eq!(
            with_next(SIGN_IN, "/settings/staff?page=2&q=é"),
            "/sign-in?next=/settings/staff%3Fpage%3D2%26q%3D%C3%A9"
        );
    }
}
