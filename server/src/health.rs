//! For load balancers and Prometheus.

use std::{collections::BTreeSet, net::SocketAddr, sync::LazyLock, time::Duration};

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

/// Serves the metrics on an address of their own, and what stands `beside` them.
pub fn serve_metrics(
    address: SocketAddr,
    backend: Backend,
    beside: Router<Backend>,
) -> Result<(), Box<dyn std::error::Error>> {
    let handle = PrometheusBuilder::new().install_recorder()?;
    let listener = std::net::TcpListener::bind(address).map_err(|error| {
        format!("cannot listen on METRICS_LISTEN {address}: {error}. Processes on one machine need one each")
    })?;
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tracing::info!(address = %listener.local_addr()?, "metrics are served");
    let beside = beside.with_state(backend.clone());
    let app = Router::new().route("/metrics", get(metrics)).with_state((handle, backend)).merge(beside);
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
    let route = label(request.uri().path());
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!("steward_requests_total", "route" => route, "status" => status).increment(1);
    metrics::histogram!("steward_request_seconds", "route" => route).record(started.elapsed().as_secs_f64());
    response
}

/// A path under /api that is no server function must not become a label of its own: visitors could make any number of them.
fn label(path: &str) -> &'static str {
    static FUNCTIONS: LazyLock<BTreeSet<&'static str>> =
        LazyLock::new(|| server_fn::axum::server_fn_paths().map(|(path, _)| path).collect());
    match path {
        path if path.starts_with("/api/") => FUNCTIONS.get(path).copied().unwrap_or("unknown"),
        path if path.starts_with("/pkg/") || path.starts_with("/fonts/") => "asset",
        _ => "page",
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn visitors_cannot_make_labels() {
        let cases = [
            ("/api/staff/list", "/api/staff/list"),
            ("/api/staff/list2", "unknown"),
            ("/api/", "unknown"),
            ("/settings/staff/0190", "page"),
            ("/pkg/x.wasm", "asset"),
        ];
        for (path, expected) in cases {
            assert_eq!(label(path), expected);
        }
    }
}
