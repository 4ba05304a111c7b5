//! What the list of appointments is asked for, as it stands in the address of the page.

use chrono::{Datelike, NaiveDate};
use domain::calendars::AppointmentFilter;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

use crate::paths;

/// As typed or chosen; what cannot be read counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentQuery {
    /// First and last local day, `2026-11-23`. Neither: from today on.
    pub from: String,
    pub to: String,
    /// A member's id, or empty for anybody's.
    pub host: String,
    pub calendar: String,
    /// A [`domain::calendars::AppointmentState::key`].
    pub state: String,
    pub search: String,
    /// Counted from 1; 0 is read as 1.
    pub page: u32,
}

impl AppointmentQuery {
    pub fn read(map: &ParamsMap) -> Self {
        let text = |key: &str| map.get(key).unwrap_or_default();
        Self {
            from: text("from"),
            to: text("to"),
            host: text("host"),
            calendar: text("calendar"),
            state: text("state"),
            search: text("q"),
            page: text("page").parse().unwrap_or(1),
        }
    }

    pub fn is_filtered(&self) -> bool {
        self.filters().iter().any(|(_, value)| !value.is_empty())
    }

    /// The address of one page of the same list.
    pub fn href(&self, page: u64) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let given: Vec<_> = self
            .filters()
            .into_iter()
            .chain([("page", page.as_str())])
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!("{key}={}", paths::encode(value)))
            .collect();
        if given.is_empty() {
            paths::APPOINTMENTS.to_owned()
        } else {
            format!("{}?{}", paths::APPOINTMENTS, given.join("&"))
        }
    }

    /// What the fields of the filter bar show.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        self.filters().map(|(name, value)| (name, value.to_owned())).to_vec()
    }

    fn filters(&self) -> [(&'static str, &str); 6] {
        [
            ("q", &self.search),
            ("calendar", &self.calendar),
            ("host", &self.host),
            ("state", &self.state),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    /// Whoever names no day looks ahead.
    pub fn filter(&self, today: NaiveDate) -> AppointmentFilter {
        let (from, to) = (known_day(&self.from), known_day(&self.to));
        AppointmentFilter {
            from: from.or_else(|| to.is_none().then_some(today)),
            to,
            host: self.host.parse().ok(),
            calendar: self.calendar.parse().ok(),
            state: self.state.parse().ok(),
            search: self.search.trim().to_owned(),
            page: self.page.max(1),
        }
    }
}

/// A day that calendars have and the database can store.
pub fn known_day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|day: &NaiveDate| (1900..=9998).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use domain::calendars::AppointmentState;

    use super::*;

    fn read(pairs: &[(&str, &str)]) -> AppointmentQuery {
        AppointmentQuery::read(
            &pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        )
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_reads_back_as_itself() {
        let query = read(&[("q", "Ann A"), ("state", "booked"), ("from", "2026-11-01"), ("page", "3")]);
        assert_eq!(query.href(3), "/calendars?q=Ann%20A&state=booked&from=2026-11-01&page=3");
        assert_eq!(query.href(1), "/calendars?q=Ann%20A&state=booked&from=2026-11-01");
        assert_eq!(read(&[]).href(1), "/calendars");
        assert!(query.is_filtered() && !read(&[("page", "2")]).is_filtered());
        assert_eq!(read(&[("q", "a&state=b")]).href(1), "/calendars?q=a%26state%3Db");
    }

    #[test]
    fn without_a_day_the_list_begins_today() {
        let today = day("2026-11-23");
        let days = |pairs: &[(&str, &str)]| {
            let filter = read(pairs).filter(today);
            (filter.from, filter.to)
        };
        assert_eq!(days(&[]), (Some(today), None));
        assert_eq!(days(&[("from", "soon"), ("to", "2026-02-30")]), (Some(today), None));
        assert_eq!(days(&[("to", "2026-11-01")]), (None, Some(day("2026-11-01"))));
        assert_eq!(days(&[("from", "2026-11-01")]), (Some(day("2026-11-01")), None));
    }

    #[test]
    fn what_cannot_be_read_is_not_asked_for() {
        let odd = read(&[("host", "x"), ("calendar", "y"), ("state", "held"), ("page", "-1"), ("q", " é ")]);
        let filter = odd.filter(NaiveDate::default());
        assert_eq!((filter.host, filter.calendar, filter.state, filter.page), (None, None, None, 1));
        assert_eq!(filter.search, "é");
        let known = read(&[("state", "cancelled")]).filter(NaiveDate::default());
        assert_eq!(known.state, Some(AppointmentState::Cancelled));
    }
}
