//! Forms that post to server functions: errors beside the fields, the result as a toast, what was typed never lost.

use std::borrow::Cow;

use leptos::{html, prelude::*};
use leptos_router::hooks::{use_location, use_navigate};
use server_fn::ServerFn;
use ui::{Button, ButtonKind, Callout, ToastContext, Tone};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use crate::{
    AppError, Boot, Done,
    act::{Act, HELD_VERSION, Post},
    boot::Replay,
    kept_form::{keep_typed, settle},
    layout::Narrow,
    paths,
};
use domain::Refusal;

/// The state of one form; `Copy`, so that fields can take what they need.
#[derive(Clone, Copy)]
pub struct Form {
    error: Signal<Option<AppError>>,
    pending: Signal<bool>,
    /// What the act's last answer had to show ([`Done::shown`]); a page may take it away again.
    pub shown: RwSignal<Option<String>>,
    /// Counts finished submissions: let a page's resource depend on it to show what has changed.
    pub version: Signal<usize>,
    replay: StoredValue<Option<Replay>>,
}

impl Form {
    /// The form of this act. Follows its result: toast, next page, or the page that asks for a fresh proof.
    pub fn of<S>(act: Act<S>) -> Self
    where
        S: ServerFn<Output = Done, Error = AppError>,
    {
        Self::of_post(act.post)
    }

    fn of_post(post: Post) -> Self {
        let replay = Boot::current().replay.filter(|replay| replay.endpoint == post.endpoint);
        let replayed = replay.as_ref().and_then(|replay| replay.error().cloned());
        let done = replay.as_ref().and_then(|replay| replay.answer.as_ref().ok());
        let shown = RwSignal::new(done.and_then(|done| done.shown.clone()));
        follow(post.answer, shown);
        Self {
            shown,
            error: Signal::derive(move || match post.answer.get() {
                Some(result) => result.err(),
                None => replayed.clone(),
            }),
            pending: post.pending.into(),
            version: post.version.into(),
            replay: StoredValue::new(replay),
        }
    }

    /// A plain form that posts a file to `endpoint`; the browser loads a new page in any case.
    pub fn upload(endpoint: &str) -> Self {
        let replay = Boot::current().replay.filter(|replay| replay.endpoint == endpoint);
        let replayed = replay.as_ref().and_then(|replay| replay.error().cloned());
        Self {
            error: Signal::stored(replayed),
            shown: RwSignal::new(None),
            pending: Signal::stored(false),
            version: Signal::stored(0),
            replay: StoredValue::new(replay),
        }
    }

    /// Counts what was saved. A resource that a form itself stands in depends on this and not on `version`: shown anew after a
    /// refusal, the form would lose what was typed.
    pub fn saved(self) -> Memo<usize> {
        Memo::new(move |before: Option<&usize>| {
            let version = self.version.get();
            if self.error.with(Option::is_none) { version } else { before.copied().unwrap_or_default() }
        })
    }

    pub fn pending(self) -> Signal<bool> {
        self.pending
    }

    /// What is wrong as a whole. Problems of single fields stand beside the fields; where somebody has to say who they are, the
    /// form itself says so ([`SaveForm`]).
    pub fn error(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.error.get().filter(|error| !error.asks_who_it_is()).map(|error| error.to_string())
        })
    }

    /// Why the act was refused, for pages that say more about it than its sentence.
    pub fn refusal(self) -> Signal<Option<Refusal>> {
        Signal::derive(move || self.error.with(|error| error.as_ref()?.refusal().cloned()))
    }

    /// What is wrong with one field.
    pub fn problem(self, field: impl Into<Cow<'static, str>>) -> Signal<Option<String>> {
        let field = field.into();
        Signal::derive(move || {
            self.error.with(|error| Some(error.as_ref()?.refusal()?.problem(&field)?.to_string()))
        })
    }

    /// Whether a check box of several with one name was on before a refusal, else `initial`.
    pub fn was_chosen(self, field: &str, value: &str, initial: bool) -> bool {
        self.replay.with_value(|replay| match replay {
            Some(replay) => replay.values.iter().any(|(name, chosen)| name == field && chosen == value),
            None => initial,
        })
    }

    /// What was typed before a refusal, else `initial`.
    pub fn typed(self, field: &str, initial: impl Into<String>) -> String {
        self.replay
            .with_value(|replay| {
                let values = &replay.as_ref()?.values;
                values.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
            })
            .unwrap_or_else(|| initial.into())
    }
}

