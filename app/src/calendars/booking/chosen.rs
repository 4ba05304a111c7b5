use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::paths;

/// The part of the page where one chooses, and where the browser goes on after a choice.
pub(super) const CHOICE: &str = "choice";

/// What a visitor has chosen so far, as it stands in the address of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    /// An IANA name.
    pub zone: Option<String>,
    /// The first day that is shown.
    pub from: Option<String>,
    pub day: Option<String>,
    /// The exact instant of a free time.
    pub time: Option<String>,
}

impl Chosen {
    /// Follows the address of the page.
    pub fn now() -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| {
            query.with(|query| {
                let get = |name| query.get(name).filter(|value| !value.is_empty());
                Self { zone: get("zone"), from: get("from"), day: get("day"), time: get("time") }
            })
        })
    }

    /// The address of the page at `path` with this choice.
    pub fn address(&self, path: &str) -> String {
        let Self { zone, from, day, time } = self;
        let named = [("zone", zone), ("from", from), ("day", day), ("time", time)];
        paths::with_query(path, named.map(|(name, value)| (name, value.as_deref().unwrap_or_default())))
    }

    /// The same, where the browser shows what comes next.
    pub fn link(&self, path: &str) -> String {
        format!("{}#{CHOICE}", self.address(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_stands_in_the_address() {
        assert_eq!(Chosen::default().address("/book/a/b"), "/book/a/b");
        let chosen = Chosen {
            zone: Some("Europe/Berlin".into()),
            time: Some("2026-11-30T08:00:00Z".into()),
            ..Chosen::default()
        };
        assert_eq!(
            chosen.link("/book/a/b"),
            "/book/a/b?zone=Europe/Berlin&time=2026-11-30T08%3A00%3A00Z#choice"
        );
    }
}
