use domain::{
    Role,
    activity::{Change, changes},
    permissions::{Assignment, STANDARD_USER_LABEL},
};

/// What changes for somebody whose assignment changes, in words.
pub(crate) fn reassigned(before: &Assignment, after: &Assignment) -> Vec<Change> {
    let profile = |assignment: &Assignment| match &assignment.profile {
        None if before.role == after.role && before.role == Role::User => STANDARD_USER_LABEL.to_owned(),
        // Where the role changes, that says it already.
        None => String::new(),
        Some(profile) => profile.name.clone(),
    };
    changes(&[
        ("role", before.role.to_string(), after.role.to_string()),
        ("profile", profile(before), profile(after)),
        ("scope", before.scope_label().to_owned(), after.scope_label().to_owned()),
    ])
}
