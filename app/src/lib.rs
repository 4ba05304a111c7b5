//! Pages and server functions of Steward: compiled natively for the server (`ssr`) and to wasm for the browser (`hydrate`).
#![recursion_limit = "256"]
#![allow(clippy::must_use_candidate, clippy::too_many_arguments, reason = "components and server functions")]

pub mod account;
pub mod act;
pub mod activity;
pub mod billing;
pub mod boot;
pub mod calendars;
mod data;
pub mod dev;
pub mod done;
pub mod error;
pub mod form;
pub mod identity;
mod json;
mod kept_form;
pub mod layout;
pub mod live;
mod live_stream;
mod pages;
pub mod paths;
pub mod permissions;
pub mod pipelines;
mod preview;
pub mod routes;
pub mod shared_api;
pub mod staff;
mod time;
pub mod viewer;
mod wire;

// The one place where server and browser differ: the same names, what each can do.
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(not(feature = "ssr"))]
#[path = "request_browser.rs"]
mod request;
#[cfg(feature = "ssr")]
pub mod shell;

pub use boot::Boot;
pub use data::Data;
pub use done::Done;
pub use error::AppError;
pub use form::{ChangedMeanwhile, Form, SaveForm};
pub use routes::App;
pub(crate) use time::{browser_time_zone, time};
pub use ui::{THEME_COOKIE, Theme};
pub use viewer::use_viewer;
