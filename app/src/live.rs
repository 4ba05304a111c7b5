//! What the server tells an open page by itself, as server-sent events: that its reader may do something else now, that their session
//! has ended, that what they look at was changed by somebody else.
//!
//! A page without wasm learns it with its next request, as everybody did before.

use domain::{CalendarId, PipelineId, ProfileId, identity::Viewer};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

use crate::kept_form::is_any_begun;

/// The stream's address.
pub const PATH: &str = "/live";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveMessage {
    /// Who looks, as of now, and why that is another than before.
    Viewer { viewer: Box<Viewer>, why: Option<String> },
    /// The session has ended.
    Ended,
    /// A profile was made, changed or deleted, or other people hold it.
    Profile { id: ProfileId },
    /// A pipeline, its stages, who is in it or what stands in it is another.
    Pipeline { id: PipelineId },
    /// A calendar, who is in it, what it offers or what is booked in it is another.
    Calendar { id: CalendarId },
    /// Anything may have changed while the stream was broken.
    Missed,
}

/// About the reader themselves.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// Who they are now, and why that is another than before.
    Viewer(Box<Viewer>, Option<String>),
    Ended,
}

/// What pages can follow.
#[derive(Clone, Copy)]
pub struct Live {
    /// What the server said last about the reader.
    pub news: RwSignal<Option<News>>,
    /// Acts of this page whose answer has not come yet.
    pub acts_pending: RwSignal<usize>,
    /// The page is about to be loaded anew.
    pub is_leaving: RwSignal<bool>,
    /// The last profile that changed (none: any may have), with a number that grows each time.
    pub profile: RwSignal<(usize, Option<ProfileId>)>,
    /// The last pipeline that changed, likewise.
    pub pipeline: RwSignal<(usize, Option<PipelineId>)>,
    /// The last calendar that changed, likewise.
    pub calendar: RwSignal<(usize, Option<CalendarId>)>,
}

impl Live {
    #[expect(
        clippy::new_without_default,
        reason = "it makes signals: nothing that should come about by default"
    )]
    pub fn new() -> Self {
        Self {
            news: RwSignal::new(None),
            acts_pending: RwSignal::new(0),
            is_leaving: RwSignal::new(false),
            profile: RwSignal::new((0, None)),
            pipeline: RwSignal::new((0, None)),
            calendar: RwSignal::new((0, None)),
        }
    }

    pub(crate) fn profile_changed(self, id: Option<ProfileId>) {
        changed(self.profile, id);
    }

    pub(crate) fn pipeline_changed(self, id: Option<PipelineId>) {
        changed(self.pipeline, id);
    }

    pub(crate) fn calendar_changed(self, id: Option<CalendarId>) {
        changed(self.calendar, id);
    }
}

fn changed<Id: Send + Sync + 'static>(signal: RwSignal<(usize, Option<Id>)>, id: Option<Id>) {
    signal.update(|(number, last)| {
        *number += 1;
        *last = id;
    });
}

/// Grows whenever this profile (any profile for none) was changed by anybody.
pub fn profile_version(id: impl Fn() -> Option<ProfileId> + Send + Sync + 'static) -> Memo<usize> {
    version(|live| live.profile, id)
}

/// Grows whenever this pipeline (any pipeline for none), or what is in it, was changed by anybody.
pub fn pipeline_version(id: impl Fn() -> Option<PipelineId> + Send + Sync + 'static) -> Memo<usize> {
    version(|live| live.pipeline, id)
}

/// As this version, but not while somebody has begun to fill in a form of the page: shown anew it could lose what they typed, and it
/// is compared with what they saw when they began. What they save shows the rest, and so does another address.
pub fn between_forms(version: Memo<usize>) -> RwSignal<usize> {
    let shown = RwSignal::new(version.get_untracked());
    let address = use_location();
    Effect::new(move |_| {
        address.search.track();
        let now = version.get();
        if !is_any_begun() {
            shown.set(now);
        }
    });
    shown
}

/// Grows whenever this calendar (any calendar for none), or what is booked in it, was changed by anybody.
pub fn calendar_version(id: impl Fn() -> Option<CalendarId> + Send + Sync + 'static) -> Memo<usize> {
    version(|live| live.calendar, id)
}

fn version<Id: Copy + PartialEq + Send + Sync + 'static>(
    signal: impl Fn(Live) -> RwSignal<(usize, Option<Id>)>,
    id: impl Fn() -> Option<Id> + Send + Sync + 'static,
) -> Memo<usize> {
    let signal = use_context::<Live>().map(signal);
    Memo::new(move |before: Option<&usize>| {
        let (number, changed) = signal.map(|signal| signal.get()).unwrap_or((0, None));
        let concerned = match (id(), changed) {
            (Some(own), Some(changed)) => own == changed,
            _ => true,
        };
        if concerned { number } else { before.copied().unwrap_or_default() }
    })
}
