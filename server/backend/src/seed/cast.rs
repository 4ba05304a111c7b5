use domain::{PersonName, Role};

use super::people;
use crate::account::Business;

/// How long ago every account of the seed was founded.
pub(super) const ACCOUNT_AGE_DAYS: i64 = 92;

/// One account and those of its people who sign in, the founder first.
pub(super) struct Casting {
    pub business: Business,
    pub personas: Vec<Persona>,
}

/// Somebody who signs in.
pub(super) struct Persona {
    pub name: PersonName,
    pub email: String,
    pub phone: Option<&'static str>,
    pub role: Role,
    pub joined_days_ago: i64,
}

/// The first two accounts are written out; the others are made of lists.
pub(super) fn account(index: u32) -> Casting {
    match index {
        0 => Casting {
            business: business("Northwind Studio", "America/Denver", "US"),
            personas: vec![
                persona(
                    "Olive",
                    "Ostrander",
                    "olive@example.com",
                    Some("+13035550101"),
                    Role::Admin,
                    ACCOUNT_AGE_DAYS,
                ),
                persona("Max", "Mulder", "max@example.com", Some("+13035550102"), Role::User, 80),
                persona("Uma", "Usher", "uma@example.com", None, Role::User, 61),
                persona("Nia", "Novak", "nia@example.com", Some("+13035550104"), Role::User, 47),
            ],
        },
        1 => Casting {
            business: business("Otto & Co", "Europe/Berlin", "DE"),
            personas: vec![
                persona(
                    "Otto",
                    "Olsen",
                    "otto@example.com",
                    Some("+4930123456"),
                    Role::Admin,
                    ACCOUNT_AGE_DAYS,
                ),
                // Works for two businesses, so that there is something to switch between.
                persona("Nia", "Novak", "nia@example.com", None, Role::User, 30),
            ],
        },
        _ => numbered(index),
    }
}

const BUSINESSES: [&str; 17] = [
    "Alder",
    "Bluebird",
    "Cobalt",
    "Driftwood",
    "Ember",
    "Foxglove",
    "Granite",
    "Hawthorn",
    "Indigo",
    "Juniper",
    "Kingfisher",
    "Larkspur",
    "Meridian",
    "Nettle",
    "Orchard",
    "Pebble",
    "Quayside",
];
const TRADES: [&str; 13] = [
    "Dental",
    "Coaching",
    "Roofing",
    "Legal",
    "Fitness",
    "Realty",
    "Catering",
    "Landscapes",
    "Interiors",
    "Physiotherapy",
    "Academy",
    "Motors",
    "Films",
];
const PLACES: [(&str, &str); 7] = [
    ("Europe/London", "GB"),
    ("America/Chicago", "US"),
    ("Europe/Paris", "FR"),
    ("Australia/Sydney", "AU"),
    ("America/Toronto", "CA"),
    ("Europe/Vienna", "AT"),
    ("Asia/Singapore", "SG"),
];

/// A business and its founder that differ from their neighbours'; always the same for a number.
fn numbered(index: u32) -> Casting {
    let n = usize::try_from(index).unwrap_or(0);
    let (time_zone, country) = PLACES[n % PLACES.len()];
    // 17 and 13 have no common factor: 221 businesses before a name comes again.
    let name = format!("{} {}", BUSINESSES[n % BUSINESSES.len()], TRADES[n % TRADES.len()]);
    let founder = people::name(index.wrapping_mul(11).wrapping_add(500));
    let email = people::founder_email(&founder, index);
    let founder =
        Persona { name: founder, email, phone: None, role: Role::Admin, joined_days_ago: ACCOUNT_AGE_DAYS };
    Casting { business: business(&name, time_zone, country), personas: vec![founder] }
}

fn business(name: &str, time_zone: &str, country: &str) -> Business {
    Business { name: name.to_owned(), time_zone: time_zone.to_owned(), country: country.to_owned() }
}

fn persona(
    first: &str,
    last: &str,
    email: &str,
    phone: Option<&'static str>,
    role: Role,
    joined_days_ago: i64,
) -> Persona {
    let name = PersonName { first: first.to_owned(), last: last.to_owned() };
    Persona { name, email: email.to_owned(), phone, role, joined_days_ago }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn neighbouring_accounts_differ_and_no_two_founders_share_an_address() {
        let all: Vec<_> = (0..200).map(account).collect();
        let businesses: BTreeSet<_> = all.iter().map(|casting| casting.business.name.as_str()).collect();
        assert_eq!(businesses.len(), all.len());
        let founders: BTreeSet<_> = all.iter().map(|casting| casting.personas[0].email.as_str()).collect();
        assert_eq!(founders.len(), all.len());
        let names: BTreeSet<_> = all.iter().map(|casting| casting.personas[0].name.full()).collect();
        assert!(names.len() > 190, "{}", names.len());
        assert_eq!(account(7).personas[0].email, account(7).personas[0].email);
    }
}
