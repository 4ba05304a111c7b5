//! Members and invitations.

pub(crate) mod letters;
mod record_delivery;

pub(crate) use record_delivery::record_delivery;
