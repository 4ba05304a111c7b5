//! Browsers that somebody has signed in with before (the device cookie of the OWASP "blocking brute force attacks" design).
//!
//! Wrong passwords from such a browser are counted for it alone, so nobody else's guessing can lock its owner out. The
//! cookie proves nothing else: it never replaces a password. It holds one mark per person, `<random>.<tag>`, the tag being an
//! HMAC over the login and the random part.

use domain::LoginId;

use crate::{
    Keys,
    keys::{decode, encode, random_bytes},
};

const PURPOSE: &str = "known-device";
/// People who share one browser and are all known to it; more fall off its end.
const MOST_MARKS: usize = 4;
/// Longer values are no cookie of ours.
const COOKIE_MAX_BYTES: usize = 1_024;

/// What identifies this browser for `login`: the random part of a genuine mark. None for a browser they never signed in with.
pub(super) fn known_mark(keys: &Keys, cookie: Option<&str>, login: LoginId) -> Option<String> {
    marks(cookie).find(|mark| is_genuine(keys, mark, login)).map(|mark| mark.nonce.to_owned())
}

/// The cookie's next value: a new mark for `login`, and the marks of the others who use this browser.
pub(super) fn remember(keys: &Keys, cookie: Option<&str>, login: LoginId) -> String {
    let nonce = encode(&random_bytes());
    let tag = encode(&keys.tag(PURPOSE, &[login.0.as_bytes(), nonce.as_bytes()]));
    let others = marks(cookie)
        .filter(|mark| !is_genuine(keys, mark, login))
        .map(|mark| format!("{}.{}", mark.nonce, mark.tag));
    std::iter::once(format!("{nonce}.{tag}")).chain(others).take(MOST_MARKS).collect::<Vec<_>>().join("~")
}

struct Mark<'a> {
    nonce: &'a str,
    tag: &'a str,
}

fn marks(cookie: Option<&str>) -> impl Iterator<Item = Mark<'_>> {
    let cookie = cookie.filter(|cookie| cookie.len() <= COOKIE_MAX_BYTES).unwrap_or_default();
    cookie
        .split('~')
        .take(MOST_MARKS)
        .filter_map(|mark| mark.split_once('.'))
        .filter(|(nonce, tag)| {
            [nonce, tag].iter().all(|part| decode(part).is_some_and(|bytes| bytes.len() == 32))
        })
        .map(|(nonce, tag)| Mark { nonce, tag })
}

fn is_genuine(keys: &Keys, mark: &Mark<'_>, login: LoginId) -> bool {
    let tag = decode(mark.tag).unwrap_or_default();
    keys.verify(PURPOSE, &[login.0.as_bytes(), mark.nonce.as_bytes()], &tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn keys() -> Keys {
        Keys::new("a test key that is long enough to be one").unwrap()
    }
    fn login(n: u128) -> LoginId {
        Uuid::from_u128(n).into()
    }

    #[test]
    fn a_browser_is_known_to_those_who_signed_in_with_it_and_to_nobody_else() {
        let keys = keys();
        let olive = remember(&keys, None, login(1));
        let both = remember(&keys, Some(&olive), login(2));
        assert!(known_mark(&keys, Some(&both), login(1)).is_some());
        assert!(known_mark(&keys, Some(&both), login(2)).is_some());
        assert_eq!(known_mark(&keys, Some(&both), login(3)), None);
        assert_eq!(known_mark(&keys, None, login(1)), None);
    }

    #[test]
    fn every_sign_in_renews_the_own_mark_and_the_cookie_does_not_grow() {
        let keys = keys();
        let first = remember(&keys, None, login(1));
        let again = remember(&keys, Some(&first), login(1));
        assert_ne!(first, again);
        assert_eq!(first.len(), again.len());
        let mut crowd = again;
        for n in 2..40 {
            crowd = remember(&keys, Some(&crowd), login(n));
        }
        assert!(crowd.len() < COOKIE_MAX_BYTES / 2, "{}", crowd.len());
        assert_eq!(known_mark(&keys, Some(&crowd), login(1)), None);
        assert!(known_mark(&keys, Some(&crowd), login(39)).is_some());
    }

    #[test]
    fn forged_marks_count_for_nothing() {
        let keys = keys();
        let genuine = remember(&keys, None, login(1));
        let (nonce, tag) = genuine.split_once('.').unwrap();
        let other_keys = Keys::new("another test key that is long enough!").unwrap();
        let forged = [
            String::new(),
            "~~~~".into(),
            ".".into(),
            format!("{tag}.{nonce}"),
            format!("{nonce}.{nonce}"),
            format!("{nonce}."),
            format!("{nonce}.{tag}A"),
            remember(&other_keys, None, login(1)),
            "A".repeat(5_000),
        ];
        for cookie in &forged {
            assert_eq!(known_mark(&keys, Some(cookie), login(1)), None, "{cookie}");
        }
        println!("{} forged device cookies refused", forged.len());
    }
}
