//! The stream behind open pages: server-sent events. Its reader is looked up anew whenever something may concern them, so that it
//! never says more than they may know at that moment.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use app::{live::LiveMessage, request::Visit};
use axum::{
    Extension,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use axum_extra::extract::CookieJar;
use backend::{
    Backend,
    identity::{self, SignedIn},
    live::{Notice, Subscription},
    permissions,
};
use domain::{AccountId, Permission};
use futures_util::{Stream, stream};

/// Proxies cut connections on which nothing happens, most after a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// A session may also run out without anybody ending it.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// Tells the reader first who they are, then whatever changes. Somebody without a session hears that, and nothing more.
pub async fn stream(Extension(visit): Extension<Visit>, headers: HeaderMap) -> Response {
    let cookie = CookieJar::from_headers(&headers).get(visit.cookies.session()).map(|c| c.value().to_owned());
    let reader = Reader {
        notices: visit.backend.live.subscribe(),
        token: cookie.unwrap_or_default(),
        known: visit.signed_in.map(|signed_in| SignedIn::clone(&signed_in)),
        unsaid: VecDeque::new(),
        state: State::Begins,
        backend: visit.backend,
    };
    // Some proxies would collect events before they pass them on.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    let events = Sse::new(events(reader)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    ([unbuffered], events).into_response()
}

fn events(reader: Reader) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(reader, |mut reader| async {
        let message = reader.next().await?;
        let event = Event::default().json_data(&message).unwrap_or_default();
        Some((Ok(event), reader))
    })
}

struct Reader {
    backend: Backend,
    notices: Subscription,
    /// Of the session; only to look it up again.
    token: String,
    /// As the page was last told.
    known: Option<SignedIn>,
    unsaid: VecDeque<LiveMessage>,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Begins,
    Follows,
    Ended,
}

impl Reader {
    /// None when there is nothing more to say.
    async fn next(&mut self) -> Option<LiveMessage> {
        loop {
            if let Some(message) = self.unsaid.pop_front() {
                return Some(message);
            }
            match self.state {
                State::Begins => self.begin(),
                State::Ended => return None,
                State::Follows => self.follow().await?,
            }
        }
    }

    /// The page may be older than what is true now, so it hears that first.
    fn begin(&mut self) {
        match &self.known {
            Some(known) => {
                self.state = State::Follows;
                let viewer = Box::new(known.viewer.clone());
                self.unsaid.push_back(LiveMessage::Viewer { viewer, why: None });
            }
            None => self.end(),
        }
    }

    fn end(&mut self) {
        self.state = State::Ended;
        self.unsaid.push_back(LiveMessage::Ended);
    }

    /// None when this process stops.
    async fn follow(&mut self) -> Option<()> {
        let Ok(notice) = tokio::time::timeout(LOOK_AGAIN, self.notices.next()).await else {
            self.look_again(None).await;
            return Some(());
        };
        match &notice {
            Notice::Closing => return None,
            Notice::Missed => {
                self.look_again(Some(&notice)).await;
                self.unsaid.push_back(LiveMessage::Missed);
            }
            Notice::Profile { profile, .. } => {
                if self.concerns_me(&notice) {
                    self.look_again(Some(&notice)).await;
                }
                if self.may_see_profiles(&notice) {
                    self.unsaid.push_back(LiveMessage::Profile { id: *profile });
                }
            }
            Notice::Holders { profile, .. } => {
                if self.may_see_profiles(&notice) {
                    self.unsaid.push_back(LiveMessage::Profile { id: *profile });
                }
            }
            Notice::Pipeline { account, pipeline } => {
                if self.holds(*account, Permission::OpportunitiesView) {
                    self.unsaid.push_back(LiveMessage::Pipeline { id: *pipeline });
                }
            }
            Notice::Calendar { account, calendar } => {
                if self.holds(*account, Permission::CalendarsView) {
                    self.unsaid.push_back(LiveMessage::Calendar { id: *calendar });
                }
            }
            Notice::Member { .. } | Notice::Session { .. } => {
                if self.concerns_me(&notice) {
                    self.look_again(Some(&notice)).await;
                }
            }
        }
        Some(())
    }

    fn concerns_me(&self, notice: &Notice) -> bool {
        let Some(known) = &self.known else { return false };
        let own = known.viewer.account.as_ref();
        // What they look as may be anybody or any profile of the account.
        let looks = known.viewer.preview.is_some();
        match notice {
            Notice::Session { session } => *session == known.signed.session_id,
            Notice::Member { account, member } => {
                own.is_some_and(|own| own.id == *account && (looks || own.member_id == *member))
            }
            Notice::Profile { account, profile } => own.is_some_and(|own| {
                let held = own.assignment.profile.as_ref();
                own.id == *account && (looks || held.is_some_and(|held| held.id == *profile))
            }),
            Notice::Holders { .. } | Notice::Pipeline { .. } | Notice::Calendar { .. } => false,
            Notice::Missed | Notice::Closing => true,
        }
    }

    fn may_see_profiles(&self, notice: &Notice) -> bool {
        let (Notice::Profile { account, .. } | Notice::Holders { account, .. }) = notice else {
            return false;
        };
        self.holds(*account, Permission::SettingsManageProfiles)
    }

    fn holds(&self, account: AccountId, permission: Permission) -> bool {
        let access = self.known.as_ref().and_then(|known| known.access.as_ref());
        access.is_some_and(|access| access.account() == account && access.permissions().contains(permission))
    }

    /// Looks the reader up, and says what is new about them; `notice` is why they are looked up, none because it is time.
    async fn look_again(&mut self, notice: Option<&Notice>) {
        match identity::authenticate_again(&self.backend, &self.token).await {
            Ok(Some(signed_in)) => {
                if self.known.as_ref().is_none_or(|known| known.viewer != signed_in.viewer) {
                    let why = self.why(&signed_in, notice).await;
                    let viewer = Box::new(signed_in.viewer.clone());
                    self.unsaid.push_back(LiveMessage::Viewer { viewer, why });
                }
                self.known = Some(signed_in);
            }
            Ok(None) => self.end(),
            // The database does not answer: the next look finds out.
            Err(error) => tracing::warn!(%error, "a stream's reader could not be looked up"),
        }
    }

    async fn why(&self, signed_in: &SignedIn, notice: Option<&Notice>) -> Option<String> {
        let (access, notice) = (signed_in.access.as_ref()?, notice?);
        let why = permissions::why_changed(&self.backend, access, notice).await;
        why.inspect_err(|error| tracing::warn!(%error, "why an access changed could not be found")).ok()?
    }
}
