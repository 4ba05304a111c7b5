//! What My Staff shows, as it stands in the address of the page.

use domain::{
    ProfileId, Role,
    staff::{ReadinessFilter, SortDirection, StaffFilter, StaffSort, StatusFilter},
};
use leptos_router::params::ParamsMap;

use crate::paths;

/// The parameters as they came, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    pub search: Option<String>,
    pub status: Option<String>,
    pub role: Option<String>,
    pub profile: Option<String>,
    pub readiness: Option<String>,
    pub sort: Option<String>,
    pub direction: Option<String>,
    pub page: Option<String>,
}

impl ListQuery {
    pub fn of(params: &ParamsMap) -> Self {
        Self {
            search: params.get("q"),
            status: params.get("status"),
            role: params.get("role"),
            profile: params.get("profile"),
            readiness: params.get("readiness"),
            sort: params.get("sort"),
            direction: params.get("dir"),
            page: params.get("page"),
        }
    }

    /// Old and mistyped addresses still show a list: what is not known is left out.
    pub fn filter(self) -> StaffFilter {
        fn known<T: std::str::FromStr>(text: Option<String>) -> Option<T> {
            text?.parse().ok()
        }
        StaffFilter {
            search: self.search.unwrap_or_default().trim().to_owned(),
            status: known::<StatusFilter>(self.status),
            role: known::<Role>(self.role),
            profile: known::<ProfileId>(self.profile),
            readiness: known::<ReadinessFilter>(self.readiness),
            sort: known(self.sort).unwrap_or_default(),
            direction: known(self.direction).unwrap_or_default(),
            page: known(self.page).unwrap_or(1).max(1),
        }
    }
}

/// The address of this view of the list, without what goes without saying.
pub fn href(filter: &StaffFilter) -> String {
    let mut pairs = vec![("q", paths::encode(&filter.search))];
    pairs.push(("status", filter.status.map(StatusFilter::key).unwrap_or_default().to_owned()));
    pairs.push(("role", filter.role.map(Role::key).unwrap_or_default().to_owned()));
    pairs.push(("profile", filter.profile.map(|id| id.to_string()).unwrap_or_default()));
    pairs.push(("readiness", filter.readiness.map(ReadinessFilter::key).unwrap_or_default().to_owned()));
    pairs.extend(order(filter));
    if filter.page > 1 {
        pairs.push(("page", filter.page.to_string()));
    }
    pairs.retain(|(_, value)| !value.is_empty());
    let query: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    if query.is_empty() { paths::STAFF.to_owned() } else { format!("{}?{}", paths::STAFF, query.join("&")) }
}

/// The parameters of the order; none for the usual one.
pub fn order(filter: &StaffFilter) -> Vec<(&'static str, String)> {
    let mut pairs = vec![];
    if filter.sort != StaffSort::default() {
        pairs.push(("sort", filter.sort.key().to_owned()));
    }
    if filter.direction != SortDirection::default() {
        pairs.push(("dir", filter.direction.key().to_owned()));
    }
    pairs
}

pub fn page_href(filter: &StaffFilter, page: u64) -> String {
    href(&StaffFilter { page: u32::try_from(page).unwrap_or(u32::MAX), ..filter.clone() })
}

/// What a click on a column's heading leads to: the column's own order, and from there the other way round.
pub fn sort_href(filter: &StaffFilter, sort: StaffSort) -> String {
    let direction = match (filter.sort == sort, filter.direction, sort) {
        (true, SortDirection::Ascending, _) => SortDirection::Descending,
        (true, SortDirection::Descending, _) => SortDirection::Ascending,
        // Who was here last is asked for more often than who was not.
        (false, _, StaffSort::LastActive) => SortDirection::Descending,
        (false, ..) => SortDirection::Ascending,
    };
    href(&StaffFilter { sort, direction, page: 1, ..filter.clone() })
}

/// Everybody, in the same order.
pub fn clear_href(filter: &StaffFilter) -> String {
    href(&StaffFilter { sort: filter.sort, direction: filter.direction, page: 1, ..StaffFilter::default() })
}

pub fn is_filtered(filter: &StaffFilter) -> bool {
    let StaffFilter { search, status, role, profile, readiness, .. } = filter;
    !search.is_empty() || status.is_some() || role.is_some() || profile.is_some() || readiness.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> ListQuery {
        ListQuery::of(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn what_is_not_known_is_ignored() {
        let odd = query(&[
            ("status", "asleep"),
            ("role", "king"),
            ("readiness", "tired"),
            ("sort", "shoe"),
            ("dir", "up"),
            ("page", "-3"),
            ("q", " é "),
        ]);
        assert_eq!(odd.filter(), StaffFilter { search: "é".into(), page: 1, ..StaffFilter::default() });
        assert_eq!(query(&[("page", "0")]).filter().page, 1);
        assert_eq!(query(&[("page", "99999999999")]).filter().page, 1);
    }

    #[test]
    fn an_address_leads_back_to_the_same_view() {
        let pairs = [
            ("q", "Ana"),
            ("status", "invited"),
            ("role", "user"),
            ("readiness", "red"),
            ("sort", "email"),
            ("dir", "desc"),
            ("page", "3"),
        ];
        let address = href(&query(&pairs).filter());
        let same = "/settings/staff?q=Ana&status=invited&role=user&readiness=red&sort=email&dir=desc&page=3";
        assert_eq!(address, same);
        assert_eq!(href(&ListQuery::default().filter()), "/settings/staff");
        let hostile = StaffFilter { search: "a&role=admin#é".into(), ..StaffFilter::default() };
        assert_eq!(href(&hostile), "/settings/staff?q=a%26role%3Dadmin%23%C3%A9");
    }

    #[test]
    fn a_heading_sorts_both_ways_and_starts_at_the_first_page() {
        let filter = StaffFilter { page: 4, search: "a".into(), ..StaffFilter::default() };
        assert_eq!(sort_href(&filter, StaffSort::Name), "/settings/staff?q=a&dir=desc");
        assert_eq!(sort_href(&filter, StaffSort::Role), "/settings/staff?q=a&sort=role");
        let by_activity =
            StaffFilter { sort: StaffSort::LastActive, direction: SortDirection::Descending, ..filter };
        assert_eq!(sort_href(&by_activity, StaffSort::LastActive), "/settings/staff?q=a&sort=last_active");
        assert_eq!(clear_href(&by_activity), "/settings/staff?sort=last_active&dir=desc");
    }
}
