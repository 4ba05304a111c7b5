use domain::{PersonName, Role};

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

/// The first two accounts are the same in every seed; the others are numbered.
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
        _ => Casting {
            business: business(&format!("Example Business {}", index + 1), "Europe/London", "GB"),
            personas: vec![persona(
                "Fay",
                "Founder",
                &format!("founder.{}@example.com", index + 1),
                None,
                Role::Admin,
                ACCOUNT_AGE_DAYS,
            )],
        },
    }
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
