//! What visitors do, without a session.
#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::calendars::{BookingForm, OfferAsked, PublicCalendar, VisitorAppointment};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::offer::OfferText;
use crate::{AppError, Done, paths};

/// The page on which visitors book.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BookingView {
    pub calendar: PublicCalendar,
    pub offer: OfferText,
    pub time_zones: Vec<String>,
    /// Goes with the form, so that it books once however often it is sent.
    pub request_key: String,
}

/// The page on which a visitor moves their appointment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OtherTimesView {
    pub appointment: VisitorAppointment,
    pub offer: OfferText,
    pub time_zones: Vec<String>,
}

/// `from` is a day as [`OfferDay::key`](super::offer::OfferDay::key); none for today. A `zone` that is not known is the account's.
#[server(prefix = "/api", endpoint = "booking/page")]
pub async fn read_booking_page(
    account: String,
    calendar: String,
    from: Option<String>,
    zone: Option<String>,
) -> Result<BookingView, AppError> {
    let (backend, asked) = (crate::request::backend()?, asked(from, zone));
    let page = backend::calendars::booking::page(&backend, &account, &calendar, &asked).await?;
    Ok(BookingView {
        calendar: page.calendar,
        offer: page.offer.into(),
        time_zones: backend::account::time_zone_names(),
        request_key: page.request_key,
    })
}

/// What cannot be read asks for nothing in particular.
pub fn asked(from: Option<String>, zone: Option<String>) -> OfferAsked {
    let from = from.and_then(|day| day.parse().ok());
    OfferAsked { from, time_zone: zone.unwrap_or_default() }
}

/// `questions` has the answers in the order of the questions.
#[server(prefix = "/api", endpoint = "booking/book")]
pub async fn book_as_visitor(
    account: String,
    calendar: String,
    #[server(default)] starts_at: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] notes: String,
    #[server(default)] questions: Vec<String>,
    #[server(default)] time_zone: String,
    #[server(default)] request_key: String,
) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    let form =
        BookingForm { starts_at, name, email, phone, notes, answers: questions, time_zone, request_key };
    let link = backend::calendars::booking::book(&backend, &client, &account, &calendar, &form).await?;
    Ok(Done::to(paths::just_booked(&link)))
}

/// What the link of a visitor's mails leads to.
#[server(prefix = "/api", endpoint = "booking/appointment")]
pub async fn read_visitor_appointment(link: String) -> Result<VisitorAppointment, AppError> {
    Ok(backend::calendars::booking::show(&crate::request::backend()?, &link).await?)
}

/// The times to which a visitor can move their appointment. A `zone` that is not known is the one they booked in.
#[server(prefix = "/api", endpoint = "booking/other-times")]
pub async fn read_other_times(
    link: String,
    from: Option<String>,
    zone: Option<String>,
) -> Result<OtherTimesView, AppError> {
    let backend = crate::request::backend()?;
    let appointment = backend::calendars::booking::show(&backend, &link).await?;
    let offer = backend::calendars::booking::other_times(&backend, &link, &asked(from, zone)).await?;
    Ok(OtherTimesView { appointment, offer: offer.into(), time_zones: backend::account::time_zone_names() })
}

#[server(prefix = "/api", endpoint = "booking/move")]
pub async fn move_as_visitor(link: String, #[server(default)] starts_at: String) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    backend::calendars::booking::reschedule(&backend, &client, &link, &starts_at).await?;
    Ok(Done::to(paths::visitor_appointment(&link)).say("Your appointment is moved. You get a mail about it."))
}

#[server(prefix = "/api", endpoint = "booking/cancel")]
pub async fn cancel_as_visitor(link: String) -> Result<Done, AppError> {
    let (backend, client) = (crate::request::backend()?, crate::request::client()?);
    backend::calendars::booking::cancel(&backend, &client, &link).await?;
    Ok(Done::to(paths::visitor_appointment(&link)).say("Your appointment is cancelled."))
}
