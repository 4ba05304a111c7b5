//! My Staff: the people of an account, and those invited to it.

mod add;
pub mod api;
pub mod api_attention;
pub mod api_import;
pub mod api_join;
pub mod api_leaving;
pub mod api_matrix;
pub mod api_members;
pub mod api_requests;
pub mod api_review;
mod assignment_fields;
mod attention;
mod edit_member;
mod given;
mod import;
mod import_lines;
mod import_run;
mod import_running;
mod invitation;
mod join;
mod join_dead;
mod leaving;
pub mod leaving_view;
mod list;
mod list_query;
mod matrix;
mod member;
mod member_acts;
mod member_leaving;
mod member_questions;
mod member_sessions;
mod places_field;
mod readiness;
mod requests;
mod review;
mod status;

use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{
    add::AddStaffPage,
    attention::AttentionPage,
    edit_member::EditMemberPage,
    import::ImportPage,
    import_run::ImportRunPage,
    invitation::InvitationPage,
    join::JoinByLinkPage,
    leaving::{LeavingPage, ReceiptPage},
    list::StaffPage,
    matrix::MatrixPage,
    member::MemberPage,
    requests::AccessRequestsPage,
    review::{ReviewPage, ReviewsPage},
};
use crate::pages::pages;

pages!(PersonPages, person_pages: MemberPage);
pages!(LeavingPages, leaving_pages: LeavingPage, ReceiptPage);
pages!(InvitationPages, invitation_pages: InvitationPage);
pages!(EmployeePages, employee_pages: AddStaffPage, EditMemberPage);
pages!(MatrixPages, matrix_pages: MatrixPage);
pages!(JoinPages, join_pages: JoinByLinkPage);
pages!(ImportPages, import_pages: ImportPage, ImportRunPage);
pages!(ReviewPages, review_pages: ReviewsPage, ReviewPage, AccessRequestsPage, AttentionPage);

/// The first route that fits counts, so fixed addresses stand before those with an id.
#[component(transparent)]
pub fn StaffRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("staff") view=StaffPage/>
        <Route path=path!("staff/new") view=EmployeePages::AddStaffPage/>
        <Route path=path!("staff/places") view=MatrixPages::MatrixPage/>
        <Route path=path!("staff/import") view=ImportPages::ImportPage/>
        <Route path=path!("staff/import/:id") view=ImportPages::ImportRunPage/>
        <Route path=path!("staff/invitations/:id") view=InvitationPages::InvitationPage/>
        <Route path=path!("staff/leavings/:id") view=LeavingPages::ReceiptPage/>
        <Route path=path!("staff/:id/leaving") view=LeavingPages::LeavingPage/>
        <Route path=path!("staff/:id/edit") view=EmployeePages::EditMemberPage/>
        <Route path=path!("staff/:id") view=PersonPages::MemberPage/>
        <Route path=path!("attention") view=ReviewPages::AttentionPage/>
        <Route path=path!("access-requests") view=ReviewPages::AccessRequestsPage/>
        <Route path=path!("access-review") view=ReviewPages::ReviewsPage/>
        <Route path=path!("access-review/:id") view=ReviewPages::ReviewPage/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// What a mailed invitation leads to; for everybody.
#[component(transparent)]
pub fn JoinRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("/join/:link") view=JoinPages::JoinByLinkPage/> }
        .into_inner()
        .into_any_nested_route()
}
