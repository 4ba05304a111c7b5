use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::{Problem, identity::check_password_length};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::{Backend, Error, Result};

/// Argon2id with 19 MiB, two passes, one lane: the first of the OWASP password storage cheat sheet's equivalent minimums, and
/// the defaults of the argon2 crate. A hash costs about 54 ms of a core, so no more run at once than there are cores.
#[derive(Clone)]
pub(crate) struct PasswordHashing {
    places: Arc<Semaphore>,
    count: Arc<AtomicU64>,
}

/// What a verification found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verified {
    pub matches: bool,
    /// The stored hash is weaker than what we would make today.
    pub outdated: bool,
}

/// Verified for unknown logins, so that they cost the same time. Nobody knows a password for it.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c3Rld2FyZC1kdW1teS1zYWx0$CgECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// How a hash of today begins.
const PRESENT_SCHEME: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

impl PasswordHashing {
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { places: Arc::new(Semaphore::new(cores)), count: Arc::default() }
    }

    /// The PHC string to store.
    pub(crate) async fn hash(&self, password: SecretString) -> Result<String> {
        self.on_a_core(move || {
            let normalised = normalise(password.expose_secret());
            Ok(Argon2::default().hash_password(normalised.as_bytes()).map_err(Error::internal)?.to_string())
        })
        .await
    }

    /// Compares with a stored hash; without one it does the same work and says no.
    pub(crate) async fn verify(&self, password: SecretString, stored: Option<String>) -> Result<Verified> {
        self.on_a_core(move || {
            let is_known = stored.is_some();
            let stored = stored.unwrap_or_else(|| DUMMY_HASH.to_owned());
            let parsed = PasswordHash::new(&stored).map_err(Error::internal)?;
            let normalised = normalise(password.expose_secret());
            let matches =
                Argon2::default().verify_password(normalised.as_bytes(), &parsed).is_ok() && is_known;
            Ok(Verified { matches, outdated: !stored.starts_with(PRESENT_SCHEME) })
        })
        .await
    }

    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _place = self.places.acquire().await.map_err(Error::internal)?;
        self.count.fetch_add(1, Ordering::Relaxed);
        metrics::counter!("steward_password_hashes_total").increment(1);
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}

/// How many passwords this process has hashed or verified since it started: what guessing costs us.
#[must_use]
pub fn passwords_hashed(backend: &Backend) -> u64 {
    backend.passwords.count.load(Ordering::Relaxed)
}

/// Unicode NFKC (NIST SP 800-63B-4, 3.1.1.2), so that a password typed on another keyboard is the same password.
fn normalise(password: &str) -> String {
    password.nfkc().collect()
}

/// Whether two typed passwords are one.
pub(super) fn is_same(one: &SecretString, other: &SecretString) -> bool {
    normalise(one.expose_secret()) == normalise(other.expose_secret())
}

/// Whether a new password may be used. `about` are words a guesser knows: names, address, brand.
///
/// # Errors
/// Length problems of [`check_password_length`], or [`Problem::CommonPassword`].
pub(crate) fn check_new_password(
    password: &SecretString,
    about: &[&str],
) -> std::result::Result<(), Problem> {
    let normalised = normalise(password.expose_secret());
    check_password_length(&normalised)?;
    let mut words: Vec<String> = about.iter().flat_map(|text| known_words(text)).collect();
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    let own_part = words.iter().fold(normalised.to_lowercase(), |rest, word| rest.replace(word, ""));
    // zxcvbn looks at the first 100 characters. Its scores 0 to 2 fall to under 10^8 guesses; among passwords this long those
    // are well-known ones, keyboard walks, repetitions, and small variations of them.
    let is_guessable = own_part.chars().count() < OWN_CHARS
        || zxcvbn::zxcvbn(&normalised, &[]).score() <= zxcvbn::Score::Two;
    if is_guessable { Err(Problem::CommonPassword) } else { Ok(()) }
}

/// Characters that a password needs beside the words that everybody knows about its owner.
const OWN_CHARS: usize = 8;

