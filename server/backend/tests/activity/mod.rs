mod export;
mod list;
mod locks;
mod record;
mod verify;

use backend::{Access, Backend, activity};
use domain::activity::Event;

/// Records one event in its own transaction, as a use case would.
async fn record(backend: &Backend, access: &Access, event: &Event) {
    let mut tx = backend.db.tenant(access.account()).await.unwrap();
    activity::record(&mut tx, access, backend.clock.now(), event).await.unwrap();
    tx.commit().await.unwrap();
}
