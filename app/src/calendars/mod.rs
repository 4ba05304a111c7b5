//! Calendars: the public pages on which visitors book.

pub mod api_booking;
mod booking;

pub use booking::BookingRoutes;