/// A text that a guesser knows, and its parts: the parts of an address, the words of a name. All in lower case.
fn known_words(text: &str) -> impl Iterator<Item = String> {
    // Nothing that is accepted as a name or an address is longer; what is, is refused elsewhere and not worth the work.
    let text: String = normalise(&text.chars().take(300).collect::<String>()).to_lowercase();
    let parts: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    std::iter::once(text).chain(parts).filter(|word| word.chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        text.to_owned().into()
    }

    const ABOUT: [&str; 5] = ["Olive", "Owner", "olive.owner@example.com", "Acme Plumbing", "Steward"];

    #[test]
    fn new_passwords_by_a_table() {
        let short = Err(Problem::TooShort { min_chars: 12 });
        let long = Err(Problem::TooLong { max_chars: 128 });
        let common = Err(Problem::CommonPassword);
        let varied: String = ('!'..='~').cycle().step_by(7).take(128).collect();
        let cases: Vec<(String, _)> = vec![
            (String::new(), Err(Problem::Required)),
            ("x7#Kq!".into(), short.clone()),
            ("kj4#9mQz!vB".into(), short.clone()),
            ("kj4#9mQz!vBt".into(), Ok(())),
            ("correct horse battery staple".into(), Ok(())),
            ("drei Äpfel und zwölf Möwen".into(), Ok(())),
            ("十二文字の長い合言葉です".into(), Ok(())),
            ("👩‍🚀🦀🌋🎷🧊🪁🐝👩‍🚀".into(), Ok(())),
            ("   spaces   count   ".into(), Ok(())),
            (varied.clone(), Ok(())),
            (format!("{varied}x"), long.clone()),
            ("x".repeat(5_000), long),
            // Characters are counted after NFKC: five that become sixteen, and 22 that become eleven.
            ("㎯㏒㏑㎧㎏".into(), Ok(())),
            ("e\u{301}".repeat(11), short),
            ("password1234".into(), common.clone()),
            ("Password12345!".into(), common.clone()),
            ("passwordpassword".into(), common.clone()),
            ("ｐａｓｓｗｏｒｄ１２３４".into(), common.clone()),
            ("123456789012".into(), common.clone()),
            ("aaaaaaaaaaaaaaaaaaaa".into(), common.clone()),
            ("abcdefghijkl".into(), common.clone()),
            ("qwertyuiop[]".into(), common.clone()),
            ("qwertyuiopasdfgh".into(), common.clone()),
            ("iloveyouiloveyou".into(), common.clone()),
            ("letmeinletmein".into(), common.clone()),
            ("olive.owner@example.com".into(), common.clone()),
            ("OliveOwnerOlive".into(), common.clone()),
            ("Steward12345".into(), common.clone()),
            ("plumbing2026".into(), common.clone()),
            ("ＯＬＩＶＥkj4#9mQ".into(), common),
            ("ＯＬＩＶＥ~kj4#9mQ".into(), Ok(())),
        ];
        for (password, expected) in &cases {
            assert_eq!(&check_new_password(&secret(password), &ABOUT), expected, "{password:?}");
        }
        println!("{} new passwords checked", cases.len());
    }

    #[tokio::test]
    async fn hashes_are_salted_normalised_and_never_of_a_part() {
        let hashing = PasswordHashing::new();
        let composed = "caf\u{e9} au lait ﬁve";
        let decomposed = "cafe\u{301} au lait five";
        let hash = hashing.hash(secret(composed)).await.unwrap();
        assert!(hash.starts_with(PRESENT_SCHEME), "{hash}");
        assert_ne!(hash, hashing.hash(secret(composed)).await.unwrap(), "a salt of its own");
        let same = hashing.verify(secret(decomposed), Some(hash.clone())).await.unwrap();
        assert_eq!(same, Verified { matches: true, outdated: false });
        // The last of 128 characters counts, and so do blanks, case and what follows a NUL.
        let longest = "ab".repeat(64);
        let others = [format!("{}a", &longest[..127]), format!("{longest}b"), longest[..127].to_owned()];
        let hash = hashing.hash(secret(&longest)).await.unwrap();
        for other in &others {
            assert!(!hashing.verify(secret(other), Some(hash.clone())).await.unwrap().matches, "{other}");
        }
        let hash = hashing.hash(secret("a secret\0with a NUL ")).await.unwrap();
        for other in ["a secret", "a secret\0with a NUL", "A secret\0with a NUL "] {
            assert!(!hashing.verify(secret(other), Some(hash.clone())).await.unwrap().matches, "{other}");
        }
        println!("{} near misses refused", others.len() + 3);
    }

    #[tokio::test]
    async fn the_dummy_hash_costs_a_real_verification_and_matches_nothing() {
        let hashing = PasswordHashing::new();
        for password in ["", "password1234", "correct horse battery staple"] {
            let verified = hashing.verify(secret(password), None).await.unwrap();
            assert_eq!(verified, Verified { matches: false, outdated: false });
        }
        assert_eq!(hashing.count.load(Ordering::Relaxed), 3);
        assert!(DUMMY_HASH.starts_with(PRESENT_SCHEME));
    }
}
