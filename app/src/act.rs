//! Posting a form to a server function and waiting for its answer.
//!
//! Leptos' `ServerAction` and `ActionForm` read the form into the function's argument type in the browser, only to write it out
//! again: some twenty kilobytes of wasm for each form. Here the browser's own form data goes out as it is, and one piece of code
//! serves every form; the type parameter only names the function.

use std::marker::PhantomData;

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use server_fn::ServerFn;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlButtonElement, HtmlFormElement, UrlSearchParams};

use crate::{AppError, Done, live::Live, wire};

/// Something that a person can do on a page, by posting to the server function `S`.
pub struct Act<S> {
    pub(crate) post: Post,
    function: PhantomData<fn() -> S>,
}

impl<S> Clone for Act<S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> Copy for Act<S> {}

impl<S: ServerFn<Output = Done, Error = AppError>> Act<S> {
    #[expect(
        clippy::new_without_default,
        reason = "it makes signals: nothing that should come about by default"
    )]
    pub fn new() -> Self {
        Self { post: Post::to(S::PATH), function: PhantomData }
    }

    /// What was answered is not about what is asked now.
    pub fn forget_answer(self) {
        self.post.answer.set(None);
    }
}

/// The part that is the same for every function.
#[derive(Clone, Copy)]
pub(crate) struct Post {
    pub endpoint: &'static str,
    pub answer: RwSignal<Option<Result<Done, AppError>>>,
    pub pending: RwSignal<bool>,
    /// Counts answers.
    pub version: RwSignal<usize>,
    live: Option<Live>,
}

impl Post {
    fn to(endpoint: &'static str) -> Self {
        Self {
            endpoint,
            answer: RwSignal::new(None),
            pending: RwSignal::new(false),
            version: RwSignal::new(0),
            live: use_context(),
        }
    }

    /// Takes a submission over from the browser. A second click while the first is on its way does nothing.
    pub fn submit(self, event: &SubmitEvent) {
        // A button that asks another page with the fields is the browser's own business.
        let asks = event.submitter().is_some_and(|button| button.has_attribute("formmethod"));
        if event.default_prevented() || asks {
            return;
        }
        let Some(body) = form_body(event) else { return };
        event.prevent_default();
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        let live = self.live;
        if let Some(live) = live {
            live.acts_pending.update(|acts| *acts += 1);
        }
        spawn_local(async move {
            let answer = wire::post(self.endpoint, body).await;
            let answer: Result<Done, AppError> = answer.and_then(|json| wire::read(&json));
            let leaves = answer.as_ref().is_ok_and(|done| done.is_new_session);
            self.pending.set(false);
            self.answer.set(Some(answer));
            self.version.update(|version| *version += 1);
            if let Some(live) = live {
                live.is_leaving.set(leaves);
                live.acts_pending.update(|acts| *acts = acts.saturating_sub(1));
            }
        });
    }
}

/// Where a form holds the version that its typing is about.
pub(crate) const HELD_VERSION: &str = "data-version";

/// What the browser itself would send, the pressed button's value included; of a version the one that the typing is about.
fn form_body(event: &SubmitEvent) -> Option<UrlSearchParams> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    if let Some(version) = form.get_attribute(HELD_VERSION) {
        data.set_with_str("version", &version).ok()?;
    }
    let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    if let Some(button) = button.filter(|button| !button.name().is_empty()) {
        data.append_with_str(&button.name(), &button.value()).ok()?;
    }
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
}
