use domain::{PermissionSet, Role};
use leptos::prelude::*;
use ui::{Icon, IconName};

/// What no profile can hold, shown so that nobody looks for it.
#[component]
pub(super) fn LockedCard(search: RwSignal<String>) -> impl IntoView {
    let fits = move |label: &str| search.with(|text| label.to_lowercase().contains(text.as_str()));
    let is_found = move || PermissionSet::ADMIN_ONLY.iter().any(|permission| fits(permission.label()));
    let line = |label: &'static str| {
        view! { <li class="locked-line" hidden=move || !fits(label)><Icon name=IconName::Lock/><span>{label}</span></li> }
    };
    let lines = PermissionSet::ADMIN_ONLY.iter().map(|permission| line(permission.label())).collect_view();
    view! {
        <section class="panel permission-card" aria-labelledby="section-admin" hidden=move || !is_found()>
            <div class="permission-head"><h2 id="section-admin">"Only Admins"</h2></div>
            <p class="permission-note">{format!("No profile holds these. {}", Role::Admin.description())}</p>
            <ul class="locked-list">{lines}</ul>
        </section>
    }
}
