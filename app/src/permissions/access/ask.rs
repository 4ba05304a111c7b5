use domain::{Permission, When, permissions::may_be_elevated, staff::MemberState};
use leptos::prelude::*;
use ui::{Button, ButtonKind, FormActions, FormError, Section, TextField};

use super::is_viewer;
use crate::{
    Form, SaveForm,
    act::Act,
    permissions::api_explain::{AskForAccess, ExplanationView},
    time, use_viewer,
};

/// What the viewer can ask for. It lives above the page's data, so that it outlasts their reloading.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    act: Act<AskForAccess>,
    pub form: Form,
}

impl Asking {
    pub fn new() -> Self {
        let act = Act::new();
        Self { act, form: Form::of(act) }
    }
}

/// Whether the explanation is the viewer's own, of something that they lack and somebody could give them.
pub(super) fn may_be_asked_for(found: &ExplanationView) -> bool {
    let (about, permission) = (&found.explanation.about, found.explanation.permission);
    let looks = use_viewer().is_some_and(|viewer| viewer.preview.is_some());
    is_viewer(about.member)
        && !looks
        && about.state == MemberState::Active
        && !about.may(permission)
        && may_be_elevated(permission).is_ok()
}

/// Asks whoever could give it; once asked, says since when.
#[component]
pub(super) fn AskSection(permission: Permission, asked: Option<When>, asking: Asking) -> impl IntoView {
    if let Some(when) = asked {
        return view! {
            <Section title="Ask for access">
                <p>"You asked for it on " {time(when)} ". A mail tells you the answer."</p>
            </Section>
        }
        .into_any();
    }
    let form = asking.form;
    view! {
        <Section title="Ask for access" description="For an hour, for a day or for good: whoever gives it decides.">
            <SaveForm action=asking.act>
                <FormError message=form.error()/>
                <input type="hidden" name="permission" value=permission.key()/>
                <TextField name="note" label="Why you need it" optional=true value=form.typed("note", "")
                    error=form.problem("note")/>
                <FormActions><Button kind=ButtonKind::Primary pending=form.pending()>"Ask for access"</Button></FormActions>
            </SaveForm>
        </Section>
    }
    .into_any()
}
