//! The subcommands.

use std::{error::Error, io::Write};

use axum::Router;
use backend::{
    Backend, Clock,
    billing::{self, OfferedPlan},
    calendars::booking,
    db, operator, permissions,
    seed::{SeedPlan, seed},
};
use clap::{Args, Parser, Subcommand};
use domain::{AccountId, JobId, Slug, billing::Limits, calendars::OfferAsked};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tokio::sync::watch;

use crate::{
    config::{ConfigError, MetricsSettings, ServeSettings, Settings},
    health, logging, router,
    site::{self, Site},
};

type Outcome = Result<(), Box<dyn Error>>;

const LOG_HELP: &str = "RUST_LOG says what is logged, by part of the program: RUST_LOG=info,backend=debug. \
                        Without it: warn,server=info,backend=info,app=info";

/// Steward: accounts, teams and billing of your SaaS.
#[derive(Parser, Debug)]
#[command(name = "server", version, after_help = LOG_HELP)]
pub enum Command {
    /// Serve the web pages and, unless told not to, do the jobs too.
    #[command(after_help = LOG_HELP)]
    Serve {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        serve: ServeSettings,
        #[command(flatten)]
        metrics: MetricsSettings,
    },
    /// Do the jobs (mails, imports, exports) and nothing else. Any number may run.
    #[command(after_help = LOG_HELP)]
    Work {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        metrics: MetricsSettings,
    },
    /// Bring the database's tables up to date. Run it before a new version serves.
    Migrate {
        /// PostgreSQL, as the role that owns the tables. Required.
        #[arg(long, env, hide_env_values = true)]
        database_owner_url: Option<SecretString>,
    },
    /// Fill the database with realistic accounts and staff; prints how to sign in, as JSON.
    Seed {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        plan: Plan,
    },
    /// For who runs this installation.
    #[command(subcommand)]
    Operator(Operator),
    /// Billing, without a database or any setting.
    #[command(subcommand)]
    Billing(Billing),
}

#[derive(Args, Debug)]
pub struct Plan {
    /// The first is the demonstration account, the second another business.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    accounts: u32,

    /// Further members of each account, beside those that sign in.
    #[arg(long, default_value_t = 24)]
    staff: u32,

    /// Open and expired invitations of each account.
    #[arg(long, default_value_t = 6)]
    invitations: u32,

    /// Do nothing, and print nothing, when anybody has a login already.
    #[arg(long)]
    if_empty: bool,
}

#[derive(Subcommand, Debug)]
pub enum Billing {
    /// Reads a scenario from standard input and prints what would happen, both as JSON: invoices line by line, states, mails,
    /// the balance and the next invoice. docs/billing.md shows one.
    Simulate,
}

/// A plan as the operator describes it.
#[derive(Args, Debug)]
pub struct NewPlan {
    /// What invoices and addresses call it: small letters, digits and hyphens.
    code: String,
    /// What people call it.
    #[arg(long)]
    name: String,
    /// A sentence about whom it is for.
    #[arg(long, default_value = "")]
    description: String,
    /// ISO 4217.
    #[arg(long, default_value = "USD")]
    currency: String,
    /// A higher one is an upgrade, whatever it costs.
    #[arg(long)]
    tier: u32,
    /// For a full month, without tax, as a decimal: 249.95. Without it the plan is not sold by the month.
    #[arg(long)]
    month: Option<String>,
    /// The same for a full year.
    #[arg(long)]
    year: Option<String>,
    /// People who can sign in or are invited. Without it there is no limit, here and below.
    #[arg(long)]
    seats: Option<u32>,
    #[arg(long)]
    profiles: Option<u32>,
    #[arg(long)]
    calendars: Option<u32>,
    #[arg(long)]
    api_keys: Option<u32>,
    /// Only these accounts can choose it, by their ids; may be given several times.
    #[arg(long)]
    only_for: Vec<AccountId>,
}

impl NewPlan {
    fn offered(self) -> Result<OfferedPlan, Box<dyn Error>> {
        let code = Slug::parse(&self.code).map_err(|problem| format!("the code is not usable: {problem}"))?;
        let month_minor = billing::price(&self.currency, self.month.as_deref())?;
        let year_minor = billing::price(&self.currency, self.year.as_deref())?;
        let limits = Limits {
            seats: self.seats,
            profiles: self.profiles,
            calendars: self.calendars,
            api_keys: self.api_keys,
        };
        let plan = domain::billing::Plan {
            code: code.as_str().to_owned(),
            version: 1,
            tier: self.tier,
            month_minor,
            year_minor,
            limits,
        };
        let is_custom = !self.only_for.is_empty();
        Ok(OfferedPlan {
            plan,
            name: self.name,
            description: self.description,
            currency: self.currency,
            is_custom,
        })
    }
}

