//! Moves the clock. Compiled only with the feature `test-clock`, which no production build has.

use axum::{Json, Router, extract::State, routing::post};
use backend::Backend;
use chrono::Duration;
use serde::Deserialize;

#[derive(Deserialize)]
struct Advance {
    seconds: i64,
}

pub fn routes() -> Router<Backend> {
    Router::new().route("/test/clock/advance", post(advance))
}

async fn advance(State(backend): State<Backend>, Json(advance): Json<Advance>) -> String {
    backend.clock.advance(Duration::seconds(advance.seconds));
    backend.clock.now().to_rfc3339()
}
