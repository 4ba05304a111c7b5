use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::SessionId;

/// A session that nobody uses ends after this many hours.
pub const SESSION_IDLE_HOURS: i64 = 12;
/// A session ends after this many days whatever happens.
pub const SESSION_ABSOLUTE_DAYS: i64 = 30;
/// Sensitive acts want a password given within this many minutes.
pub const FRESH_PROOF_MINUTES: i64 = 15;

/// The instants that decide whether a session still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimes {
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    /// When the person last proved who they are (sign-in counts).
    pub proved_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionVerdict {
    Alive { freshly_proved: bool },
    Ended,
}

impl SessionTimes {
    #[must_use]
    pub fn verdict(self, now: DateTime<Utc>) -> SessionVerdict {
        let idle = now - self.last_seen_at >= Duration::hours(SESSION_IDLE_HOURS);
        let too_old = now - self.created_at >= Duration::days(SESSION_ABSOLUTE_DAYS);
        if idle || too_old {
            return SessionVerdict::Ended;
        }
        let freshly_proved = now - self.proved_at < Duration::minutes(FRESH_PROOF_MINUTES);
        SessionVerdict::Alive { freshly_proved }
    }
}

/// One line of "where you are signed in".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: SessionId,
    /// For example "Chrome on Windows".
    pub device: String,
    pub ip_address: String,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub created_at: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub last_seen_at: DateTime<Utc>,
    /// The session that asks.
    pub is_current: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::hours(hours)
    }

    #[test]
    fn ends_when_idle_or_old_and_not_a_moment_before() {
        let times = |created, seen| SessionTimes {
            created_at: at(created),
            last_seen_at: at(seen),
            proved_at: at(created),
        };
        assert_eq!(times(0, 0).verdict(at(11)), SessionVerdict::Alive { freshly_proved: false });
        assert_eq!(times(0, 0).verdict(at(12)), SessionVerdict::Ended);
        assert_eq!(times(0, 719).verdict(at(719)), SessionVerdict::Alive { freshly_proved: false });
        assert_eq!(times(0, 719).verdict(at(720)), SessionVerdict::Ended);
    }

    #[test]
    fn a_proof_is_fresh_for_a_quarter_of_an_hour() {
        let times = SessionTimes { created_at: at(0), last_seen_at: at(0), proved_at: at(0) };
        let minutes = |m| DateTime::UNIX_EPOCH + Duration::minutes(m);
        assert_eq!(times.verdict(minutes(14)), SessionVerdict::Alive { freshly_proved: true });
        assert_eq!(times.verdict(minutes(15)), SessionVerdict::Alive { freshly_proved: false });
    }
}
