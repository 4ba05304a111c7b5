//! The questions before somebody is shut out. Each has its own address, so that it is asked without wasm too.

use domain::{
    Permission,
    staff::{MemberDetails, MemberState},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{Confirm, FormError};

use super::member_acts::{MemberActs, is_viewer, why_not_to_others};
use crate::{SaveForm, paths, use_viewer};

/// Asks what the address says, if the viewer may do it and it can still be done.
#[component]
pub(super) fn Questions(member: MemberDetails, acts: MemberActs) -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let in_address = |name: &&str| query.with(|query| query.get(name).is_some());
        ["deactivate", "remove", "leave"].into_iter().find(in_address)
    });
    move || {
        let member = member.clone();
        match asked.get()? {
            "deactivate" if may_be_deactivated(&member) => {
                Some(view! { <Deactivate member acts/> }.into_any())
            }
            "remove" if may_be_removed(&member) => Some(view! { <Remove member acts/> }.into_any()),
            "leave" if is_viewer(member.id) => Some(view! { <Leave member acts/> }.into_any()),
            _ => None,
        }
    }
}

fn may_be_deactivated(member: &MemberDetails) -> bool {
    member.state == MemberState::Active && why_not_to_others(Permission::SettingsEditStaff, member).is_none()
}

fn may_be_removed(member: &MemberDetails) -> bool {
    member.state != MemberState::Removed && why_not_to_others(Permission::RemovePeople, member).is_none()
}

fn account_name() -> String {
    use_viewer().and_then(|viewer| viewer.account).map(|account| account.name).unwrap_or_default()
}

fn person(member: &MemberDetails) -> Vec<String> {
    vec![format!("{} · {} · {}", member.name.full(), member.email, member.assignment.role)]
}

#[component]
fn Deactivate(member: MemberDetails, acts: MemberActs) -> impl IntoView {
    let (name, first) = (member.name.full(), member.name.first.clone());
    let body = format!(
        "{first} is signed out at once and cannot enter {} until somebody reactivates them. Role, details and history stay.",
        account_name(),
    );
    view! {
        <SaveForm action=acts.deactivate>
            <Confirm id="deactivate" title=format!("Deactivate {name}?") body affects=person(&member)
                confirm_label=format!("Deactivate {first}") danger=true pending=acts.deactivating.pending()
                close_href=paths::member(member.id)>
                <FormError message=acts.deactivating.error()/>
                <input type="hidden" name="id" value=member.id.to_string()/>
            </Confirm>
        </SaveForm>
    }
}

#[component]
fn Remove(member: MemberDetails, acts: MemberActs) -> impl IntoView {
    let (name, first) = (member.name.full(), member.name.first.clone());
    let body = format!(
        "{first} is signed out at once and does not belong to {} any more. What they did stays in the activity under \
         their name. You can invite them again; they then join as somebody new.",
        account_name(),
    );
    view! {
        <SaveForm action=acts.remove>
            <Confirm id="remove" title=format!("Remove {name}?") body affects=person(&member)
                confirm_label=format!("Remove {first}") danger=true pending=acts.removing.pending()
                close_href=paths::member(member.id)>
                <FormError message=acts.removing.error()/>
                <input type="hidden" name="id" value=member.id.to_string()/>
            </Confirm>
        </SaveForm>
    }
}

#[component]
fn Leave(member: MemberDetails, acts: MemberActs) -> impl IntoView {
    let account = account_name();
    let body = format!(
        "You are signed out at once and do not belong to {account} any more. What you did stays in its activity under \
         your name. Only an invitation brings you back. Your other accounts stay as they are."
    );
    view! {
        <SaveForm action=acts.leave>
            <Confirm id="leave" title=format!("Leave {account}?") body affects=person(&member)
                confirm_label=format!("Leave {account}") danger=true pending=acts.leaving.pending()
                close_href=paths::member(member.id)>
                <FormError message=acts.leaving.error()/>
            </Confirm>
        </SaveForm>
    }
}
