//! What the activity pages are asked for, as it stands in their address.

use chrono::{Datelike, NaiveDate};
use domain::activity::ActivityFilter;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

use crate::paths::encode;

/// Stands for Steward itself where a person could be chosen.
pub const STEWARD: &str = "steward";

/// As typed or chosen; what cannot be read counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityQuery {
    /// A member's id, [`STEWARD`], or empty for everybody.
    pub person: String,
    pub area: String,
    /// First local day, `2026-11-23`.
    pub from: String,
    /// Last local day.
    pub to: String,
    /// Counted from 1; 0 is read as 1.
    pub page: u32,
}

impl ActivityQuery {
    pub fn read(map: &ParamsMap) -> Self {
        let text = |key: &str| map.get(key).unwrap_or_default();
        let page = text("page").parse().unwrap_or(1);
        Self { person: text("person"), area: text("area"), from: text("from"), to: text("to"), page }
    }

    pub fn is_filtered(&self) -> bool {
        self.filters().iter().any(|(_, value)| !value.is_empty())
    }

    /// The address of one page of the same list.
    pub fn href(&self, base: &str, page: u64) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let given: Vec<_> = self
            .filters()
            .into_iter()
            .chain([("page", page.as_str())])
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!("{key}={}", encode(value)))
            .collect();
        if given.is_empty() { base.to_owned() } else { format!("{base}?{}", given.join("&")) }
    }

    pub fn filters(&self) -> [(&'static str, &str); 4] {
        [("person", &self.person), ("area", &self.area), ("from", &self.from), ("to", &self.to)]
    }

    /// What the fields of the filter bar show.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        self.filters().map(|(name, value)| (name, value.to_owned())).to_vec()
    }

    pub fn filter(&self) -> ActivityFilter {
        ActivityFilter {
            member: self.person.parse().ok(),
            by_steward: self.person == STEWARD,
            area: self.area.parse().ok(),
            from: day(&self.from),
            to: day(&self.to),
            page: self.page,
        }
    }
}

/// A day that calendars have and the database can store.
fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|day: &NaiveDate| (1900..=9999).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use domain::activity::Area;

    use super::*;

    fn read(pairs: &[(&str, &str)]) -> ActivityQuery {
        ActivityQuery::read(
            &pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        )
    }

    #[test]
    fn an_address_reads_back_as_itself() {
        let query = read(&[("person", STEWARD), ("area", "staff"), ("from", "2026-11-01"), ("page", "3")]);
        assert_eq!(query.href("/x", 3), "/x?person=steward&area=staff&from=2026-11-01&page=3");
        assert_eq!(query.href("/x", 1), "/x?person=steward&area=staff&from=2026-11-01");
        assert_eq!(read(&[]).href("/x", 1), "/x");
        assert!(query.is_filtered() && !read(&[("page", "2")]).is_filtered());
    }

    #[test]
    fn what_cannot_be_read_is_not_asked_for() {
        let filter =
            read(&[("person", "x"), ("area", "y"), ("from", "31.12."), ("to", "2026-02-30"), ("page", "-1")])
                .filter();
        assert_eq!(filter, ActivityFilter { page: 1, ..Default::default() });
        let filter = read(&[("person", STEWARD), ("area", "staff")]).filter();
        assert_eq!((filter.by_steward, filter.member, filter.area), (true, None, Some(Area::Staff)));
    }

    #[test]
    fn nothing_typed_can_add_a_parameter() {
        assert_eq!(read(&[("from", "a&person=b c")]).href("/x", 1), "/x?from=a%26person%3Db%20c");
    }
}
