use serde::{Deserialize, Serialize};

/// What every act answers: what to say, and where to go. With wasm the form follows it; without, the server turns it into a
/// redirect with a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// For the toast.
    pub message: Option<String>,
    /// A path on our origin; none to stay on the page.
    pub go_to: Option<String>,
    /// Who is looking, or what they may do, has changed: the browser loads the next page anew.
    pub is_new_session: bool,
    /// Something to show once, where the form stands. Never part of an address or a cookie, so it may be a secret.
    pub shown: Option<String>,
    /// `go_to` is an address of somebody else's.
    #[serde(default)]
    pub is_elsewhere: bool,
}

impl Done {
    pub fn stay() -> Self {
        Self::default()
    }

    /// `path` must be one of ours (see [`crate::paths`]).
    pub fn to(path: impl Into<String>) -> Self {
        Self { go_to: Some(path.into()), ..Self::default() }
    }

    /// To a page of somebody else's. `url` must never be what a visitor has sent.
    pub fn elsewhere(url: impl Into<String>) -> Self {
        Self { is_elsewhere: true, ..Self::to(url).new_session() }
    }

    #[must_use]
    pub fn say(self, message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..self }
    }

    /// Stays on the page and shows `text` there.
    pub fn show(text: impl Into<String>) -> Self {
        Self { shown: Some(text.into()), ..Self::default() }
    }

    #[must_use]
    pub fn new_session(self) -> Self {
        Self { is_new_session: true, ..self }
    }
}
