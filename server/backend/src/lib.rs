//! Every effect of Steward: PostgreSQL, mail, jobs. A change of state is one use-case function here, and web pages, REST
//! handlers, jobs and the operator's commands all call that same function.

pub mod access;
pub mod account;
pub mod activity;
pub mod billing;
pub mod calendars;
pub mod clock;
pub mod db;
pub mod error;
mod id;
pub mod identity;
pub mod jobs;
pub mod keys;
pub mod live;
pub mod mail;
mod mailed_link;
pub mod operator;
pub mod permissions;
pub mod pipelines;
mod search;
pub mod seed;
pub mod staff;
mod stored;
mod throttle;

use std::sync::Arc;

pub use access::{Access, Actor, Client, Signed, network_of};
pub use clock::Clock;
pub use db::Db;
pub use error::{Error, Result};
use identity::PasswordHashing;
pub use keys::Keys;
pub use live::Live;
use mail::Mailer;
use url::Url;

/// What every use case needs; cheap to clone.
#[derive(Clone)]
pub struct Backend {
    pub db: Db,
    pub clock: Clock,
    pub keys: Keys,
    pub mailer: Mailer,
    pub live: Live,
    /// What was used lately, on its way to the database.
    pub uses: permissions::Uses,
    pub installation: Arc<Installation>,
    pub billing: Arc<billing::BillingSettings>,
    pub(crate) passwords: PasswordHashing,
}

/// How the operator presents this installation.
#[derive(Clone, Debug)]
pub struct Installation {
    /// The address under which browsers reach it; mailed links start with it.
    pub base_url: Url,
    /// The product's name as customers know it.
    pub brand_name: String,
    pub support_email: domain::Email,
    /// Mails with invitations that one account may cause within a day.
    pub invitations_per_day: u32,
}

impl Backend {
    #[must_use]
    pub fn new(db: Db, clock: Clock, keys: Keys, mailer: Mailer, installation: Installation) -> Self {
        let passwords = PasswordHashing::new();
        let installation = Arc::new(installation);
        let (live, uses) = (Live::default(), permissions::Uses::default());
        let billing = Arc::default();
        Self { db, clock, keys, mailer, live, uses, installation, billing, passwords }
    }

    /// The same, billing as the operator set it up.
    #[must_use]
    pub fn billing_as(self, settings: billing::BillingSettings) -> Self {
        Self { billing: Arc::new(settings), ..self }
    }

    /// An absolute address for a mail; `path` starts with a slash.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.installation.base_url.as_str().trim_end_matches('/'))
    }
}
