//! What somebody is given: the same fields wherever a person is invited or edited.

use domain::{
    Permission, PermissionSet, Refusal, Role,
    permissions::{Assignment, ProfileChoice, ProfileName, STANDARD_USER_LABEL, may_give},
};
use leptos::prelude::*;
use ui::{Checkbox, RadioCards, RadioOption, SelectField, SelectOption, Skeleton};

use crate::{
    AppError, Data, Form,
    shared_api::ProfileChoices,
    viewer::{explained, grantable_permissions, viewer_can},
};

/// The fields as a form holds them: [`domain::staff::EmployeeForm`] and [`domain::staff::MemberForm`] have these three.
#[derive(Clone)]
pub(super) struct AssignmentForm {
    pub role: String,
    pub profile: String,
    pub only_assigned: String,
}

impl AssignmentForm {
    pub fn of(assignment: &Assignment) -> Self {
        let choice = assignment.choice();
        Self {
            role: choice.role.key().to_owned(),
            profile: choice.profile.map(|id| id.to_string()).unwrap_or_default(),
            only_assigned: if choice.only_assigned { "true".to_owned() } else { String::new() },
        }
    }
}

/// The profiles to choose from. A page asks for them itself: inside what waits for other data they would be asked for again with each
/// rendering.
pub(super) type Choices = Data<Vec<ProfileChoice>>;

/// What asks for them; nothing for viewers whom the server would refuse: they see the form inert.
pub(super) fn ask_choices(needs: Permission) -> Result<ProfileChoices, AppError> {
    if viewer_can(needs) { Ok(ProfileChoices {}) } else { Err(Refusal::PermissionMissing(needs).into()) }
}

/// Role, and for Users profile and scope.
#[component]
pub(super) fn AssignmentFields(form: Form, initial: AssignmentForm, choices: Choices) -> impl IntoView {
    let AssignmentForm { role, profile, only_assigned } = initial;
    let profile = form.typed("profile", profile);
    let only_assigned = !form.typed("only_assigned", only_assigned).is_empty();
    view! {
        <RadioCards name="role" label="Role" required=true options=role_options()
            value=form.typed("role", role) error=form.problem("role")/>
        <div class="stack for-users">
            {choices.show_either(|| view! { <Skeleton lines=2/> }.into_any(), move |choices| {
                let Ok(choices) = choices else { return ().into_any() };
                view! {
                    <SelectField name="profile" label="Permission profile" options=profile_options(choices) value=profile.clone()
                        error=form.problem("profile") hint="What a User may do, section by section. Admins may do everything."/>
                }
                .into_any()
            })}
            <Checkbox name="only_assigned" label="Only what is assigned to them" checked=only_assigned
                hint="Narrows contacts, conversations, opportunities and appointments to their own, whatever the profile says."/>
        </div>
    }
}

/// The roles, and why the viewer may not give them.
fn role_options() -> Vec<RadioOption> {
    let own = grantable_permissions();
    Role::ALL
        .into_iter()
        .map(|role| RadioOption {
            // A User may have a profile with less than the built-in set.
            disabled_reason: (role == Role::Admin)
                .then(|| why_not(own, &Assignment::of_role(role)))
                .flatten(),
            ..RadioOption::new(role.key(), role.label(), role.description())
        })
        .collect()
}

fn profile_options(choices: Vec<ProfileChoice>) -> Vec<SelectOption> {
    let own = grantable_permissions();
    let profile = |choice: ProfileChoice| {
        let ProfileChoice { id, name, permissions } = choice;
        let given = Assignment::new(Role::User, Some((ProfileName { id, name }, permissions)), false);
        (id.to_string(), given)
    };
    let standard = (String::new(), Assignment::of_role(Role::User));
    std::iter::once(standard)
        .chain(choices.into_iter().map(profile))
        .map(|(value, given)| {
            let label = given.profile.as_ref().map_or(STANDARD_USER_LABEL, |profile| &profile.name);
            match may_give(own, &given) {
                Ok(()) => SelectOption::new(value, label),
                Err(_) => SelectOption {
                    is_disabled: true,
                    ..SelectOption::new(value, format!("{label} (holds more than you)"))
                },
            }
        })
        .collect()
}

fn why_not(own: PermissionSet, given: &Assignment) -> Option<String> {
    may_give(own, given).err().map(|refusal| explained(&refusal).text)
}
