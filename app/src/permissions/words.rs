use domain::PermissionSet;

/// Permissions that are named one by one.
const NAMED: usize = 4;

/// "Edit contacts, Delete contacts and 7 more".
pub(super) fn named(set: PermissionSet) -> String {
    let labels: Vec<_> = set.iter().map(|permission| permission.label()).collect();
    match labels.len().saturating_sub(NAMED) {
        0 => labels.join(", "),
        more => format!("{} and {more} more", labels[..NAMED].join(", ")),
    }
}

/// To follow "can" or "can no longer": "edit contacts, delete contacts and 7 more".
pub(super) fn may_words(set: PermissionSet) -> String {
    let mut begun = String::new();
    for permission in set.iter().take(NAMED) {
        let label = permission.label();
        let (first, rest) = label.split_at(label.chars().next().map_or(0, char::len_utf8));
        let comma = if begun.is_empty() { "" } else { ", " };
        begun = format!("{begun}{comma}{}{rest}", first.to_lowercase());
    }
    match usize::try_from(set.len()).unwrap_or(usize::MAX).saturating_sub(NAMED) {
        0 => begun,
        more => format!("{begun} and {more} more"),
    }
}

/// What was switched, in words; none when nothing was.
pub(super) fn switched_words(before: PermissionSet, after: PermissionSet) -> Option<String> {
    let list = |set: PermissionSet, word: &str| {
        (!set.is_empty()).then(|| format!("{} switched {word}.", named(set)))
    };
    let said: Vec<_> = [list(after.without(before), "on"), list(before.without(after), "off")]
        .into_iter()
        .flatten()
        .collect();
    (!said.is_empty()).then(|| said.join(" "))
}

#[cfg(test)]
mod tests {
    use domain::Permission as P;

    use super::*;

    #[test]
    fn what_somebody_can_is_told_in_a_sentence() {
        let two = PermissionSet::of(&[P::ContactsEdit, P::PaymentsRefund]);
        assert_eq!(may_words(two), "edit contacts, refund payments");
        let many = PermissionSet::section(domain::Section::Contacts);
        assert!(may_words(many).ends_with(&format!(" and {} more", many.len() - 4)));
    }

    #[test]
    fn what_was_switched_is_told_and_long_lists_are_cut() {
        let none = PermissionSet::EMPTY;
        let view = PermissionSet::of(&[P::ContactsView]);
        let edit = view.with(P::ContactsEdit);
        assert_eq!(switched_words(view, view), None);
        assert_eq!(switched_words(view, edit).as_deref(), Some("Edit contacts switched on."));
        let swapped = switched_words(edit, view.with(P::ContactsCreate));
        assert_eq!(swapped.as_deref(), Some("Create contacts switched on. Edit contacts switched off."));
        let all = switched_words(
            none,
            PermissionSet::section(domain::Section::Dashboard).union(edit).with(P::ContactsCreate),
        );
        assert!(all.unwrap().ends_with("and 2 more switched on."));
    }
}
