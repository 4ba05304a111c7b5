//! Every setting, once: by flag or by environment variable, checked before anything starts.

use std::{net::SocketAddr, path::PathBuf};

use backend::{
    Backend, Clock, Db, Installation, Keys,
    billing::{BillingSettings, Gateway, Stripe, StripeKeys, TestGateway},
    mail::Mailer,
};
use clap::{Args, ValueEnum};
use domain::{
    Email, Slug,
    billing::{Party, TaxRate},
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// What `serve`, `work`, `seed` and `operator` share.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// PostgreSQL, as a login that owns nothing and is a member of the role steward_app. Required.
    /// Example: postgres://steward_web:secret@db.internal/steward
    #[arg(long, env, hide_env_values = true)]
    pub database_url: Option<SecretString>,

    /// Connections to PostgreSQL that this process may open. One of them hears what the database tells.
    #[arg(long, env, default_value_t = 20, value_parser = clap::value_parser!(u32).range(3..=500))]
    pub database_connections: u32,

    /// The address under which browsers reach this installation, for links in mails. Must be https unless it is this machine.
    #[arg(long, env, default_value = "http://127.0.0.1:3000")]
    pub base_url: Url,

    /// At least 32 random characters from which cookies' and links' secrets are derived. The same on every server; changing it
    /// kills all mailed links. Required. Make one with: openssl rand -base64 48
    #[arg(long, env, hide_env_values = true)]
    pub secret_key: Option<SecretString>,

    /// Where mails leave, for example smtps://user:password@mail.example.com or smtp://127.0.0.1:25
    #[arg(long, env, hide_env_values = true)]
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

    /// Your own calendar in which customers book a call, by its public address: `account/calendar`, as its booking page ends. Without
    /// this and without an address elsewhere no such offer is shown.
    #[arg(long, env, value_parser = booking_page)]
    pub book_a_call_calendar: Option<String>,

    /// An address elsewhere to which "Book a call" leads instead.
    #[arg(long, env)]
    pub book_a_call_url: Option<Url>,

    /// Mails with invitations that one account may cause within a day, lists of employees included. Raise it while a large
    /// customer moves in.
    #[arg(long, env, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub invitations_per_day: u32,

    /// Who issues the invoices, as it stands on them. Default: BRAND_NAME.
    #[arg(long, env)]
    pub issuer_name: Option<String>,

    /// The issuer's address, its lines separated by commas: 1 Elm Street, 80202 Denver.
    #[arg(long, env, default_value = "")]
    pub issuer_address: String,

    /// The issuer's country, as ISO 3166 has it: US, DE. It decides whether businesses elsewhere owe the tax themselves.
    #[arg(long, env, default_value = "US", value_parser = country)]
    pub issuer_country: String,

    /// The issuer's tax id.
    #[arg(long, env)]
    pub issuer_tax_id: Option<String>,

    /// Per cent that are added to prices, by the customer's country: DE=19,FR=20,CH=8.1. Nothing is added for the others.
    #[arg(long, env, default_value = "", value_parser = tax_rates)]
    pub tax_rates: TaxRates,

    /// Days of an account's first subscription that are free.
    #[arg(long, env, default_value_t = 14, value_parser = clap::value_parser!(u32).range(0..=730))]
    pub trial_days: u32,

    /// Stripe's secret key. With it cards are entered at Stripe and charged there; without it the built-in test gateway moves no money.
    /// Example: sk_live_…
    #[arg(long, env, hide_env_values = true)]
    pub stripe_secret_key: Option<SecretString>,

    /// The signing secret of the endpoint that Stripe tells: BASE_URL/webhooks/stripe, for the events payment_intent.succeeded,
    /// payment_intent.payment_failed, payment_intent.canceled and checkout.session.completed. Required with STRIPE_SECRET_KEY.
    /// Example: whsec_…
    #[arg(long, env, hide_env_values = true)]
    pub stripe_webhook_secret: Option<SecretString>,

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

/// What `serve` and `work` share, beside [`Settings`].
#[derive(Args, Clone, Debug)]
pub struct MetricsSettings {
    /// The address of this process's Prometheus metrics, and of the health of `work`; never make it public. Without it there are
    /// none. Processes on one machine need one each.
    #[arg(long, env)]
    pub metrics_listen: Option<SocketAddr>,
}

/// What only `serve` needs.
#[derive(Args, Clone, Debug)]
pub struct ServeSettings {
    /// The address to listen on.
    #[arg(long, env, default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// The folder with the built site (style sheet, wasm, fonts).
    #[arg(long, env, default_value = "target/site")]
    pub site_root: PathBuf,

    /// How many reverse proxies stand in front and append to X-Forwarded-For. With 0 the connection's address counts.
    #[arg(long, env, default_value_t = 0)]
    pub trusted_proxies: u8,

    /// Requests a minute that one address may make before it is asked to wait.
    #[arg(long, env, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..))]
    pub requests_per_minute: u32,

    /// Seconds after which a visitor is told that it takes too long, instead of waiting on.
    #[arg(long, env, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub request_seconds: u64,

    /// Serve only; let `server work` do the jobs elsewhere.
    #[arg(long, env, default_value_t = false, num_args = 0..=1, default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    pub no_worker: bool,
}

/// By country.
pub type TaxRates = Vec<(String, TaxRate)>;

fn country(code: &str) -> Result<String, String> {
    let is_code = code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase());
    if is_code {
        Ok(code.to_owned())
    } else {
        Err("it is a country of two capital letters, like US".to_owned())
    }
}

