//! What Stripe tells by itself. <https://docs.stripe.com/webhooks#verify-manually>

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use domain::Refusal;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

use super::{Stripe, client::Name};
use crate::{
    Result,
    billing::gateway::{Notice, NoticeAbout},
};

/// How old a notice may be, and how far our clocks may be apart: whoever has listened cannot send it again for ever.
const TOLERANCE: Duration = Duration::minutes(5);

#[derive(Deserialize)]
struct Told {
    id: Name,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

/// Of all kinds of things.
#[derive(Deserialize)]
struct Object {
    id: Option<String>,
    metadata: Option<HashMap<String, String>>,
}

impl Object {
    /// What Steward wrote on it.
    fn known(&self, name: &str) -> Option<&str> {
        self.metadata.as_ref()?.get(name).map(String::as_str)
    }

    fn visit(&self) -> Option<NoticeAbout> {
        let account = self.known("account")?.parse().ok()?;
        Some(NoticeAbout::Visit { account, reference: self.id.clone()? })
    }
}

impl Stripe {
    /// None for what Stripe has signed and we cannot read.
    ///
    /// # Errors
    /// [`Refusal::LinkNotValid`] when it is not signed by Stripe, or was too long ago; also without a secret to check it by.
    pub fn notice(&self, signature_header: &str, body: &[u8], now: DateTime<Utc>) -> Result<Option<Notice>> {
        let secret = self.0.webhook_secret.as_ref().ok_or(Refusal::LinkNotValid)?;
        if !is_signed(secret, signature_header, body, now) {
            return Err(Refusal::LinkNotValid.into());
        }
        let Ok(told) = serde_json::from_slice::<Told>(body) else {
            tracing::error!("a notice of Stripe's cannot be read");
            return Ok(None);
        };
        let object = told.data.object;
        let about = match told.kind.as_str() {
            "payment_intent.succeeded" | "payment_intent.payment_failed" | "payment_intent.canceled" => {
                object.known("key").map(|key| NoticeAbout::Charge { key: key.to_owned() })
            }
            "checkout.session.completed" => object.visit(),
            _ => None,
        };
        Ok(Some(Notice { id: told.id.into_string(), about: about.unwrap_or(NoticeAbout::Other) }))
    }
}

/// `t=1492774577,v1=5257a8…,v1=6ffbb5…`: while a secret is being replaced there are two.
fn is_signed(secret: &SecretString, header: &str, body: &[u8], now: DateTime<Utc>) -> bool {
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let mut times = parts().filter(|(name, _)| *name == "t").map(|(_, time)| time);
    let (Some(time), None) = (times.next(), times.next()) else { return false };
    let at = time.parse().ok().and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0));
    if at.is_none_or(|at| (now - at).abs() > TOLERANCE) {
        return false;
    }
    let Some(expected) = signature(secret, time, body) else { return false };
    let signatures = parts().filter(|(name, _)| *name == "v1").map(|(_, signature)| signature);
    // Each is compared, and none tells by the time it takes how much of it was right.
    signatures.fold(Choice::from(0), |any, given| any | given.as_bytes().ct_eq(expected.as_bytes())).into()
}

fn signature(secret: &SecretString, time: &str, body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect())
}
