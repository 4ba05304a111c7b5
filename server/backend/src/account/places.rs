use chrono_tz::TZ_VARIANTS;
use domain::{
    Checks, Problem, Refusal,
    account::{ACCOUNT_NAME_MAX_CHARS, Choice, PlaceChoices},
    person_name,
};
use iso_currency::{Country, Currency};

use super::zone;

/// Countries and territories of ISO 3166-1 with somebody to do business with, by their English short name (Unicode CLDR).
const COUNTRIES: &[(&str, &str)] = include!("countries.in");

/// The checked part of an account that people can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Business {
    pub name: String,
    pub time_zone: String,
    pub country: String,
}

/// Checks what was typed about a business; problems with its name are noted for the field `name_field`.
///
/// # Errors
/// [`Refusal::Invalid`] for that field, `time_zone` or `country`.
pub(crate) fn check_business(
    name: &str,
    time_zone: &str,
    country: &str,
    name_field: &str,
) -> Result<Business, Refusal> {
    let mut checks = Checks::default();
    let name = checks.note(name_field, person_name::text(name, ACCOUNT_NAME_MAX_CHARS, true));
    let time_zone = checks.note("time_zone", zone::parse(time_zone));
    let country = checks.note("country", check_country(country));
    let business = match (name, time_zone, country) {
        (Some(name), Some(time_zone), Some(country)) => {
            Some(Business { name, time_zone: time_zone.name().to_owned(), country: country.to_owned() })
        }
        _ => None,
    };
    checks.finish(business)
}

fn check_country(typed: &str) -> Result<&'static str, Problem> {
    match typed.trim() {
        "" => Err(Problem::Required),
        typed => {
            COUNTRIES.iter().map(|(code, _)| *code).find(|code| *code == typed).ok_or(Problem::InvalidChoice)
        }
    }
}

/// The English name of a country by its code (ISO 3166-1 alpha-2).
#[must_use]
pub fn country_name(code: &str) -> Option<&'static str> {
    COUNTRIES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// A stored currency with what its amounts look like.
pub(crate) fn currency(code: String) -> domain::account::Currency {
    let known = Currency::from_code(&code);
    let digits = known.and_then(|currency| currency.exponent()).and_then(|digits| u8::try_from(digits).ok());
    domain::account::Currency { digits: digits.unwrap_or(2), code }
}

/// A currency by its code (ISO 4217), if there is one; metals and codes for tests are none.
pub(crate) fn known_currency(code: &str) -> Option<domain::account::Currency> {
    let known = Currency::from_code(code)?;
    let digits = u8::try_from(known.exponent()?).ok()?;
    Some(domain::account::Currency { code: known.code().to_owned(), digits })
}

/// The code (ISO 4217) of the money people pay with there; US dollars where the list knows none.
pub(super) fn currency_code(country: &str) -> &'static str {
    let of_country = country.parse::<Country>().map(Currency::from_country).unwrap_or_default();
    of_country.into_iter().find(|currency| currency.flags().is_empty()).unwrap_or(Currency::USD).code()
}

/// What sign-up and Business profile offer.
#[must_use]
pub fn place_choices() -> PlaceChoices {
    let time_zones = time_zone_names().iter().map(|name| choice(name, &name.replace('_', " "))).collect();
    let countries = COUNTRIES.iter().map(|(code, name)| choice(code, name)).collect();
    PlaceChoices { time_zones, countries }
}

/// The time zones that people can choose, by their IANA names.
#[must_use]
pub fn time_zone_names() -> Vec<String> {
    let offered = TZ_VARIANTS.into_iter().filter(|time_zone| zone::is_offered(*time_zone));
    offered.map(|time_zone| time_zone.name().to_owned()).collect()
}

fn choice(value: &str, label: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_offered_is_accepted_and_has_money() {
        let offered = place_choices();
        assert!(offered.time_zones.len() > 400 && offered.countries.len() > 240);
        for time_zone in &offered.time_zones {
            assert!(zone::parse(&time_zone.value).is_ok(), "{}", time_zone.value);
        }
        for country in &offered.countries {
            assert!(check_country(&country.value).is_ok(), "{}", country.value);
            assert_eq!(currency_code(&country.value).len(), 3, "{}", country.value);
        }
    }

    #[test]
    fn money_follows_the_country() {
        let cases =
            [("US", "USD"), ("DE", "EUR"), ("JP", "JPY"), ("CH", "CHF"), ("BG", "EUR"), ("GB", "GBP")];
        for (country, currency) in cases {
            assert_eq!(currency_code(country), currency, "{country}");
        }
    }

    #[test]
    fn a_form_hears_of_all_its_fields_at_once() {
        let refusal = check_business("  ", "Mars/Olympus", "us", "business_name").unwrap_err();
        assert_eq!(refusal.problem("business_name"), Some(&Problem::Required));
        assert_eq!(refusal.problem("time_zone"), Some(&Problem::InvalidChoice));
        assert_eq!(refusal.problem("country"), Some(&Problem::InvalidChoice));
    }
}
