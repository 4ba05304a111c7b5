//! A person's or an account's picture.
use leptos::prelude::*;

const TONES: [&str; 6] = ["avatar-1", "avatar-2", "avatar-3", "avatar-4", "avatar-5", "avatar-6"];

/// `<Avatar name="Olive Admin" photo_href=None/>` — the photo, or initials on one of six colours that depends on the name.
/// Decoration: the name itself stands beside it.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    #[prop(optional, into)] photo_href: crate::OptText,
    #[prop(optional)] large: bool,
) -> impl IntoView {
    let size = if large { "face face-large" } else { "face" };
    match photo_href.0 {
        Some(href) => {
            view! { <img class=size src=href alt="" width="32" height="32" loading="lazy"/> }.into_any()
        }
        None => {
            let class = format!("{size} {}", TONES[tone_of(&name)]);
            view! { <span class=class aria-hidden="true">{initials(&name)}</span> }.into_any()
        }
    }
}

fn tone_of(name: &str) -> usize {
    name.bytes().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte))) % TONES.len()
}

/// First letters of the first and the last word.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.last().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}
