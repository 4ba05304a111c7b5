//! Every setting, once: by flag or by environment variable, checked before anything starts.

use std::{net::SocketAddr, path::PathBuf};

use backend::{Backend, Clock, Db, Installation, Keys, mail::Mailer};
use clap::{Args, ValueEnum};
use domain::Email;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// What `serve`, `work`, `seed` and `operator` share.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// PostgreSQL, as a login that owns nothing and is a member of the role steward_app.
    /// Example: postgres://steward_web:secret@db.internal/steward
    #[arg(long, env)]
    pub database_url: SecretString,

    /// Connections to PostgreSQL that this process may open.
    #[arg(long, env, default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=500))]
    pub database_connections: u32,

    /// The address under which browsers reach this installation, for links in mails. Must be https unless it is this machine.
    #[arg(long, env, default_value = "http://127.0.0.1:3000")]
    pub base_url: Url,

    /// At least 32 random characters from which cookies' and links' secrets are derived. The same on every server; changing it
    /// kills all mailed links. Make one with: openssl rand -base64 48
    #[arg(long, env)]
    pub secret_key: SecretString,

    /// Where mails leave, for example smtps://user:password@mail.example.com or smtp://127.0.0.1:25
    #[arg(long, env)]
    pub smtp_url: Option<SecretString>,

    /// The sender's address of all mails. Default: no-reply@ the host of BASE_URL.
    #[arg(long, env)]
    pub mail_from: Option<String>,

    /// The product's name as your customers know it.
    #[arg(long, env, default_value = "Steward")]
    pub brand_name: String,

    /// Where your customers find help.
    #[arg(long, env, default_value = "support@example.com")]
    pub support_email: String,

    /// "Book a call" leads here; without it no such offer is shown.
    #[arg(long, env)]
    pub book_a_call_url: Option<Url>,

    /// Mails with invitations that one account may cause within a day, lists of employees included. Raise it while a large
    /// customer moves in.
    #[arg(long, env, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub invitations_per_day: u32,

    /// A development set-up: the /dev pages exist, and without SMTP_URL mails go to /dev/mailbox. Never in production.
    #[arg(long, env, default_value_t = false, num_args = 0..=1, default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    pub development: bool,

    /// Where a development set-up keeps its mails.
    #[arg(long, env, default_value = ".data/mailbox")]
    pub mailbox_dir: PathBuf,

    #[arg(long, env, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// What only `serve` needs.
#[derive(Args, Clone, Debug)]
pub struct ServeSettings {
    /// The address to listen on.
    #[arg(long, env, default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// The address of the Prometheus metrics; never make it public. Without it there are none.
    #[arg(long, env)]
    pub metrics_listen: Option<SocketAddr>,

    /// The folder with the built site (style sheet, wasm, fonts).
    #[arg(long, env, default_value = "target/site")]
    pub site_root: PathBuf,

    /// How many reverse proxies stand in front and append to X-Forwarded-For. With 0 the connection's address counts.
    #[arg(long, env, default_value_t = 0)]
    pub trusted_proxies: u8,

    /// Requests a minute that one address may make before it is asked to wait.
    #[arg(long, env, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..))]
    pub requests_per_minute: u32,

    /// Serve only; let `server work` do the jobs elsewhere.
    #[arg(long, env, default_value_t = false, num_args = 0..=1, default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    pub no_worker: bool,
}

/// A setting that is missing or cannot be right; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(transparent)]
    Key(#[from] backend::keys::KeyTooShort),
    #[error(
        "BASE_URL is {0}: passwords must not travel unencrypted. Use an https address (http is only for this machine)"
    )]
    InsecureBaseUrl(Url),
    #[error("{0} is not an e-mail address: {1:?}")]
    Email(&'static str, String),
    #[error(
        "SMTP_URL is missing, so no mail could leave. Set it, or start with --development to read mails at /dev/mailbox"
    )]
    NoMail,
    #[error("SMTP_URL cannot be read: {0}")]
    Smtp(backend::Error),
    #[error(transparent)]
    Database(#[from] backend::db::SetUpError),
}

impl Settings {
    /// Checks everything that can be checked without the network.
    pub fn backend(&self, clock: Clock) -> Result<Backend, ConfigError> {
        if self.base_url.scheme() != "https" && !self.is_on_this_machine() {
            return Err(ConfigError::InsecureBaseUrl(self.base_url.clone()));
        }
        let keys = Keys::new(self.secret_key.expose_secret())?;
        let db = Db::open(self.database_url.expose_secret(), self.database_connections)?;
        let installation = Installation {
            base_url: self.base_url.clone(),
            brand_name: self.brand_name.clone(),
            support_email: email("SUPPORT_EMAIL", &self.support_email)?,
            invitations_per_day: self.invitations_per_day,
        };
        Ok(Backend::new(db, clock, keys, self.mailer()?, installation))
    }

    /// Cookies carry `Secure` and the `__Host-` prefix.
    pub fn is_secure(&self) -> bool {
        self.base_url.scheme() == "https"
    }

    fn is_on_this_machine(&self) -> bool {
        matches!(self.base_url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
    }

    fn mailer(&self) -> Result<Mailer, ConfigError> {
        let Some(url) = &self.smtp_url else {
            let folder = Mailer::Folder { path: self.mailbox_dir.clone() };
            return if self.development { Ok(folder) } else { Err(ConfigError::NoMail) };
        };
        let host = self.base_url.host_str().unwrap_or("localhost");
        // A bare host name is no domain for mail; this machine's own mails come from a name that cannot be real.
        let domain = if self.is_on_this_machine() { "steward.invalid" } else { host };
        let from = self.mail_from.clone().unwrap_or_else(|| format!("no-reply@{domain}"));
        let from = email("MAIL_FROM", &from)?;
        Mailer::smtp(url.expose_secret(), from, self.brand_name.clone()).map_err(ConfigError::Smtp)
    }
}

fn email(setting: &'static str, text: &str) -> Result<Email, ConfigError> {
    Email::parse(text).map_err(|_| ConfigError::Email(setting, text.to_owned()))
}