fn tax_rates(text: &str) -> Result<TaxRates, String> {
    let rate = |part: &str| {
        let (code, percent) = part.split_once('=').ok_or("write COUNTRY=PER CENT, like DE=19,FR=20")?;
        let rate = percent.trim().parse().map_err(|_| format!("{percent} is no rate from 0 to 100"))?;
        Ok((country(code.trim())?, rate))
    };
    text.split(',').filter(|part| !part.trim().is_empty()).map(rate).collect()
}

/// The path of the booking page of `account/calendar`.
fn booking_page(calendar: &str) -> Result<String, String> {
    let names = calendar.split_once('/').and_then(|(account, calendar)| {
        let name = |typed| Slug::parse(typed).ok();
        Some((name(account)?, name(calendar)?))
    });
    let (account, calendar) =
        names.ok_or("it is the end of a booking page's address, like acme/discovery-call")?;
    Ok(app::paths::booking(account.as_str(), calendar.as_str()))
}

impl Settings {
    /// Where "Book a call" leads.
    pub fn book_a_call(&self) -> Option<String> {
        let elsewhere = self.book_a_call_url.as_ref().map(ToString::to_string);
        elsewhere.or_else(|| self.book_a_call_calendar.clone())
    }
}

/// A setting that is missing or cannot be right; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(
        "DATABASE_URL is missing. Set it to your PostgreSQL, for example postgres://steward_web:secret@db.internal/steward \
         (docs/deploy.md says how to make that login). To try Steward without one: make run"
    )]
    NoDatabase,
    #[error("DATABASE_OWNER_URL is missing. Set it to your PostgreSQL, as the role that owns the tables")]
    NoOwner,
    #[error(
        "SECRET_KEY is missing. Make one with: openssl rand -base64 48, and keep it the same on every server"
    )]
    NoKey,
    #[error(transparent)]
    Key(#[from] backend::keys::KeyTooShort),
    #[error(
        "BASE_URL is {0}: passwords must not travel unencrypted. Use an https address (http is only for this machine)"
    )]
    InsecureBaseUrl(Url),
    #[error(
        "BASE_URL is {0}: Steward has an address of its own, without a path, query or name behind or before it. Set it to \
         no more than scheme, host and port, for example https://steward.example.com"
    )]
    BaseUrlWithMore(Url),
    #[error(
        "STRIPE_SECRET_KEY is no secret key. Copy it from the page of API keys of Stripe's dashboard: sk_live_… or sk_test_…, or a \
         restricted one, rk_…"
    )]
    StripeKey,
    #[error(
        "STRIPE_WEBHOOK_SECRET is missing, or none. Make an endpoint for BASE_URL/webhooks/stripe in Stripe's dashboard and copy its \
         signing secret: whsec_…"
    )]
    StripeWebhookSecret,
    #[error("Stripe cannot be spoken to: {0}")]
    Stripe(backend::Error),
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
    #[error(
        "RUST_LOG cannot be read: {0}. Name parts of the program and how much they say, for example RUST_LOG=info,backend=debug"
    )]
    LogFilter(String),
    #[error(
        ".env cannot be read: {0}. Write NAME=value, one a line, with quotes around a value that has spaces (see .env.example)"
    )]
    EnvFile(String),
}

