//! What open pages are told: the database's triggers tell every process (`migrations/…_live.sql`), each process its own streams. A
//! notice holds ids only; whoever it concerns asks again, with their own rights.

use std::time::Duration;

use domain::{AccountId, CalendarId, MemberId, PipelineId, ProfileId, SessionId};
use serde::Deserialize;
use tokio::sync::broadcast;

use crate::Db;

/// The channel of the triggers.
const CHANNEL: &str = "steward_live";
/// Notices that a slow stream may lag behind before it is told that it missed some.
const KEPT_NOTICES: usize = 1_024;
/// How long to wait before a database that does not answer is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(1);

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// Somebody's role, state, profile, scope or what they have beside it is another.
    Member { account: AccountId, member: MemberId },
    /// A profile was made, changed or deleted.
    Profile { account: AccountId, profile: ProfileId },
    /// Somebody got a profile, lost it or left.
    Holders { account: AccountId, profile: ProfileId },
    /// A pipeline, its stages, who is in it or what stands in it is another.
    Pipeline { account: AccountId, pipeline: PipelineId },
    /// A calendar, who is in it, what it offers or what is booked in it is another.
    Calendar { account: AccountId, calendar: CalendarId },
    /// A session has ended, or looks at Steward with other eyes.
    Session { session: SessionId },
    /// The database was away: anything may have happened.
    #[serde(skip)]
    Missed,
    /// This process stops: streams end, and browsers find another server.
    #[serde(skip)]
    Closing,
}

/// The notices of this process; clones share them.
#[derive(Clone, Debug)]
pub struct Live {
    notices: broadcast::Sender<Notice>,
}

impl Default for Live {
    fn default() -> Self {
        Self { notices: broadcast::Sender::new(KEPT_NOTICES) }
    }
}

impl Live {
    #[must_use]
    pub fn subscribe(&self) -> Subscription {
        Subscription(self.notices.subscribe())
    }

    /// Ends every stream of this process.
    pub fn close(&self) {
        self.tell(Notice::Closing);
    }

    fn tell(&self, notice: Notice) {
        // Nobody listening is no failure.
        let _ = self.notices.send(notice);
    }

    /// Passes on what the database tells, until the end of the process.
    pub async fn listen(self, db: Db) {
        loop {
            if let Err(error) = self.listen_once(&db).await {
                tracing::warn!(%error, "the database's notices cannot be heard");
            }
            tokio::time::sleep(TRY_AGAIN).await;
        }
    }

    async fn listen_once(&self, db: &Db) -> Result<(), sqlx::Error> {
        let mut listener = db.listener().await?;
        listener.listen(CHANNEL).await?;
        // Streams may be older than this connection: what happened before it was not heard.
        self.tell(Notice::Missed);
        loop {
            match listener.try_recv().await? {
                Some(message) => match serde_json::from_str(message.payload()) {
                    Ok(notice) => self.tell(notice),
                    // A newer version tells more.
                    Err(error) => tracing::debug!(%error, "an unknown notice"),
                },
                None => self.tell(Notice::Missed),
            }
        }
    }
}

/// One stream's notices.
#[derive(Debug)]
pub struct Subscription(broadcast::Receiver<Notice>);

impl Subscription {
    /// The next notice; [`Notice::Missed`] after a lag.
    pub async fn next(&mut self) -> Notice {
        match self.0.recv().await {
            Ok(notice) => notice,
            Err(broadcast::error::RecvError::Lagged(_)) => Notice::Missed,
            Err(broadcast::error::RecvError::Closed) => Notice::Closing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_triggers_write_can_be_read() {
        let id = uuid::Uuid::from_u128(7);
        let read = |text: String| serde_json::from_str::<Notice>(&text).unwrap();
        assert_eq!(
            read(format!(r#"{{"kind":"member","account":"{id}","member":"{id}"}}"#)),
            Notice::Member { account: id.into(), member: id.into() }
        );
        assert_eq!(
            read(format!(r#"{{"kind":"profile","account":"{id}","profile":"{id}"}}"#)),
            Notice::Profile { account: id.into(), profile: id.into() }
        );
        assert_eq!(
            read(format!(r#"{{"kind":"holders","account":"{id}","profile":"{id}"}}"#)),
            Notice::Holders { account: id.into(), profile: id.into() }
        );
        assert_eq!(
            read(format!(r#"{{"kind":"pipeline","account":"{id}","pipeline":"{id}"}}"#)),
            Notice::Pipeline { account: id.into(), pipeline: id.into() }
        );
        assert_eq!(
            read(format!(r#"{{"kind":"calendar","account":"{id}","calendar":"{id}"}}"#)),
            Notice::Calendar { account: id.into(), calendar: id.into() }
        );
        assert_eq!(
            read(format!(r#"{{"kind":"session","session":"{id}"}}"#)),
            Notice::Session { session: id.into() }
        );
    }

    #[tokio::test]
    async fn a_stream_that_lags_is_told_that_it_missed_something() {
        let live = Live::default();
        let mut stream = live.subscribe();
        for n in 0..u128::try_from(KEPT_NOTICES).unwrap() + 1 {
            live.tell(Notice::Session { session: uuid::Uuid::from_u128(n).into() });
        }
        assert_eq!(stream.next().await, Notice::Missed);
        assert_eq!(stream.next().await, Notice::Session { session: uuid::Uuid::from_u128(1).into() });
    }
}
