//! What a server function can answer instead of its result. Nothing internal is in it.

use domain::Refusal;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use ui::Callout;

use crate::{paths, viewer::explained};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    #[error("{0}")]
    Refused(Refusal),
    /// Refused for want of a permission, with the id under which that is explained.
    #[error("{}", with_explanation(&refusal.to_string(), explanation))]
    Denied { refusal: Refusal, explanation: String },
    /// A bug, or a broken surrounding. The log has the detail under this id.
    #[error("Something went wrong on our side. Nothing was lost; please try again. Reference: {request_id}")]
    Broken { request_id: String },
    /// The request did not have the form we publish.
    #[error("This request could not be read.")]
    Malformed,
    #[error("This is more than can be sent at once.")]
    TooLarge,
    /// Sent by a page of another site, or by something that does not say where it comes from.
    #[error("This request does not come from a page of ours. Please open the page anew and try again.")]
    ForeignOrigin,
    #[error("The server could not be reached. Check your connection and try again.")]
    Unreachable,
}

impl AppError {
    /// The one mapping to HTTP.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(refusal) | Self::Denied { refusal, .. } => match refusal {
                Refusal::SignInNeeded => 401,
                Refusal::PermissionMissing(_)
                | Refusal::NotToGiveOn(_)
                | Refusal::FreshProofNeeded
                | Refusal::NotToYourself
                | Refusal::OnlyLooking => 403,
                Refusal::AccountPaused => 402,
                Refusal::GatewayAway => 503,
                Refusal::NotFound => 404,
                Refusal::ChangedMeanwhile
                | Refusal::LastAdmin
                | Refusal::AlreadyMember
                | Refusal::NotActive
                | Refusal::AlreadyHeld
                | Refusal::LogBroken(_) => 409,
                Refusal::LinkNotValid => 410,
                Refusal::TooManyAttempts { .. } => 429,
                _ => 422,
            },
            Self::Broken { .. } => 500,
            Self::Malformed => 400,
            Self::TooLarge => 413,
            Self::ForeignOrigin => 403,
            Self::Unreachable => 503,
        }
    }

    /// Stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) | Self::Denied { refusal, .. } => refusal.code(),
            Self::Broken { .. } => "broken",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::ForeignOrigin => "foreign_origin",
            Self::Unreachable => "unreachable",
        }
    }

    /// Whether somebody signs in, or proves who they are, and then does the same once more.
    pub fn asks_who_it_is(&self) -> bool {
        matches!(self, Self::Refused(Refusal::SignInNeeded | Refusal::FreshProofNeeded))
    }

    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) | Self::Denied { refusal, .. } => Some(refusal),
            _ => None,
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Serialization(_) => Self::Malformed,
            _ => Self::Unreachable,
        }
    }
}

/// What is passed on to whoever can change it.
pub(crate) fn with_explanation(text: &str, explanation: &str) -> String {
    format!("{text} Explanation: {explanation}.")
}

/// A page's data could not be had: says so where the data would have been, with the right status.
#[component]
pub fn LoadError(error: AppError) -> impl IntoView {
    crate::request::set_status(&error);
    let title = match error.status() {
        404 => "Not found",
        401 | 403 => "No access",
        _ => "This could not be loaded",
    };
    // Somebody whose session ended while the page was open: the way in, and back to where they are.
    let sign_in = (error.status() == 401).then(|| {
        let href = paths::with_next(paths::SIGN_IN, &paths::of(&use_location()));
        view! { " " <a href=href rel="external">"Sign in"</a> }
    });
    // A refusal that the page itself decided has no explanation yet.
    let why = error.refusal().map_or_else(|| error.to_string().into(), explained);
    view! { <Callout tone=ui::Tone::Bad title=title>{why.view()}{sign_in}</Callout> }
}
