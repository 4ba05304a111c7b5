use chrono::{DateTime, Duration, Utc};
use domain::{InvitationId, LoginId, MemberId, PersonName, Role, staff::MemberState};

use super::cast::ACCOUNT_AGE_DAYS;
use crate::{id, keys};

const FIRST_NAMES: [&str; 40] = [
    "Ada", "Bram", "Cleo", "Dario", "Esme", "Finn", "Greta", "Hugo", "Iris", "Jonas", "Kaya", "Leon", "Mira",
    "Nils", "Oona", "Pablo", "Quinn", "Rosa", "Silas", "Tilda", "Umar", "Vera", "Wanda", "Xenia", "Yusuf",
    "Zoë", "Anouk", "Björn", "Chiara", "Dmitri", "Eun-ji", "Farid", "Gwen", "Hana", "Idris", "Jürgen",
    "Kofi", "Lucía", "Márton", "Noor",
];
const LAST_NAMES: [&str; 37] = [
    "Ashdown",
    "Birkenfeld",
    "Castellane",
    "Drummond",
    "Eastlake",
    "Fairweather",
    "Grünwald",
    "Hollister",
    "Ivarsson",
    "Jankovic",
    "Kestrel",
    "Lindqvist",
    "Marchetti",
    "Nakamura",
    "O’Hara",
    "Pemberton",
    "Quillon",
    "Rosenthal",
    "Sandoval",
    "Thistlewood",
    "Underhill",
    "Vandermeer",
    "Whitlock",
    "Xu",
    "Yarrow",
    "Zielinski",
    "Abara",
    "Brontë",
    "Calloway",
    "D’Souza",
    "Engström",
    "Fontaine",
    "Gallagher",
    "Hartmann",
    "Ishikawa",
    "Jovanović",
    "Kowalczyk",
];
/// How often people look in: some today, some rarely, some never again.
const ACTIVE_MINUTES_AGO: [Option<i64>; 9] =
    [Some(4), Some(37), Some(190), Some(1_500), Some(2_950), Some(7_200), Some(20_160), Some(51_840), None];

/// Somebody who belongs to the account and whom nobody signs in as.
pub(super) struct Staff {
    pub login_id: LoginId,
    pub member_id: MemberId,
    pub name: PersonName,
    pub email: String,
    pub phone: Option<String>,
    pub role: Role,
    pub state: MemberState,
    pub joined_at: DateTime<Utc>,
    pub last_active_at: Option<DateTime<Utc>>,
}

pub(super) struct Invited {
    pub id: InvitationId,
    pub name: PersonName,
    pub email: String,
    pub role: Role,
    pub nonce: [u8; keys::TOKEN_BYTES],
    pub invited_at: DateTime<Utc>,
    pub plight: Plight,
}

/// What became of an invitation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Plight {
    /// Sent, and still good.
    Open,
    /// Its link has died.
    Expired,
    /// Its link has died, and the person asked for a new one.
    AskedAgain,
    /// The mail was refused.
    NotDelivered,
    Revoked,
}

/// Member number `number` of account `account`, always the same.
pub(super) fn staff(account: u32, count: u32, now: DateTime<Utc>) -> Vec<Staff> {
    let member = |number: u32| {
        let name = name(number);
        // Numbers have no common rhythm, so that columns do not look like a pattern.
        let n = usize::try_from(number).unwrap_or(0);
        let joined_at =
            now - Duration::minutes(ACCOUNT_AGE_DAYS * 1_440 - 600 - i64::from(number * 7_919 % 120_000));
        let last_active =
            ACTIVE_MINUTES_AGO[n * 5 % ACTIVE_MINUTES_AGO.len()].map(|ago| now - Duration::minutes(ago));
        Staff {
            login_id: id::new(joined_at),
            member_id: id::new(joined_at),
            email: email(&name, account, number, "example.com"),
            phone: (!number.is_multiple_of(3)).then(|| format!("+1303555{:04}", 105 + number % 95)),
            role: if number % 29 == 11 { Role::Admin } else { Role::User },
            state: if number % 13 == 7 { MemberState::Deactivated } else { MemberState::Active },
            joined_at,
            last_active_at: last_active.filter(|at| *at > joined_at),
            name,
        }
    };
    (0..count).map(member).collect()
}

/// Invitation number `number` of account `account`; half of them wait, the others show what can happen.
pub(super) fn invited(account: u32, count: u32, now: DateTime<Utc>) -> Vec<Invited> {
    const PLIGHTS: [Plight; 8] = [
        Plight::Open,
        Plight::AskedAgain,
        Plight::Open,
        Plight::NotDelivered,
        Plight::Expired,
        Plight::Open,
        Plight::Revoked,
        Plight::Open,
    ];
    let invitation = |number: u32| {
        let plight = PLIGHTS[usize::try_from(number).unwrap_or(0) % PLIGHTS.len()];
        let hours_ago = match plight {
            Plight::Expired | Plight::AskedAgain => 190 + number % 200,
            _ => 2 + number * 31 % 150,
        };
        let invited_at = now - Duration::hours(hours_ago.into());
        let name = name(number * 3 + 1_000_003);
        Invited {
            id: id::new(invited_at),
            email: email(&name, account, number, "invited.example.com"),
            role: Role::User,
            nonce: keys::random_bytes(),
            invited_at,
            plight,
            name,
        }
    };
    (0..count).map(invitation).collect()
}

pub(super) fn name(number: u32) -> PersonName {
    // 40 and 37 have no common factor: 1,480 people before a name comes again.
    let pick = |names: &[&str], step: usize| {
        let number = usize::try_from(number).unwrap_or(0);
        names[number * step % names.len()].to_owned()
    };
    PersonName { first: pick(&FIRST_NAMES, 7), last: pick(&LAST_NAMES, 5) }
}

/// In plain ASCII; the number makes it unique where a name comes again, the account across accounts.
fn email(name: &PersonName, account: u32, number: u32, domain: &str) -> String {
    let (first, last) = (ascii(&name.first), ascii(&name.last));
    match (account, number) {
        (0, number) if number < 1_000 => format!("{first}.{last}@{domain}"),
        _ => format!("{first}.{last}.{}.{number}@{domain}", account + 1),
    }
}

/// The account's number makes it unique, and no employee's address is like it.
pub(super) fn founder_email(name: &PersonName, account: u32) -> String {
    format!("{}.{}.{}@example.com", ascii(&name.first), ascii(&name.last), account + 1)
}

/// The letters without their accents.
fn ascii(text: &str) -> String {
    text.to_lowercase().chars().fold(String::new(), |mut plain, letter| {
        match letter {
            'a'..='z' => plain.push(letter),
            'á' => plain.push('a'),
            'ć' => plain.push('c'),
            'é' | 'ë' => plain.push('e'),
            'í' => plain.push('i'),
            'ö' => plain.push('o'),
            'ü' => plain.push('u'),
            _ => {}
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_every_letter_of_the_name() {
        assert_eq!(ascii("Björn"), "bjorn");
        assert_eq!(ascii("D’Souza"), "dsouza");
        for name in FIRST_NAMES.iter().chain(&LAST_NAMES) {
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            assert!(ascii(name).len() >= letters, "{name} became {}", ascii(name));
        }
    }
}
