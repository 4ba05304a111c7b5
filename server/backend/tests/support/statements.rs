//! Counts the statements that a use case sends, as sqlx tells about them, on this thread.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

/// What begins and ends transactions is not counted.
struct Counted(bool);

impl Visit for Counted {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            self.0 = !["BEGIN", "COMMIT", "ROLLBACK"].iter().any(|word| value.starts_with(word));
        }
    }
    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut counted = Counted(false);
        event.record(&mut counted);
        self.0.fetch_add(usize::from(counted.0), Ordering::Relaxed);
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// What `work` answers, and how many statements it took.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, usize) {
    let counter = Counter::default();
    let _listening = tracing::subscriber::set_default(counter.clone());
    let answer = work.await;
    (answer, counter.0.load(Ordering::Relaxed))
}
