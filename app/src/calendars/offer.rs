//! Free times in words, as visitors and the staff choose from them.

use domain::{
    When,
    calendars::{Offer, OfferedDay},
};
use serde::{Deserialize, Serialize};

/// Free times of two weeks. Days are text, so that browsers need no code that reads them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfferText {
    /// In which days and times are told (IANA name).
    pub time_zone: String,
    /// For example "30 November to 13 December".
    pub span: String,
    /// Those with free times, in order.
    pub days: Vec<OfferDay>,
    /// Where the days before and after begin, as they stand in addresses.
    pub earlier: Option<String>,
    pub later: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfferDay {
    /// As it stands in an address: "2026-11-30".
    pub key: String,
    /// For example "Mon 30 Nov".
    pub short: String,
    /// For example "Monday, 30 November".
    pub label: String,
    /// `exact` is what a form sends back as `starts_at`; `text` is for example "14:30".
    pub slots: Vec<When>,
}

impl OfferText {
    /// The chosen day, else the first that has free times.
    pub fn day(&self, chosen: Option<&str>) -> Option<&OfferDay> {
        let found = self.days.iter().find(|day| Some(day.key.as_str()) == chosen);
        found.or_else(|| self.days.first())
    }

    /// All free times with their days, in order.
    pub fn times(&self) -> impl Iterator<Item = (&OfferDay, &When)> {
        self.days.iter().flat_map(|day| day.slots.iter().map(move |slot| (day, slot)))
    }

    /// The free time that begins at exactly this instant, and its day.
    pub fn find(&self, exact: &str) -> Option<(&OfferDay, &When)> {
        self.times().find(|(_, slot)| slot.exact == exact)
    }
}

/// What people read for a free time: "Monday, 30 November, 14:30".
pub fn words((day, slot): (&OfferDay, &When)) -> String {
    format!("{}, {}", day.label, slot.text)
}

impl From<Offer> for OfferText {
    fn from(offer: Offer) -> Self {
        let Offer { time_zone, first_day, last_day, days, earlier, later } = offer;
        let span = format!("{} to {}", first_day.format("%-d %B"), last_day.format("%-d %B"));
        let [earlier, later] = [earlier, later].map(|day| day.map(|day| day.to_string()));
        Self { time_zone, span, days: days.into_iter().map(OfferDay::from).collect(), earlier, later }
    }
}

impl From<OfferedDay> for OfferDay {
    fn from(OfferedDay { day, label, slots }: OfferedDay) -> Self {
        Self { key: day.to_string(), short: day.format("%a %-d %b").to_string(), label, slots }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_free_is_found_and_has_words() {
        let slot = When { exact: "2026-11-30T13:30:00Z".into(), text: "14:30".into() };
        let day = OfferDay {
            key: "2026-11-30".into(),
            short: "Mon 30 Nov".into(),
            label: "Monday, 30 November".into(),
            slots: vec![slot],
        };
        let offer = OfferText {
            time_zone: "Europe/Berlin".into(),
            span: "30 November to 13 December".into(),
            days: vec![day],
            earlier: None,
            later: None,
        };
        let found = offer.find("2026-11-30T13:30:00Z").map(words);
        assert_eq!(found.as_deref(), Some("Monday, 30 November, 14:30"));
        assert!(offer.find("2026-11-30T14:30:00Z").is_none());
    }
}
