//! The one clock of web, jobs and tokens. Tests move it; everybody else reads it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Duration, DurationRound, Utc};

/// The system's time plus an offset that is zero outside tests. Clones share the offset.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_microseconds: Arc<AtomicI64>,
}

impl Clock {
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// The current instant in whole microseconds, which is what PostgreSQL can store.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let offset = Duration::microseconds(self.offset_microseconds.load(Ordering::Relaxed));
        #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the system")]
        let now = Utc::now() + offset;
        now.duration_trunc(Duration::microseconds(1)).unwrap_or(now)
    }

    /// Moves this clock and all its clones forward (or back). Reached only by tests and by the `test-clock` build.
    pub fn advance(&self, by: Duration) {
        self.offset_microseconds.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::Relaxed);
    }
}
