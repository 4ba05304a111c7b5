//! A page for each section: what the viewer may do there, and the way to where the work is done.

mod applications;
mod page;

use domain::Section;
use leptos::prelude::*;
use leptos_router::{
    ParamSegment, PartialPathMatch, PathSegment, PossibleRouteMatch,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

use self::{
    applications::ApplicationsPage,
    page::{CalendarsSectionPage, SectionPage, SettingsSectionPage},
};
use crate::pages::pages;

pages!(
    SectionPages,
    section_pages: SectionPage,
    CalendarsSectionPage,
    SettingsSectionPage,
    ApplicationsPage,
);

/// The parameter of [`SectionSegment`].
const SECTION: &str = "section";

/// Fits the key of a section whose page stands at the root, and nothing else: one route where ten would cost each visitor their code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct SectionSegment;

/// Two have pages of their own there, and theirs among them.
const fn stands_at_the_root(section: Section) -> bool {
    !matches!(section, Section::Settings | Section::Calendars)
}

impl PossibleRouteMatch for SectionSegment {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let found = ParamSegment(SECTION).test(path)?;
        let key = path.strip_suffix(found.remaining())?.trim_start_matches('/');
        key.parse().is_ok_and(stands_at_the_root).then_some(found)
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        ParamSegment(SECTION).generate_path(path);
    }
}

/// At the addresses of [`crate::paths::section`].
#[component(transparent)]
pub fn SectionRoutes() -> AnyNestedRoute {
    view! {
        <Route path=SectionSegment view=SectionPages::SectionPage/>
        <Route path=path!("calendars/access") view=SectionPages::CalendarsSectionPage/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// Those below Settings.
#[component(transparent)]
pub fn SettingsSectionRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("access") view=SectionPages::SettingsSectionPage/>
        <Route path=path!("business/applications") view=SectionPages::ApplicationsPage/>
    }
    .into_inner()
    .into_any_nested_route()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sections_have_a_page_at_the_root() {
        let fits = |path: &str| SectionSegment.test(path).is_some_and(|found| found.is_complete());
        for section in Section::ALL {
            let path = crate::paths::section(section);
            assert_eq!(fits(&path), stands_at_the_root(section), "{path}");
        }
        for path in ["/", "", "/me", "/settings", "/calendars", "/contacts/1", "/contact", "/no-such-page"] {
            assert!(!fits(path), "{path}");
        }
    }
}
