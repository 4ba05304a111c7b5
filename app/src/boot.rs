//! What a page knows before its first line is rendered: who looks, the brand, messages of the last act. The server's middleware
//! makes it once a request; the browser reads the same from the page. So it is never a resource.

use domain::identity::Viewer;
use leptos::prelude::expect_context;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    pub viewer: Option<Viewer>,
    pub brand: Brand,
    /// What the last act had to say, when it ended with a redirect.
    pub messages: Vec<String>,
    /// A form that was posted without wasm and is shown again.
    pub replay: Option<Replay>,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// The /dev pages exist.
    pub development: bool,
    /// Guessed from `Accept-Language`; empty when it says nothing. ISO 3166-1 alpha-2.
    pub guessed_country: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    pub name: String,
    pub support_email: String,
    /// "Book a call"; none where the operator offers none.
    pub book_a_call_url: Option<String>,
}

/// What was typed, and what was answered, to be shown on the form's page: a refusal, or something to read there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// The path the form was posted to.
    pub endpoint: String,
    /// The page it stands on.
    pub page: String,
    /// Without passwords.
    pub values: Vec<(String, String)>,
    pub answer: Result<Done, AppError>,
}

/// The id of the script element that carries it to the browser.
pub const BOOT_ELEMENT_ID: &str = "boot";

impl Replay {
    pub fn error(&self) -> Option<&AppError> {
        self.answer.as_ref().err()
    }

    /// See [`AppError::asks_who_it_is`].
    pub fn asks_who_it_is(&self) -> bool {
        self.error().is_some_and(AppError::asks_who_it_is)
    }
}

impl Boot {
    /// The boot of this page, from anywhere inside the app. [`crate::App`] provides it first of all.
    pub fn current() -> Self {
        expect_context()
    }
}
