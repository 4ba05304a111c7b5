use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::{Problem, identity::check_password_length};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::{Error, Result};

/// Argon2id with 19 MiB, two passes, one lane: the first of the OWASP password storage cheat sheet's equivalent minimums, and
/// the defaults of the argon2 crate. A hash costs about 54 ms of a core, so no more run at once than there are cores.
#[derive(Clone)]
pub(crate) struct PasswordHashing {
    places: Arc<Semaphore>,
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

impl PasswordHashing {
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { places: Arc::new(Semaphore::new(cores)) }
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
            let matches = Argon2::default().verify_password(normalised.as_bytes(), &parsed).is_ok() && is_known;
            let outdated = !stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$");
            Ok(Verified { matches, outdated })
        })
        .await
    }

    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _place = self.places.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}

/// Unicode NFKC (NIST SP 800-63B-4, 3.1.1.2), so that a password typed on another keyboard is the same password.
fn normalise(password: &str) -> String {
    password.nfkc().collect()
}

/// Whether a new password may be used. `about` are words a guesser knows: names, address, brand.
///
/// # Errors
/// Length problems of [`check_password_length`], or [`Problem::CommonPassword`].
pub(crate) fn check_new_password(password: &SecretString, about: &[&str]) -> std::result::Result<(), Problem> {
    let normalised = normalise(password.expose_secret());
    check_password_length(&normalised)?;
    // zxcvbn looks at the first 100 characters; its score 0 or 1 falls to under 10^6 guesses.
    let estimate = zxcvbn::zxcvbn(&normalised, about);
    if estimate.score() <= zxcvbn::Score::One { Err(Problem::CommonPassword) } else { Ok(()) }
}