impl Settings {
    /// Checks everything that can be checked without the network.
    pub fn backend(&self, clock: Clock) -> Result<Backend, ConfigError> {
        self.check_base_url()?;
        let database_url = self.database_url.as_ref().ok_or(ConfigError::NoDatabase)?;
        let secret_key = self.secret_key.as_ref().ok_or(ConfigError::NoKey)?;
        let keys = Keys::new(secret_key.expose_secret())?;
        let db = Db::open(database_url.expose_secret(), self.database_connections)?;
        let installation = Installation {
            base_url: self.base_url.clone(),
            brand_name: self.brand_name.clone(),
            support_email: email("SUPPORT_EMAIL", &self.support_email)?,
            invitations_per_day: self.invitations_per_day,
        };
        Ok(Backend::new(db, clock, keys, self.mailer()?, installation).billing_as(self.billing()?))
    }

    fn billing(&self) -> Result<BillingSettings, ConfigError> {
        let lines = self.issuer_address.split(',').map(str::trim).filter(|line| !line.is_empty());
        let issuer = Party {
            name: self.issuer_name.clone().unwrap_or_else(|| self.brand_name.clone()),
            address: lines.map(str::to_owned).collect(),
            country: self.issuer_country.clone(),
            country_name: backend::account::country_name(&self.issuer_country)
                .unwrap_or(&self.issuer_country)
                .to_owned(),
            tax_id: self.issuer_tax_id.clone(),
        };
        let (tax_rates, trial_days) = (self.tax_rates.clone(), self.trial_days);
        Ok(BillingSettings { gateway: self.gateway()?, issuer, tax_rates, trial_days })
    }

    fn gateway(&self) -> Result<Gateway, ConfigError> {
        let begins = |secret: &SecretString, with: &[&str]| {
            with.iter().any(|with| secret.expose_secret().starts_with(with))
        };
        let Some(secret) = self.stripe_secret_key.clone() else { return Ok(Gateway::Test(TestGateway)) };
        if !begins(&secret, &["sk_", "rk_"]) {
            return Err(ConfigError::StripeKey);
        }
        let webhook_secret = self.stripe_webhook_secret.clone().filter(|secret| begins(secret, &["whsec_"]));
        let webhook_secret = Some(webhook_secret.ok_or(ConfigError::StripeWebhookSecret)?);
        let stripe = Stripe::new(StripeKeys { secret, webhook_secret });
        Ok(Gateway::Stripe(stripe.map_err(ConfigError::Stripe)?))
    }

