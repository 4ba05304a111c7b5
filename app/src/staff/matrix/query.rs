use domain::{calendars::PlaceKind, staff::MatrixFilter};
use leptos_router::params::ParamsMap;

use crate::paths;

/// Which part of the matrix the address of the page asks for: its parameters as they came, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatrixQuery {
    pub search: Option<String>,
    pub kind: Option<String>,
    pub page: Option<String>,
    pub places: Option<String>,
}

impl MatrixQuery {
    pub fn of(params: &ParamsMap) -> Self {
        Self {
            search: params.get("q"),
            kind: params.get("kind"),
            page: params.get("page"),
            places: params.get("places"),
        }
    }

    /// Mistyped addresses still show something: what is not known is left out.
    pub fn filter(self) -> MatrixFilter {
        let number = |typed: Option<String>| typed.and_then(|typed| typed.parse().ok()).unwrap_or(1).max(1);
        MatrixFilter {
            search: self.search.unwrap_or_default().trim().to_owned(),
            kind: self.kind.and_then(|kind| kind.parse().ok()),
            people_page: number(self.page),
            places_page: number(self.places),
        }
    }
}

/// The address of one part.
pub(super) fn href(filter: &MatrixFilter) -> String {
    let further = |page: u32| if page > 1 { page.to_string() } else { String::new() };
    let (page, places) = (further(filter.people_page), further(filter.places_page));
    let kind = filter.kind.map(PlaceKind::key).unwrap_or_default();
    let parts = [("q", filter.search.as_str()), ("kind", kind), ("page", &page), ("places", &places)];
    paths::with_query(paths::STAFF_MATRIX, parts)
}
