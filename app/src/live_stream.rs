//! The browser's end of the stream. Everything here runs from effects, which do not run on the server.

use std::{cell::RefCell, rc::Rc};

use domain::identity::Viewer;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use send_wrapper::SendWrapper;
use ui::{ToastContext, Tone};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent, VisibilityState};

use crate::{
    kept_form,
    live::{Live, LiveMessage, News, PATH},
    paths,
    viewer::ViewerNow,
    wire,
};

/// Keeps a stream open while the page is looked at. A hidden page needs none, and browsers allow few connections; shown again, it
/// hears first of all who looks as of then.
pub fn follow() {
    let Some((live, now)) = use_context::<Live>().zip(use_context::<ViewerNow>()) else { return };
    apply_news(live, now);
    Effect::new(move |_| {
        let hear = move |message: LiveMessage| match message {
            LiveMessage::Viewer { viewer, why } => live.news.set(Some(News::Viewer(viewer, why))),
            LiveMessage::Ended => live.news.set(Some(News::Ended)),
            LiveMessage::Profile { id } => live.profile_changed(Some(id)),
            LiveMessage::Pipeline { id } => live.pipeline_changed(Some(id)),
            LiveMessage::Calendar { id } => live.calendar_changed(Some(id)),
            LiveMessage::Missed => {
                live.profile_changed(None);
                live.pipeline_changed(None);
                live.calendar_changed(None);
            }
        };
        let stream = Rc::new(Stream::new(hear));
        stream.match_visibility();
        let watched = stream.clone();
        let watching = window_event_listener_untyped("visibilitychange", move |_| watched.match_visibility());
        let ends = SendWrapper::new((stream, watching));
        on_cleanup(move || {
            let (stream, watching) = ends.take();
            stream.close();
            watching.remove();
        });
    });
}

/// News about the reader wait while something they do is on its way: its answer may be the reason of the news, and says more.
fn apply_news(live: Live, now: ViewerNow) {
    let toasts = use_context::<ToastContext>();
    let location = use_location();
    Effect::new(move |_| {
        if live.acts_pending.get() > 0 || live.is_leaving.get() {
            return;
        }
        match live.news.get() {
            Some(News::Viewer(viewer, why)) => show_as(now, *viewer, why, toasts),
            Some(News::Ended) => sign_in_again(&paths::of(&location)),
            None => {}
        }
    });
}

struct Stream {
    source: RefCell<Option<EventSource>>,
    hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Stream {
    fn new(mut hear: impl FnMut(LiveMessage) + 'static) -> Self {
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            // A newer server says more than this page knows.
            if let Ok(message) = wire::read(&text) {
                hear(message);
            }
        });
        Self { source: RefCell::new(None), hear }
    }

    fn match_visibility(&self) {
        match document().visibility_state() {
            VisibilityState::Visible => self.open(),
            _ => self.close(),
        }
    }

    fn open(&self) {
        let mut source = self.source.borrow_mut();
        if source.as_ref().is_some_and(|source| source.ready_state() != EventSource::CLOSED) {
            return;
        }
        *source = EventSource::new(PATH).ok();
        if let Some(source) = source.as_ref() {
            source.set_onmessage(Some(self.hear.as_ref().unchecked_ref()));
        }
    }

    fn close(&self) {
        if let Some(source) = self.source.borrow_mut().take() {
            source.set_onmessage(None);
            source.close();
        }
    }
}

/// Shows the page as its reader may see it from now on. What they had typed stays.
fn show_as(now: ViewerNow, viewer: Viewer, why: Option<String>, toasts: Option<ToastContext>) {
    if now.0.with_untracked(|shown| shown.as_ref() == Some(&viewer)) {
        return;
    }
    kept_form::keep_all();
    now.0.set(Some(viewer));
    if let Some((why, toasts)) = why.zip(toasts) {
        toasts.push(Tone::Neutral, why);
    }
}

fn sign_in_again(here: &str) {
    kept_form::keep_all();
    let _ = window().location().assign(&paths::signed_out(here));
}
