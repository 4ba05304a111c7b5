//! The subcommands.

use std::error::Error;

use backend::{Clock, db};
use clap::Parser;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;

use crate::{
    config::{ServeSettings, Settings},
    health, logging, router,
};

type Outcome = Result<(), Box<dyn Error>>;

/// Steward: accounts, teams and billing of your SaaS.
#[derive(Parser, Debug)]
#[command(name = "server", version)]
pub enum Command {
    /// Serve the web pages and, unless told not to, do the jobs too.
    Serve {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        serve: ServeSettings,
    },
    /// Do the jobs (mails, imports, exports) and nothing else. Any number may run.
    Work {
        #[command(flatten)]
        settings: Settings,
    },
    /// Bring the database's tables up to date. Run it before a new version serves.
    Migrate {
        /// PostgreSQL, as the role that owns the tables.
        #[arg(long, env)]
        database_owner_url: SecretString,
    },
}

impl Command {
    pub async fn run(self) -> Outcome {
        match self {
            Self::Serve { settings, serve } => run_server(settings, serve).await,
            Self::Work { settings } => {
                logging::start(settings.log_format);
                let backend = settings.backend(Clock::system())?;
                backend.db.check_set_up().await?;
                tracing::info!("working");
                backend::jobs::work(backend.clone(), stop_signal()).await;
                backend.db.close().await;
                Ok(())
            }
            Self::Migrate { database_owner_url } => {
                db::migrate(database_owner_url.expose_secret()).await?;
                eprintln!("The database is up to date.");
                Ok(())
            }
        }
    }
}

async fn run_server(settings: Settings, serve: ServeSettings) -> Outcome {
    logging::start(settings.log_format);
    let backend = settings.backend(Clock::system())?;
    backend.db.check_set_up().await?;
    if let Some(address) = serve.metrics_listen {
        health::serve_metrics(address, backend.clone())?;
    }
    let stop = stop_signal();
    let worker = (!serve.no_worker).then(|| tokio::spawn(backend::jobs::work(backend.clone(), stop.clone())));
    let app = router::router(backend.clone(), &settings, &serve)?;
    let listener = tokio::net::TcpListener::bind(serve.listen).await.map_err(|error| {
        format!("cannot listen on {}: {error}. Is another server running there?", serve.listen)
    })?;
    tracing::info!(address = %serve.listen, base_url = %settings.base_url, "serving");
    axum::serve(listener, app.into_make_service_with_connect_info::<std::net::SocketAddr>())
        .with_graceful_shutdown(stopped(stop))
        .await?;
    if let Some(worker) = worker {
        worker.await?;
    }
    backend.db.close().await;
    Ok(())
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

async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a stop as well.
    let _ = stop.wait_for(|stopped| *stopped).await;
}
