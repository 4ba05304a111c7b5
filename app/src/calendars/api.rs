#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    CalendarId, MemberId, ProfileId, Refusal,
    calendars::{
        CalendarDeletion, CalendarDetails, CalendarForm, CalendarKind, CalendarRow, CalendarRulesForm,
        HostProposal, HostTermsForm, QuestionForm, SimulatedHost,
    },
    pipelines::PeopleFilter,
};
use leptos::prelude::*;

use super::hosts::ListPlace;
use crate::{AppError, Done, paths};

/// The calendars that the viewer may see, by name.
#[server(prefix = "/api", endpoint = "calendars/list")]
pub async fn read_calendars() -> Result<Vec<CalendarRow>, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::calendars::list(&backend, &access).await?)
}

/// What the settings of a calendar show. `show` is `concerned` for only those about whom something is said.
#[server(prefix = "/api", endpoint = "calendars/show")]
pub async fn read_calendar(
    id: CalendarId,
    search: Option<String>,
    show: Option<String>,
    page: Option<String>,
) -> Result<CalendarDetails, AppError> {
    let (backend, access) = crate::request::reading()?;
    let filter = PeopleFilter {
        search: search.unwrap_or_default().trim().to_owned(),
        only_concerned: show.as_deref() == Some("concerned"),
        page: page.and_then(|page| page.parse().ok()).unwrap_or(1),
    };
    Ok(backend::calendars::show(&backend, &access, id, &filter).await?)
}

/// `host` is the one of a personal calendar; empty for whoever makes it.
#[server(prefix = "/api", endpoint = "calendars/create")]
pub async fn create_calendar(
    #[server(default)] kind: String,
    #[server(default)] host: String,
    name: String,
    #[server(default)] slug: String,
    #[server(default)] description: String,
    #[server(default)] location: String,
    #[server(default)] colour: String,
    #[server(default)] duration_minutes: String,
    #[server(default)] slot_step_minutes: String,
    #[server(default)] buffer_before_minutes: String,
    #[server(default)] buffer_after_minutes: String,
    #[server(default)] minimum_notice_minutes: String,
    #[server(default)] horizon_days: String,
    #[server(default)] ramp_up_weeks: String,
    #[server(default)] questions: Vec<QuestionForm>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let rules = CalendarRulesForm {
        duration_minutes,
        slot_step_minutes,
        buffer_before_minutes,
        buffer_after_minutes,
        minimum_notice_minutes,
        horizon_days,
    };
    let form = CalendarForm {
        kind,
        name,
        slug,
        description,
        location,
        colour,
        rules,
        ramp_up_weeks,
        questions,
        host,
    };
    let calendar = backend::calendars::create(&backend, &access, &form).await?;
    let there = format!("The calendar “{}” is there.", calendar.name);
    Ok(match calendar.kind {
        CalendarKind::Personal => Done::to(paths::calendar(calendar.id)).say(there),
        CalendarKind::RoundRobin | CalendarKind::Collective => {
            Done::to(paths::calendar_hosts(calendar.id)).say(format!("{there} Say who takes its bookings."))
        }
    })
}

#[server(prefix = "/api", endpoint = "calendars/change")]
pub async fn change_calendar(
    id: CalendarId,
    version: i32,
    name: String,
    #[server(default)] slug: String,
    #[server(default)] description: String,
    #[server(default)] location: String,
    #[server(default)] colour: String,
    #[server(default)] duration_minutes: String,
    #[server(default)] slot_step_minutes: String,
    #[server(default)] buffer_before_minutes: String,
    #[server(default)] buffer_after_minutes: String,
    #[server(default)] minimum_notice_minutes: String,
    #[server(default)] horizon_days: String,
    #[server(default)] ramp_up_weeks: String,
    #[server(default)] questions: Vec<QuestionForm>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let rules = CalendarRulesForm {
        duration_minutes,
        slot_step_minutes,
        buffer_before_minutes,
        buffer_after_minutes,
        minimum_notice_minutes,
        horizon_days,
    };
    let form = CalendarForm {
        kind: String::new(),
        name,
        slug,
        description,
        location,
        colour,
        rules,
        ramp_up_weeks,
        questions,
        host: String::new(),
    };
    backend::calendars::change(&backend, &access, id, version, &form).await?;
    Ok(Done::to(paths::calendar(id)).say("Saved."))
}

