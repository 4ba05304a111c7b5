//! The questions of a review's page. Each has its own address, so that it is asked without wasm too.

use domain::{
    AccessReviewId, Permission, ReviewLineId,
    staff::{StaffId, Verdict},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{Confirm, FormError, TextField};

use super::{super::api_review::LineText, acts::Acts};
use crate::{SaveForm, paths};

#[derive(Clone, Copy, PartialEq)]
enum Asked {
    End(ReviewLineId),
    Keep(ReviewLineId, Permission),
}

/// Asks what the address says about one of the people on the page.
#[component]
pub(super) fn Questions(
    id: AccessReviewId,
    lines: Vec<LineText>,
    /// Continues the query of a link that asks for the same people.
    same: String,
    acts: Acts,
) -> impl IntoView {
    let back = format!("{}?{}", paths::review(id), same.trim_start_matches('&'));
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let line = |name: &str| query.get(name)?.parse::<ReviewLineId>().ok();
            let keep = || Some(Asked::Keep(line("keep")?, query.get("permission")?.parse().ok()?));
            line("end").map(Asked::End).or_else(keep)
        })
    });
    move || {
        let back = back.clone();
        let find = |line: ReviewLineId| lines.iter().find(|found| found.id == line).cloned();
        match asked.get()? {
            Asked::End(line) => find(line).map(|line| view! { <End id line back acts/> }.into_any()),
            Asked::Keep(line, permission) => {
                find(line).map(|line| view! { <Keep id line permission back acts/> }.into_any())
            }
        }
    }
}

#[component]
fn End(id: AccessReviewId, line: LineText, back: String, acts: Acts) -> impl IntoView {
    let (title, body, label) = match line.who {
        StaffId::Member(_) => (
            format!("Deactivate {}?", line.name),
            "They are signed out at once and cannot enter until somebody reactivates them. Role, details and history stay.",
            "Deactivate",
        ),
        StaffId::Invitation(_) => (
            format!("Revoke the invitation of {}?", line.name),
            "The link they got stops working at once. You can invite them again.",
            "Revoke the invitation",
        ),
    };
    let affects = vec![format!("{} · {} · {}", line.name, line.email, line.role)];
    view! {
        <SaveForm action=acts.decide>
            <Confirm id="end" title body affects confirm_label=label danger=true pending=acts.deciding.pending()
                close_href=back>
                <FormError message=acts.deciding.error()/>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="line" value=line.id.to_string()/>
                <input type="hidden" name="verdict" value=Verdict::End.key()/>
                <TextField name="note" id="end-note" label="Note" optional=true value=acts.deciding.typed("note", "")
                    error=acts.deciding.problem("note")/>
            </Confirm>
        </SaveForm>
    }
}

#[component]
fn Keep(
    id: AccessReviewId,
    line: LineText,
    permission: Permission,
    back: String,
    acts: Acts,
) -> impl IntoView {
    let StaffId::Member(member) = line.who else { return ().into_any() };
    let title = format!("Keep “{}” for {}?", permission.label(), line.name);
    view! {
        <SaveForm action=acts.keep>
            <Confirm id="keep" title body="It is not pointed out any more. Say why, for whoever looks next."
                confirm_label="Keep it" pending=acts.keeping.pending() close_href=back>
                <FormError message=acts.keeping.error()/>
                <input type="hidden" name="review" value=id.to_string()/>
                <input type="hidden" name="id" value=member.to_string()/>
                <input type="hidden" name="permission" value=permission.key()/>
                <TextField name="note" id="keep-note" label="Why" value=acts.keeping.typed("note", "") required=true
                    error=acts.keeping.problem("note")/>
            </Confirm>
        </SaveForm>
    }
    .into_any()
}
