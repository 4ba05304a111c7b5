//! What a page shows, read from a server function: loaded once on the server, and again in the browser whenever the arguments
//! change.
//!
//! Leptos' own way makes a resource, a suspense and a client for each type of answer: some ten kilobytes of wasm a page. Here
//! answers stay JSON until they are shown, so that one piece of code carries them all; the type parameter only says what is in
//! them.

use std::{convert::Infallible, fmt, future::Future, marker::PhantomData, pin::Pin, str::FromStr, sync::Arc};

use leptos::prelude::*;
use leptos::server::codee::string::FromToStringCodec;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::ServerFn;

use crate::{
    AppError,
    error::LoadError,
    request::answer,
    viewer::ViewerNow,
    wire::{encoded, read},
};

/// Something to show; `Copy`, so that the parts of a page can take it.
pub struct Data<T> {
    answer: Resource<Answer, FromToStringCodec>,
    shows: PhantomData<fn() -> T>,
}

impl<T> Clone for Data<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Data<T> {}

impl<T: Serialize + DeserializeOwned + 'static> Data<T> {
    /// What the server function answers to `ask`; asked again when that changes. An error from `ask` stands for the answer.
    pub fn new<S>(ask: impl Fn() -> Result<S, AppError> + Clone + Send + Sync + 'static) -> Self
    where
        S: ServerFn<Output = T, Error = AppError> + Serialize + Send + 'static,
    {
        Self::renewed(|| 0, ask)
    }

    /// As [`Self::new`], and asked again whenever `version` changes: after an act, say.
    pub fn renewed<S>(
        version: impl Fn() -> usize + Send + Sync + 'static,
        ask: impl Fn() -> Result<S, AppError> + Clone + Send + Sync + 'static,
    ) -> Self
    where
        S: ServerFn<Output = T, Error = AppError> + Serialize + Send + 'static,
    {
        let asked = ask.clone();
        let question = move || (asked().map(|arguments| encoded(&arguments)), version());
        let load = move || match untrack(&ask) {
            Ok(arguments) => Box::pin(answer(arguments)) as Loading,
            Err(error) => Box::pin(async { Err(error) }),
        };
        Self { answer: resource(Box::new(question), Box::new(load)), shows: PhantomData }
    }

    /// The data once they are there, `waiting` until then; says so when they could not be had.
    pub fn show(
        self,
        waiting: fn() -> AnyView,
        view: impl Fn(T) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        self.show_either(waiting, move |result| match result {
            Ok(found) => view(found),
            Err(error) => view! { <LoadError error/> }.into_any(),
        })
    }

    /// As [`Self::show`], for pages that say more about what went wrong.
    pub fn show_either(
        self,
        waiting: fn() -> AnyView,
        view: impl Fn(Result<T, AppError>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        shown(self.answer, waiting, Arc::new(move |Answer(answer)| view(answer.and_then(|json| read(&json)))))
    }
}

/// Asks a server function outside a page's data, from an event or a timer.
pub async fn ask<S>(arguments: S) -> Result<S::Output, AppError>
where
    S: ServerFn<Error = AppError> + Serialize + Send,
    S::Output: Serialize + DeserializeOwned,
{
    read(&answer(arguments).await?)
}

type Loading = Pin<Box<dyn Future<Output = Result<String, AppError>> + Send>>;
type Question = (Result<String, AppError>, usize);

fn resource(
    question: Box<dyn Fn() -> Question + Send + Sync>,
    load: Box<dyn Fn() -> Loading + Send + Sync>,
) -> Resource<Answer, FromToStringCodec> {
    Resource::new_str(question, move |_| {
        let loading = load();
        async { Answer(loading.await) }
    })
}

fn shown(
    answer: Resource<Answer, FromToStringCodec>,
    waiting: fn() -> AnyView,
    view: Arc<dyn Fn(Answer) -> AnyView + Send + Sync>,
) -> AnyView {
    view! {
        <Transition fallback=waiting>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    let answer = answer.await;
                    // Where data stand inside other data, both may be asked anew at once. An answer that comes after its place
                    // was taken away is not shown: nothing that the app provides is there any more.
                    if use_context::<ViewerNow>().is_none() { ().into_any() } else { view(answer) }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// JSON, or why there is none. As text (on the way from the server to the browser) its first character tells which.
#[derive(Clone, Debug, PartialEq)]
struct Answer(Result<String, AppError>);

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(json) => write!(f, "+{json}"),
            Err(error) => write!(f, "-{}", serde_json::to_string(error).unwrap_or_default()),
        }
    }
}

impl FromStr for Answer {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(match text.strip_prefix('+') {
            Some(json) => Ok(json.to_owned()),
            None => Err(read(text.get(1..).unwrap_or_default()).unwrap_or(AppError::Unreachable)),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_survive_the_way_to_the_browser() {
        for answer in [
            Answer(Ok("[\"+\",\"é\"]".to_owned())),
            Answer(Err(AppError::Malformed)),
            Answer(Err(domain::Refusal::NotFound.into())),
        ] {
            assert_eq!(answer.to_string().parse(), Ok(answer));
        }
        assert_eq!(String::new().parse(), Ok(Answer(Err(AppError::Unreachable))));
    }
}
