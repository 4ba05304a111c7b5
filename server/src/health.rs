//! For load balancers and Prometheus.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, extract::State, http::StatusCode, routing::get};
use backend::Backend;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

pub fn routes() -> Router<Backend> {
    Router::new()
        // The process answers.
        .route("/healthz", get(|| async { "ok" }))
        // It can do its work: take it out of the balancer otherwise.
        .route("/readyz", get(ready))
}

async fn ready(State(backend): State<Backend>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(Duration::from_secs(2), backend.db.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}

/// Serves the metrics on an address of their own.
pub fn serve_metrics(address: SocketAddr, backend: Backend) -> Result<(), Box<dyn std::error::Error>> {
    let handle = PrometheusBuilder::new().install_recorder()?;
    let listener = std::net::TcpListener::bind(address)
        .map_err(|error| format!("cannot listen on METRICS_LISTEN {address}: {error}"))?;
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let app = Router::new().route("/metrics", get(metrics)).with_state((handle, backend));
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, app).await {
            tracing::error!(%error, "metrics are not served any more");
        }
    });
    Ok(())
}

async fn metrics(State((handle, backend)): State<(PrometheusHandle, Backend)>) -> String {
    if let Ok(seconds) = backend::jobs::waiting_seconds(&backend).await {
        metrics::gauge!("steward_oldest_due_job_seconds").set(seconds as f64);
    }
    handle.run_upkeep();
    handle.render()
}

/// Counts and times every request by route, never by path: paths carry ids.
pub async fn measure(
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    let route = match request.uri().path() {
        path if path.starts_with("/api/") => path.to_owned(),
        path if path.starts_with("/pkg/") || path.starts_with("/fonts/") => "asset".to_owned(),
        _ => "page".to_owned(),
    };
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    // A path under /api that is no server function must not become a label of its own.
    let route = if response.status() == StatusCode::BAD_REQUEST { "unknown".to_owned() } else { route };
    let status = response.status().as_u16().to_string();
    metrics::counter!("steward_requests_total", "route" => route.clone(), "status" => status).increment(1);
    metrics::histogram!("steward_request_seconds", "route" => route).record(started.elapsed().as_secs_f64());
    response
}
