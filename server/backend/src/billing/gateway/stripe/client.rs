//! One question to Stripe and its answer: who asks, how long it may take, and what can be believed.

use std::{sync::Arc, time::Duration};

use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use url::{Host, Url};

use crate::{Error, Result};

/// What answers look like is decided here, and not by what the account at Stripe is set to.
const VERSION: &str = "2025-12-15.clover";
/// A hundred PaymentIntents take half a megabyte.
const LARGEST_ANSWER: usize = 4 << 20;
/// Of a hundred things each.
const MOST_PAGES: u32 = 100;

pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
}

/// Why there is no good answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// Stripe understood, and will not.
    Refused(StatusCode, Box<Complaint>),
    /// Nothing came back, or nothing that tells what happened.
    Silence,
}

/// What Stripe says is wrong. Nothing else of its texts goes into the log or the database.
#[derive(Debug, Deserialize)]
pub(super) struct Complaint {
    #[serde(default, rename = "type")]
    pub kind: String,
    #[serde(default, deserialize_with = "word")]
    pub code: Option<String>,
    #[serde(default, deserialize_with = "word")]
    pub decline_code: Option<String>,
    #[serde(default, deserialize_with = "word")]
    pub advice_code: Option<String>,
    pub payment_intent: Option<Named>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub id: Name,
}

#[derive(Deserialize)]
struct Complained {
    error: Complaint,
}

/// What Stripe calls a thing, "pi_3Q…".
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub(super) struct Name(String);

#[derive(Debug, thiserror::Error)]
#[error("this is no name")]
pub(super) struct Odd;

impl TryFrom<String> for Name {
    type Error = Odd;
    fn try_from(text: String) -> Result<Self, Odd> {
        let fits = (1..=255).contains(&text.len());
        if fits && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            Ok(Self(text))
        } else {
            Err(Odd)
        }
    }
}

/// A code of Stripe's, "lost_card". What does not look like one is left out: that there was one decides nothing.
fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let is_word = |text: &String| {
        (1..=60).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    };
    Ok(Option::<String>::deserialize(from)?.filter(is_word))
}

impl Name {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn into_string(self) -> String {
        self.0
    }
}

/// What a list of Stripe's can hold.
pub(super) trait Listed: DeserializeOwned {
    fn name(&self) -> &Name;
}

#[derive(Deserialize)]
struct Page<T> {
    object: String,
    data: Vec<T>,
    has_more: bool,
}

impl Client {
    pub fn new(secret: &SecretString, base: Url, time_out: Duration) -> Result<Self> {
        if !may_hear_secrets(&base) {
            return Err(Error::internal("the address of Stripe has to begin with https://"));
        }
        let bearer = HeaderValue::try_from(format!("Bearer {}", secret.expose_secret()));
        // The cause is left out: it would be about the key.
        let mut bearer = bearer.map_err(|_| Error::internal("the secret key of Stripe is not one"))?;
        bearer.set_sensitive(true);
        let version = HeaderName::from_static("stripe-version");
        let headers =
            HeaderMap::from_iter([(AUTHORIZATION, bearer), (version, HeaderValue::from_static(VERSION))]);
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .default_headers(headers)
            .user_agent(concat!("Steward/", env!("CARGO_PKG_VERSION")))
            // What answers is Stripe, and what is sent twice is sent twice by us.
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .timeout(time_out)
            .build()
            .map_err(Error::internal)?;
        Ok(Self { http, base })
    }

    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, Failure> {
        let mut address = self.address(path)?;
        if !query.is_empty() {
            address.query_pairs_mut().extend_pairs(query);
        }
        ask(self.http.get(address)).await
    }

    /// `key` makes sending it again harmless.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        key: Option<&str>,
        form: &[(&str, &str)],
    ) -> Result<T, Failure> {
        let mut request = self.http.request(Method::POST, self.address(path)?).form(form);
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        ask(request).await
    }

    /// The first of a list that is wanted; none only when the whole list was read.
    pub async fn find<T: Listed>(
        &self,
        list: &str,
        of: (&str, &str),
        is_wanted: impl Fn(&T) -> bool,
    ) -> Result<Option<T>, Failure> {
        let mut after: Option<Name> = None;
        for _ in 0..MOST_PAGES {
            let mut query = vec![of, ("limit", "100")];
            if let Some(after) = &after {
                query.push(("starting_after", after.as_str()));
            }
            let page: Page<T> = self.get(&[list], &query).await?;
            if page.object != "list" {
                return Err(Failure::Silence);
            }
            let last = page.data.last().map(|last| last.name().clone());
            if let Some(found) = page.data.into_iter().find(&is_wanted) {
                return Ok(Some(found));
            }
            if !page.has_more {
                return Ok(None);
            }
            // A page of nothing that goes on would go on for ever.
            after = Some(last.ok_or(Failure::Silence)?);
        }
        tracing::error!(list, "a list of Stripe's is too long to be read");
        Err(Failure::Silence)
    }

    fn address(&self, path: &[&str]) -> Result<Url, Failure> {
        let mut address = self.base.clone();
        address.path_segments_mut().map_err(|()| Failure::Silence)?.pop_if_empty().push("v1").extend(path);
        Ok(address)
    }
}

/// Only a double of Stripe on this very machine is spoken to in the clear.
fn may_hear_secrets(base: &Url) -> bool {
    let is_here = match base.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    base.scheme() == "https" || (base.scheme() == "http" && is_here)
}

/// Ring, and the roots that come along: the same on every machine, and without what a process has installed for others.
fn tls() -> Result<ClientConfig> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

async fn ask<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Failure> {
    let mut answer = request.send().await.map_err(nothing_came)?;
    let status = answer.status();
    let request_id = answer.headers().get("request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let request_id = request_id.and_then(|id| Name::try_from(id).ok());
    let body = read(&mut answer).await?;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|_| {
            tracing::error!(?request_id, "an answer of Stripe's cannot be read");
            Failure::Silence
        });
    }
    let complaint = serde_json::from_slice::<Complained>(&body).ok().map(|complained| complained.error);
    let code = complaint.as_ref().and_then(|complaint| complaint.code.clone());
    match (status, complaint) {
        // Another of the same key is under way, or there are too many: perhaps later.
        (StatusCode::CONFLICT | StatusCode::TOO_MANY_REQUESTS, _) => {
            tracing::warn!(%status, ?code, ?request_id, "Stripe asks to come back later");
            Err(Failure::Silence)
        }
        (_, Some(complaint)) if status.is_client_error() => {
            if status != StatusCode::PAYMENT_REQUIRED {
                tracing::error!(%status, ?code, ?request_id, "Stripe refuses what it was asked");
            }
            Err(Failure::Refused(status, Box::new(complaint)))
        }
        _ => {
            tracing::warn!(%status, ?request_id, "Stripe has no answer");
            Err(Failure::Silence)
        }
    }
}

async fn read(answer: &mut Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(nothing_came)? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            tracing::error!("an answer of Stripe's does not end");
            return Err(Failure::Silence);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn nothing_came(error: reqwest::Error) -> Failure {
    let is_late = error.is_timeout();
    tracing::warn!(error = %error.without_url(), is_late, "Stripe could not be reached");
    Failure::Silence
}
