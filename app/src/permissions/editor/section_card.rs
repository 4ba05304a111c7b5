use domain::{Permission, PermissionSet, Section, permissions::may_grant};
use leptos::prelude::*;
use ui::{Button, ButtonKind, SaveStatus, Switch};

use super::editing::{Editing, Key};
use crate::{Form, viewer::explained};

/// The name of all check boxes.
const FIELD: &str = "granted[]";

/// One section: its master switch, its scope and its single permissions.
#[component]
pub(super) fn SectionCard(
    section: Section,
    editing: Editing,
    form: Form,
    search: RwSignal<String>,
) -> impl IntoView {
    let is_open = RwSignal::new(true);
    let all: Vec<_> = PermissionSet::section(section).iter().collect();
    // Every text contains the empty one.
    let fits = move |label: &str| search.with(|text| label.to_lowercase().contains(text.as_str()));
    let is_named = Memo::new(move |_| fits(section.label()));
    let permissions = all.clone();
    let is_found =
        Memo::new(move |_| is_named.get() || permissions.iter().any(|permission| fits(permission.label())));
    let switches = all
        .into_iter()
        .map(|permission| {
            let is_hidden = move || !(permission.is_view() || is_named.get() || fits(permission.label()));
            view! { <div hidden=is_hidden><OneSwitch permission editing form/></div> }
        })
        .collect_view();
    let heading = format!("section-{}", section.key());
    let labelled_by = heading.clone();
    view! {
        <section class="panel permission-card" aria-labelledby=labelled_by hidden=move || !is_found.get()>
            <div class="permission-head">
                <h2 id=heading>{section.label()}</h2>
                <Counter section editing/>
                <SaveStatus status=editing.status(Key::Section(section))/>
                <span class="permission-whole needs-wasm"><Whole section editing/> <Collapse section is_open/></span>
            </div>
            <div class="permission-list" hidden=move || !is_open.get() && search.with(String::is_empty)>{switches}</div>
        </section>
    }
}

/// "7 of 9": the master switch and the scope are not counted.
#[component]
fn Counter(section: Section, editing: Editing) -> impl IntoView {
    let counted: PermissionSet =
        PermissionSet::section(section).iter().filter(|p| !p.is_view() && !p.is_scope()).collect();
    let text = move || format!("{} of {}", editing.shown.get().intersection(counted).len(), counted.len());
    view! { <span class="permission-count">{text}</span> }
}

/// All of a section on or off in one step.
#[component]
fn Whole(section: Section, editing: Editing) -> impl IntoView {
    let whole = PermissionSet::section(section);
    let can = whole.intersection(editing.own);
    let is_full = Signal::derive(move || can.is_within(editing.shown.get()));
    let is_empty = Signal::derive(move || editing.shown.get().intersection(whole).is_empty());
    let switch = move |on| Callback::new(move |()| editing.switch(Key::Section(section), on));
    let view = PermissionSet::of(&[Permission::view(section)]);
    let reason = may_grant(editing.own, view).err().map(|refusal| explained(&refusal));
    let label = section.label();
    view! {
        <Button kind=ButtonKind::Ghost small=true button_type="button" disabled=is_full on_click=switch(true) disabled_reason=reason
            aria_label=format!("All of {label} on")>"All on"</Button>
        <Button kind=ButtonKind::Ghost small=true button_type="button" disabled=is_empty on_click=switch(false)
            aria_label=format!("All of {label} off")>"All off"</Button>
    }
}

#[component]
fn Collapse(section: Section, is_open: RwSignal<bool>) -> impl IntoView {
    let label = move || format!("{} {}", if is_open.get() { "Collapse" } else { "Expand" }, section.label());
    view! {
        <button type="button" class="btn btn-ghost btn-square btn-sm" aria-label=label
            aria-expanded=move || if is_open.get() { "true" } else { "false" }
            on:click=move |_| is_open.update(|open| *open = !*open)>
            <span class="permission-chevron"><ui::Icon name=ui::IconName::ChevronDown/></span>
        </button>
    }
}

#[component]
fn OneSwitch(permission: Permission, editing: Editing, form: Form) -> impl IntoView {
    let on = Signal::derive(move || editing.shown.get().contains(permission));
    let on_change = Callback::new(move |on| editing.switch(Key::One(permission), on));
    let reason = may_grant(editing.own, PermissionSet::of(&[permission]))
        .err()
        .map(|refusal| explained(&refusal).text);
    let begins = form.was_chosen(FIELD, permission.key(), on.get_untracked());
    view! {
        <Switch name=FIELD value=permission.key() id=format!("permission-{}", permission.key().replace('.', "-"))
            label=permission.label() hint=hint(permission) on begins on_change status=editing.status(Key::One(permission))
            disabled_reason=reason/>
    }
    .into_any()
}

fn hint(permission: Permission) -> Option<String> {
    let text = match (permission.is_view(), permission.is_scope()) {
        (true, _) => "The master switch: off, nothing else of this section works.",
        (_, true) => "Off: only what is assigned to the person.",
        _ => return None,
    };
    Some(text.to_owned())
}