/// Whether visitors can book.
#[server(prefix = "/api", endpoint = "calendars/switch")]
pub async fn switch_calendar(id: CalendarId, on: bool) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::calendars::switch(&backend, &access, id, on).await?;
    Ok(Done::stay().say(if on { "Visitors can book now." } else { "Visitors cannot book any more." }))
}

#[server(prefix = "/api", endpoint = "calendars/deletion")]
pub async fn read_calendar_deletion(id: CalendarId) -> Result<CalendarDeletion, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::calendars::deletion(&backend, &access, id).await?)
}

#[server(prefix = "/api", endpoint = "calendars/delete")]
pub async fn delete_calendar(id: CalendarId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::calendars::delete(&backend, &access, id).await?;
    Ok(Done::to(paths::CALENDAR_SETTINGS).say("The calendar is deleted."))
}

/// Whether everyone with this profile is a host, and how.
#[server(prefix = "/api", endpoint = "calendars/set-rule")]
pub async fn set_calendar_rule(
    id: CalendarId,
    profile: ProfileId,
    on: bool,
    #[server(default)] weight: String,
    #[server(default)] priority: String,
    #[server(default)] ramp_up_weeks: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let terms = HostTermsForm { weight, priority, ramp_up_weeks };
    backend::calendars::set_rule(&backend, &access, id, profile, on.then_some(&terms)).await?;
    Ok(Done::stay().say("Saved."))
}

/// `choice` is a [`domain::pipelines::MembershipChoice::key`]. `q`, `show` and `page` are what the list shows below a question about a
/// share, which leads back to it.
#[server(prefix = "/api", endpoint = "calendars/set-member")]
pub async fn set_calendar_member(
    id: CalendarId,
    member: MemberId,
    choice: String,
    #[server(default)] weight: String,
    #[server(default)] priority: String,
    #[server(default)] ramp_up_weeks: String,
    #[server(default)] q: String,
    #[server(default)] show: String,
    #[server(default)] page: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let choice = choice.parse().map_err(|problem| Refusal::field("choice", problem))?;
    let terms = HostTermsForm { weight, priority, ramp_up_weeks };
    let is_about_share = !terms.weight.is_empty();
    backend::calendars::set_member(&backend, &access, id, member, choice, &terms).await?;
    let list = ListPlace { search: q, show, page };
    let done = if is_about_share { Done::to(list.href(id, None)) } else { Done::stay() };
    Ok(done.say("Saved."))
}

/// Who would get the next bookings, as things are and with these terms for `member` (none: as things are).
#[server(prefix = "/api", endpoint = "calendars/simulate")]
pub async fn simulate_calendar(
    id: CalendarId,
    member: Option<MemberId>,
    weight: Option<String>,
    priority: Option<String>,
    ramp_up_weeks: Option<String>,
) -> Result<Vec<SimulatedHost>, AppError> {
    let (backend, access) = crate::request::reading()?;
    let terms = HostTermsForm {
        weight: weight.unwrap_or_default(),
        priority: priority.unwrap_or_default(),
        ramp_up_weeks: ramp_up_weeks.unwrap_or_default(),
    };
    let proposals: Vec<_> =
        member.map(|member| HostProposal { member, terms: Some(terms) }).into_iter().collect();
    Ok(backend::calendars::simulate(&backend, &access, id, SIMULATED_BOOKINGS, &proposals).await?)
}

/// Bookings that a simulation looks ahead: enough to see shares.
pub const SIMULATED_BOOKINGS: u32 = 100;
