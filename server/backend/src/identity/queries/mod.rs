//! One file a noun; one statement a function.

pub(super) mod login;
pub(super) mod member;
pub(super) mod photo;
pub(super) mod session;
pub(super) mod sign_up;
pub(super) mod token;
