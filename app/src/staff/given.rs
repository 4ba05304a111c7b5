use domain::{Role, permissions::Assignment, staff::LastDay};
use leptos::prelude::*;
use ui::DescriptionItem;

/// What somebody is given, as items of a description list.
#[component]
pub(super) fn Given(assignment: Assignment) -> impl IntoView {
    let role = assignment.role;
    let profile = assignment.profile_label().to_owned();
    let scope = assignment.only_assigned.then_some(assignment.scope_label());
    let elevated = (!assignment.elevated.is_empty()).then(|| {
        let labels: Vec<_> = assignment.elevated.iter().map(|permission| permission.label()).collect();
        view! { <DescriptionItem term="Given beside it">{labels.join(", ")}</DescriptionItem> }
    });
    let users = (role == Role::User).then(|| {
        view! {
            <DescriptionItem term="Permission profile">{profile}</DescriptionItem>
            {scope.map(|scope| view! { <DescriptionItem term="Scope">{scope}</DescriptionItem> })}
            {elevated}
        }
    });
    view! {
        <DescriptionItem term="Role">{role.label()}". "{role.description()}</DescriptionItem>
        {users}
    }
}

/// Until when a guest has access.
pub(super) fn last_day(day: LastDay) -> impl IntoView {
    view! { <DescriptionItem term="Last day">{day.words()}". Their access ends by itself after it."</DescriptionItem> }
}