/// Runs in the browser only: effects do not run on the server.
fn follow(answer: RwSignal<Option<Result<Done, AppError>>>, shown: RwSignal<Option<String>>) {
    let navigate = use_navigate();
    let location = use_location();
    let toasts = use_context::<ToastContext>();
    let here = move || paths::of(&location);
    Effect::new(move |_| match answer.get() {
        Some(Ok(done)) => {
            if let (Some(message), Some(toasts), false) = (&done.message, toasts, done.is_new_session) {
                toasts.push(Tone::Good, message.clone());
            }
            shown.set(done.shown);
            match (done.go_to, done.is_new_session) {
                (Some(path), false) => navigate(&path, Default::default()),
                (Some(path), true) => load_anew(&path),
                (None, true) => load_anew(&here()),
                (None, false) => {}
            }
        }
        Some(Err(AppError::Refused(Refusal::FreshProofNeeded))) => {
            load_anew(&paths::with_next(paths::PROVE, &here()))
        }
        Some(Err(AppError::Refused(Refusal::SignInNeeded))) => {
            load_anew(&paths::with_next(paths::SIGN_IN, &here()))
        }
        _ => {}
    });
}

fn load_anew(path: &str) {
    let _ = window().location().assign(path);
}

/// A form that posts to the server function `S`, by wasm where it runs, else by itself. It also tells the server which page it
/// stands on, so that a refused form can be shown again there.
#[component]
pub fn SaveForm<S>(
    action: Act<S>,
    /// Its fields save themselves, so nothing typed needs keeping.
    #[prop(optional)]
    is_live: bool,
    /// It makes something new each time: once that is done it begins anew.
    #[prop(optional)]
    begins_anew: bool,
    children: Children,
) -> impl IntoView
where
    S: ServerFn<Output = Done, Error = AppError>,
{
    posting_form(action.post, is_live, begins_anew, children)
}

fn posting_form(post: Post, is_live: bool, begins_anew: bool, children: Children) -> AnyView {
    let location = use_location();
    let page = paths::of(&location);
    let form = NodeRef::<html::Form>::new();
    let kept_as = format!("{} {page}", post.endpoint);
    if !is_live {
        keep_typed(form, kept_as.clone(), post.answer.into());
    }
    show_refusal(form, post);
    let begin = hold_version(form, post, begins_anew);
    let replay = Boot::current().replay.filter(|replay| replay.endpoint == post.endpoint);
    let question = replay.as_ref().and_then(Replay::error).and_then(who_is_it);
    view! {
        <form method="post" action=post.endpoint data-kept-as=(!is_live).then_some(kept_as) node_ref=form on:input=begin on:submit=move |event| post.submit(&event)>
            {question}
            <input type="hidden" name=PAGE_FIELD value=page/>
            {children()}
        </form>
    }
    .into_any()
}

/// What is typed is about the version that was shown when it was begun, also when the page shows a newer one meanwhile. Answers what
/// to do when something is typed.
fn hold_version(form: NodeRef<html::Form>, post: Post, begins_anew: bool) -> impl Fn(Event) + Copy {
    Effect::new(move |_| {
        if let (Some(Ok(_)), Some(form)) = (post.answer.get(), form.get_untracked()) {
            let _ = form.remove_attribute(HELD_VERSION);
            if begins_anew { form.reset() } else { settle(&form) }
        }
    });
    move |_| {
        let Some(form) = form.get_untracked().filter(|form| !form.has_attribute(HELD_VERSION)) else {
            return;
        };
        if let Ok(Some(shown)) = form.query_selector("input[name=version]") {
            let _ = form.set_attribute(HELD_VERSION, &shown.unchecked_into::<HtmlInputElement>().value());
        }
    }
}