#[derive(Subcommand, Debug)]
pub enum Operator {
    /// Every account, as JSON.
    Accounts {
        #[command(flatten)]
        settings: Settings,
    },
    /// Jobs that failed for good, as JSON.
    FailedJobs {
        #[command(flatten)]
        settings: Settings,
    },
    /// Every version of every plan, as JSON.
    Plans {
        #[command(flatten)]
        settings: Settings,
    },
    /// Adds a plan, or the next version of one: who has an earlier version keeps it. Prints the version.
    AddPlan {
        #[command(flatten)]
        plan: NewPlan,
        #[command(flatten)]
        settings: Settings,
    },
    /// Ends that a plan can be chosen; who has it keeps it.
    RetirePlan {
        code: String,
        /// ISO 4217.
        currency: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// Holds every account's ledger against its invoices and its balance; prints what does not agree, as JSON, and fails if there is
    /// any.
    CheckBooks {
        #[command(flatten)]
        settings: Settings,
    },
    /// Lets billing of an account go on that was stopped to be on the safe side.
    Unpark {
        account: AccountId,
        #[command(flatten)]
        settings: Settings,
    },
    /// Lets one of them start over.
    RetryJob {
        /// Its id.
        id: JobId,
        #[command(flatten)]
        settings: Settings,
    },
}

impl Command {
    pub async fn run(self) -> Outcome {
        match self {
            Self::Serve { settings, serve, metrics } => run_server(settings, serve, metrics).await,
            Self::Work { settings, metrics } => run_worker(&settings, &metrics).await,
            Self::Migrate { database_owner_url } => {
                let url = database_owner_url.ok_or(ConfigError::NoOwner)?;
                db::migrate(url.expose_secret()).await?;
                eprintln!("The database is up to date.");
                Ok(())
            }
            Self::Seed { settings, plan } => run_seed(&settings, &plan).await,
            Self::Operator(command) => command.run().await,
            Self::Billing(Billing::Simulate) => {
                print_json(&billing::simulate(&std::io::read_to_string(std::io::stdin())?)?)
            }
        }
    }
}

async fn run_seed(settings: &Settings, plan: &Plan) -> Outcome {
    let backend = opened(settings).await?;
    let plan = SeedPlan {
        accounts: plan.accounts,
        staff_per_account: plan.staff,
        invitations_per_account: plan.invitations,
        first_run_only: plan.if_empty,
    };
    if let Some(sign_ins) = seed(&backend, &plan).await? {
        print_json(&serde_json::json!({ "sign_ins": sign_ins }))?;
    }
    Ok(())
}

impl Operator {
    async fn run(self) -> Outcome {
        match self {
            Self::Accounts { settings } => print_json(&operator::accounts(&opened(&settings).await?).await?),
            Self::FailedJobs { settings } => {
                print_json(&operator::given_up_jobs(&opened(&settings).await?).await?)
            }
            Self::Plans { settings } => print_json(&billing::plans(&opened(&settings).await?).await?),
            Self::AddPlan { plan, settings } => {
                let only_for = plan.only_for.clone();
                let version =
                    billing::add_plan(&opened(&settings).await?, &plan.offered()?, &only_for).await?;
                print_json(&serde_json::json!({ "version": version }))
            }
            Self::RetirePlan { code, currency, settings } => {
                Ok(billing::retire_plan(&opened(&settings).await?, &code, &currency).await?)
            }
            Self::CheckBooks { settings } => {
                let found = billing::check_books(&opened(&settings).await?).await?;
                print_json(&found)?;
                if found.is_empty() { Ok(()) } else { Err("the books of some accounts do not agree".into()) }
            }
            Self::Unpark { account, settings } => {
                Ok(billing::unpark(&opened(&settings).await?, account).await?)
            }
            Self::RetryJob { id, settings } => Ok(operator::retry_job(&opened(&settings).await?, id).await?),
        }
    }
}

/// The backend of a command that runs once.
async fn opened(settings: &Settings) -> Result<Backend, Box<dyn Error>> {
    logging::start(settings.log_format)?;
    let backend = settings.backend(Clock::system())?;
    backend.db.check_set_up().await?;
    Ok(backend)
}

/// The one output of a command; everything else goes to standard error.
fn print_json(value: &impl Serialize) -> Outcome {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

async fn run_worker(settings: &Settings, metrics: &MetricsSettings) -> Outcome {
    let backend = opened(settings).await?;
    if let Some(address) = metrics.metrics_listen {
        // A worker has no other address at which somebody could ask how it is.
        health::serve_metrics(address, backend.clone(), health::routes())?;
    }
    tracing::info!("working");
    let stop = stop_signal();
    until_stopped(backend::jobs::work(backend.clone(), stop.clone()), stop).await?;
    backend.db.close().await;
    Ok(())
}

/// A calendar that is not there, or closed, keeps nobody from serving: it may be opened in a moment.
async fn warn_of_no_call(backend: &Backend, settings: &Settings) {
    let Some(page) = settings.book_a_call().filter(|leads_to| leads_to.starts_with('/')) else { return };
    let mut names = page.rsplit('/');
    let (calendar, account) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    if let Err(error) = booking::page(backend, account, calendar, &OfferAsked::default()).await {
        tracing::warn!(%error, page, "Nobody can book a call: BOOK_A_CALL_CALENDAR names no calendar that is open for booking");
    }
}

async fn run_server(settings: Settings, serve: ServeSettings, metrics: MetricsSettings) -> Outcome {
    let site = Site::find(&serve.site_root, &site::hash_file())?;
    let backend = opened(&settings).await?;
    if let Some(address) = metrics.metrics_listen {
        health::serve_metrics(address, backend.clone(), Router::new())?;
    }
    let stop = stop_signal();
    warn_of_no_call(&backend, &settings).await;
    let app = router::router(backend.clone(), &settings, &serve, &site)?;
    let listener = tokio::net::TcpListener::bind(serve.listen).await.map_err(|error| {
        format!("cannot listen on {}: {error}. Is another server running there?", serve.listen)
    })?;
    tracing::info!(address = %listener.local_addr()?, base_url = %settings.base_url, "serving");
    let _listening = tokio::spawn(backend.live.clone().listen(backend.db.clone()));
    let _noting = tokio::spawn(permissions::keep_writing_uses(backend.clone(), stop.clone()));
    let serving = axum::serve(listener, app.into_make_service_with_connect_info::<std::net::SocketAddr>())
        .with_graceful_shutdown(end_streams(stop.clone(), backend.live.clone()));
    let serving = async { Outcome::Ok(serving.await?) };
    if serve.no_worker {
        serving.await?;
    } else {
        // Mails that never leave are worse than a server that is started anew: the first that fails ends both.
        let working = backend::jobs::work(backend.clone(), stop.clone());
        tokio::try_join!(serving, until_stopped(working, stop))?;
    }
    // What the last requests used.
    permissions::write_uses(&backend).await?;
    backend.db.close().await;
    Ok(())
}

/// Runs `work` in a task of its own until it ends because of `stop`; any other end is an error.
async fn until_stopped(
    work: impl Future<Output = ()> + Send + 'static,
    stop: watch::Receiver<bool>,
) -> Outcome {
    match tokio::spawn(work).await {
        Ok(()) if *stop.borrow() => Ok(()),
        Ok(()) => Err("the worker ended although nobody stopped it".into()),
        Err(error) => Err(format!("the worker broke down: {error}").into()),
    }
}

/// Becomes true at SIGTERM or Ctrl-C.
fn stop_signal() -> watch::Receiver<bool> {
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(terminate) => terminate,
            Err(error) => return tracing::error!(%error, "SIGTERM cannot be heard"),
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: requests and jobs that have begun are finished");
        let _ = sender.send(true);
        // The receivers need the sender until they have seen the value.
        sender.closed().await;
    });
    receiver
}

/// A stream lasts as long as its page is open; nobody waits for that.
async fn end_streams(stop: watch::Receiver<bool>, live: backend::Live) {
    stopped(stop).await;
    live.close();
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a stop as well.
    let _ = stop.wait_for(|stopped| *stopped).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_worker_that_ends_by_itself_is_an_error() {
        let (stop, stopped) = watch::channel(false);
        let ended = until_stopped(async {}, stopped.clone()).await.unwrap_err().to_string();
        assert_eq!(ended, "the worker ended although nobody stopped it");
        let broken = until_stopped(async { panic!("out of order") }, stopped.clone()).await.unwrap_err();
        assert!(broken.to_string().starts_with("the worker broke down"), "{broken}");
        stop.send(true).unwrap();
        until_stopped(async {}, stopped).await.unwrap();
    }

    #[test]
    fn help_says_what_is_logged_and_how_to_change_it() {
        use clap::CommandFactory;
        let mut command = Command::command();
        let mut helps = vec![command.render_long_help().to_string()];
        for name in ["serve", "work"] {
            let command = command.find_subcommand_mut(name).expect("a command");
            helps.push(command.render_long_help().to_string());
        }
        assert!(helps.iter().all(|help| help.contains("RUST_LOG=info")));
    }
}
