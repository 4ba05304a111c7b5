//! Secrets: the installation's key, what is derived from it, and random tokens.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Bytes of a random token, a nonce and a derived tag.
pub const TOKEN_BYTES: usize = 32;

/// The installation's secret key. Everything derived names its purpose, so that one tag can never stand in for another.
#[derive(Clone)]
pub struct Keys(Arc<SecretSlice<u8>>);

/// The key is too short to be a secret.
#[derive(Debug, thiserror::Error)]
#[error("SECRET_KEY must be at least 32 characters of random text; make one with: openssl rand -base64 48")]
pub struct KeyTooShort;

impl Keys {
    /// # Errors
    /// [`KeyTooShort`] under 32 bytes.
    pub fn new(secret_key: &str) -> std::result::Result<Self, KeyTooShort> {
        if secret_key.len() < 32 {
            return Err(KeyTooShort);
        }
        Ok(Self(Arc::new(secret_key.as_bytes().to_vec().into())))
    }

    /// HMAC-SHA-256 (RFC 2104) of `parts` under a key of `purpose`'s own. Parts are length-prefixed, so they cannot run together.
    #[must_use]
    pub fn tag(&self, purpose: &str, parts: &[&[u8]]) -> [u8; TOKEN_BYTES] {
        let purpose_key = mac(self.0.expose_secret(), &[purpose.as_bytes()]);
        mac(&purpose_key, parts)
    }

    /// Whether `tag` is [`Self::tag`] of the same things, compared in constant time.
    #[must_use]
    pub fn verify(&self, purpose: &str, parts: &[&[u8]], tag: &[u8]) -> bool {
        self.tag(purpose, parts).ct_eq(tag).into()
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; TOKEN_BYTES] {
    // HMAC takes a key of any length, so the error branch cannot be reached; an unkeyed hash must never stand in for it.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { unreachable!("HMAC takes any key") };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// 32 bytes from the operating system's generator.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place that draws random bytes")]
pub(crate) fn random_bytes() -> [u8; TOKEN_BYTES] {
    rand::random()
}

/// A bearer token: its text goes to one browser, its hash into the database.
pub struct BearerToken {
    pub text: String,
    pub hash: [u8; TOKEN_BYTES],
}

impl BearerToken {
    #[must_use]
    pub fn random() -> Self {
        let text = encode(&random_bytes());
        let hash = Self::hash_of(&text);
        Self { text, hash }
    }

    /// SHA-256 is enough here: 256 random bits cannot be guessed, however fast the hash is.
    #[must_use]
    pub fn hash_of(text: &str) -> [u8; TOKEN_BYTES] {
        sha256(&[text.as_bytes()])
    }
}

pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; TOKEN_BYTES] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()
}