/// A refusal may stand where nobody looks, above the button of a long form: the first wrong field gets the keyboard, and so comes
/// into view; where no field is wrong, what is said about the form as a whole comes into view. Runs in the browser only.
fn show_refusal(form: NodeRef<html::Form>, post: Post) {
    Effect::new(move |_| {
        if !matches!(post.answer.get(), Some(Err(_))) {
            return;
        }
        // The fields are marked by then.
        request_animation_frame(move || {
            let Some(form) = form.try_get_untracked().flatten() else { return };
            let first = |selector: &str| form.query_selector(selector).ok().flatten();
            if let Some(field) =
                first("[aria-invalid=true]").and_then(|field| field.dyn_into::<HtmlElement>().ok())
            {
                let _ = field.focus();
            } else if let Some(alert) = first("[role=alert]") {
                alert.scroll_into_view();
            }
        });
    });
}

/// Asks somebody without wasm to say who they are. That happens in another tab, so that this page, and what was typed into it,
/// stays.
fn who_is_it(error: &AppError) -> Option<AnyView> {
    let (path, title, link) = match error.refusal()? {
        Refusal::FreshProofNeeded => {
            (paths::PROVE, "Please confirm that it is you", "Enter your password in a new tab")
        }
        Refusal::SignInNeeded => (paths::SIGN_IN, "You are not signed in", "Sign in in a new tab"),
        _ => return None,
    };
    let href = paths::with_next(path, paths::GO_BACK);
    let view = view! {
        <div role="alert">
            <Callout tone=Tone::Warn title>
                <p>
                    <a href=href target="_blank" rel="noopener">{link}</a>
                    ", then come back to this one and send the form once more. What you typed is still here."
                </p>
            </Callout>
        </div>
    };
    Some(view.into_any())
}

/// Stands in for the page of a form that was sent after the session had ended: nobody may see that page now, but what was typed
/// is kept here and can be sent once more.
#[component]
pub fn SendAgain(replay: Replay) -> impl IntoView {
    let question = replay.error().and_then(who_is_it);
    let kept = replay.values.into_iter().map(|(name, value)| {
        view! { <input type="hidden" name=name value=value/> }
    });
    let kept = kept.collect_view();
    view! {
        <Narrow title="Please sign in to go on" description="Your session has ended meanwhile.">
            <form method="post" action=replay.endpoint>
                {question}
                <input type="hidden" name=PAGE_FIELD value=replay.page/>
                {kept}
                <Button kind=ButtonKind::Primary>"Send it once more"</Button>
            </form>
        </Narrow>
    }
}

/// The hidden field with the page's path.
pub const PAGE_FIELD: &str = "_page";

/// What to do when somebody else was quicker. Nothing that was typed is lost until the person decides so. `now` shows what is there,
/// `again` is the form's own page.
#[component]
pub fn ChangedMeanwhile(form: Form, now: String, again: String) -> impl IntoView {
    let refusal = form.refusal();
    move || {
        let (now, again) = (now.clone(), again.clone());
        (refusal.get() == Some(Refusal::ChangedMeanwhile)).then(|| {
            view! {
                <Callout tone=Tone::Warn title="What you typed is still here, but not saved">
                    <p>
                        <a class="link" href=now target="_blank">"See what is there now"</a>" (opens a new tab), or "
                        <a class="link" href=again rel="external">"start again from it"</a>
                        ": that forgets what you typed."
                    </p>
                </Callout>
            }
        })
    }
}