    fn check_base_url(&self) -> Result<(), ConfigError> {
        let url = &self.base_url;
        let is_safe = match url.scheme() {
            "https" => true,
            "http" => self.is_on_this_machine(),
            _ => false,
        };
        if !is_safe {
            return Err(ConfigError::InsecureBaseUrl(url.clone()));
        }
        // Pages, cookies and links all begin at the root.
        if url.as_str().trim_end_matches('/') != url.origin().ascii_serialization() {
            return Err(ConfigError::BaseUrlWithMore(url.clone()));
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        serve: ServeSettings,
        #[command(flatten)]
        metrics: MetricsSettings,
    }

    /// What is needed, and `more`, whatever the environment of the tests says.
    fn settings(more: &[&str]) -> Result<Flags, clap::Error> {
        let needed = [
            "server",
            "--database-url=postgres://web@127.0.0.1/none",
            "--secret-key=a secret key of the tests, long enough",
            "--smtp-url=smtp://127.0.0.1:25",
        ];
        let given = |flag: &str| more.iter().any(|other| other.split('=').next() == flag.split('=').next());
        Flags::try_parse_from(needed.into_iter().filter(|flag| !given(flag)).chain(more.iter().copied()))
    }

    #[test]
    fn a_call_is_booked_in_the_operators_own_calendar_unless_elsewhere() {
        let leads_to = |more: &[&str]| settings(more).ok().and_then(|flags| flags.settings.book_a_call());
        let own = "--book-a-call-calendar=acme/discovery-call";
        assert_eq!(leads_to(&[]), None);
        assert_eq!(leads_to(&[own]).as_deref(), Some("/book/acme/discovery-call"));
        let elsewhere = "--book-a-call-url=https://example.com/call";
        assert_eq!(leads_to(&[own, elsewhere]).as_deref(), Some("https://example.com/call"));
        for wrong in ["acme", "acme/", "/call", "Acme/call", "acme/call/more", "https://example.com/call"] {
            assert!(settings(&[&format!("--book-a-call-calendar={wrong}")]).is_err(), "{wrong}");
        }
    }

    fn refusal(flags: &Flags) -> String {
        flags.settings.backend(Clock::system()).err().expect("a refusal").to_string()
    }

    #[tokio::test]
    async fn a_whole_set_starts_and_the_rest_has_defaults() {
        let Flags { settings, serve, metrics } = settings(&[]).unwrap();
        settings.backend(Clock::system()).unwrap();
        assert_eq!((settings.brand_name.as_str(), settings.invitations_per_day), ("Steward", 500));
        assert_eq!((serve.requests_per_minute, metrics.metrics_listen), (600, None));
        assert!(!settings.development && !serve.no_worker && !settings.is_secure());
    }

    #[tokio::test]
    async fn what_is_missing_is_told_with_what_to_do() {
        let mut flags = settings(&[]).unwrap();
        flags.settings.smtp_url = None;
        assert!(refusal(&flags).contains("start with --development"));
        flags.settings.development = true;
        flags.settings.backend(Clock::system()).unwrap();
        flags.settings.secret_key = None;
        assert!(refusal(&flags).starts_with("SECRET_KEY is missing. Make one with: openssl rand"));
        flags.settings.database_url = None;
        assert!(refusal(&flags).starts_with("DATABASE_URL is missing. Set it to your PostgreSQL"));
    }

    #[tokio::test]
    async fn what_cannot_be_right_is_told_before_anything_starts() {
        let cases = [
            ("--base-url=http://steward.example.com", "passwords must not travel unencrypted"),
            ("--base-url=ftp://localhost", "Use an https address"),
            ("--base-url=https://example.com/steward", "no more than scheme, host and port"),
            ("--base-url=https://example.com/?a=b", "no more than scheme, host and port"),
            ("--base-url=https://example.com/#top", "no more than scheme, host and port"),
            ("--base-url=https://olive:secret@example.com", "no more than scheme, host and port"),
            ("--secret-key=short", "at least 32 characters"),
            ("--database-url=nonsense", "DATABASE_URL cannot be read"),
            ("--smtp-url=mail.example.com", "SMTP_URL cannot be read"),
            ("--mail-from=nobody", "MAIL_FROM is not an e-mail address"),
            ("--support-email=nobody", "SUPPORT_EMAIL is not an e-mail address"),
            ("--stripe-secret-key=pk_test_1", "STRIPE_SECRET_KEY is no secret key"),
            ("--stripe-secret-key=sk_test_1", "STRIPE_WEBHOOK_SECRET is missing"),
        ];
        for (flag, told) in cases {
            let said = refusal(&settings(&[flag]).unwrap());
            assert!(said.contains(told), "{flag}: {said}");
        }
        let stripe = ["--stripe-secret-key=sk_test_1", "--stripe-webhook-secret=whsec_1"];
        assert!(settings(&stripe).unwrap().settings.backend(Clock::system()).is_ok());
        assert!(refusal(&settings(&[stripe[0], "--stripe-webhook-secret=1"]).unwrap()).contains("whsec_"));
        for accepted in
            ["https://example.com", "https://example.com:8443/", "http://localhost:3000", "http://[::1]:3000"]
        {
            settings(&[&format!("--base-url={accepted}")])
                .unwrap()
                .settings
                .backend(Clock::system())
                .unwrap();
        }
        for flag in [
            "--database-connections=2",
            "--requests-per-minute=0",
            "--invitations-per-day=0",
            "--base-url=x",
            "--listen=x",
        ] {
            assert!(settings(&[flag]).is_err(), "{flag}");
        }
        println!("{} settings refused with what to do, 5 by their range", cases.len());
    }

    #[test]
    fn secrets_stand_in_no_help_and_no_debug_output() {
        use clap::CommandFactory;
        let help = Flags::command().render_long_help().to_string();
        assert!(help.contains("[env: SECRET_KEY]"), "{help}");
        let flags = settings(&["--secret-key=a secret key of the tests, long enough"]).unwrap();
        assert!(!format!("{:?}", flags.settings).contains("long enough"));
    }

    #[test]
    fn every_setting_stands_in_the_readme_and_in_the_example() {
        use clap::CommandFactory;
        let (readme, example) = (include_str!("../../README.md"), include_str!("../../.env.example"));
        for argument in Flags::command().get_arguments() {
            let Some(name) = argument.get_env().and_then(|name| name.to_str()) else { continue };
            assert!(readme.contains(&format!("`{name}`")), "{name} is not in the README");
            assert!(example.contains(&format!("{name}=")), "{name} is not in .env.example");
        }
    }
}
