use domain::{permissions::ProfileHolder, words::joined};
use leptos::prelude::*;
use ui::Avatar;

use crate::paths;

/// The first holders as pictures, and how many there are. The pictures are decoration: the count says it in words.
#[component]
pub(super) fn Faces(holders: Vec<ProfileHolder>, people: u64) -> impl IntoView {
    let face = |holder: ProfileHolder| {
        let photo_href = holder.photo.map(|(login, version)| paths::photo(login, version));
        view! { <Avatar name=holder.name photo_href/> }
    };
    view! {
        <span class="faces">
            {holders.into_iter().map(face).collect_view()}
            <span>{people_words(people)}</span>
        </span>
    }
}

pub(super) fn people_words(people: u64) -> String {
    match people {
        0 => "Nobody".to_owned(),
        1 => "1 person".to_owned(),
        people => format!("{people} people"),
    }
}

/// "Uma Usher, Max Manager and 3 more"; `holders` may be only the first few of `people`.
pub(super) fn names(holders: &[ProfileHolder], people: u64) -> String {
    const NAMED: usize = 3;
    let named: Vec<_> = holders.iter().take(NAMED).map(|holder| holder.name.as_str()).collect();
    let more = usize::try_from(people).unwrap_or(usize::MAX).saturating_sub(named.len());
    match (named.is_empty(), more) {
        (true, _) => "Nobody".to_owned(),
        (false, 0) => joined(&named),
        (false, more) => format!("{} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use domain::MemberId;

    use super::*;

    #[test]
    fn a_few_are_named_and_the_others_counted() {
        let holder =
            |name: &str| ProfileHolder { member: MemberId::default(), name: name.to_owned(), photo: None };
        let four = ["Ann", "Bo", "Cy", "Di"].map(holder);
        assert_eq!(names(&[], 0), "Nobody");
        assert_eq!(names(&four[..1], 1), "Ann");
        assert_eq!(names(&four[..2], 2), "Ann and Bo");
        assert_eq!(names(&four[..3], 3), "Ann, Bo and Cy");
        assert_eq!(names(&four, 10_000), "Ann, Bo, Cy and 9997 more");
    }
}
