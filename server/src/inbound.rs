//! What other services send by themselves. They are no browsers: no Origin says who they are, but a signature does.

use axum::{
    Extension,
    body::Bytes,
    http::{HeaderMap, StatusCode},
};
use backend::{Backend, billing};
use domain::Refusal;

/// Stripe tells again what is not answered with 2xx. In a task of its own: what is begun is done as a whole, whether Stripe waits or not.
pub async fn stripe(Extension(backend): Extension<Backend>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let signature = signature.to_owned();
    let heard = tokio::spawn(async move { billing::hear(&backend, &signature, &body).await }).await;
    let error = match heard {
        Ok(Ok(())) => return StatusCode::OK,
        Ok(Err(error)) => error,
        Err(error) => backend::Error::internal(error),
    };
    match error.refusal() {
        Some(Refusal::LinkNotValid) => StatusCode::BAD_REQUEST,
        Some(Refusal::GatewayAway) => StatusCode::SERVICE_UNAVAILABLE,
        _ => {
            tracing::error!(%error, "a notice of the gateway could not be acted on");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
