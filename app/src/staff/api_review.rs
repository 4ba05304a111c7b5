#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use chrono::{DateTime, Utc};
use domain::{
    AccessReviewId, Page, Permission, Problem, Refusal, ReviewLineId, When,
    permissions::{Kept, KeptBy, summary},
    staff::{LastDay, ReviewFilter, ReviewLine, ReviewState, ReviewSummary, StaffId, Verdict},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, paths, shared_api::UnusedLine};

/// A review and how far it is, with its times in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewText {
    pub id: AccessReviewId,
    pub started: When,
    pub started_by: String,
    pub finished: Option<(When, String)>,
    pub total: u64,
    pub done: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewsView {
    pub running: Option<ReviewText>,
    pub past: Vec<ReviewText>,
    pub due: When,
    pub is_due: bool,
}

#[server(prefix = "/api", endpoint = "staff/reviews")]
pub async fn read_reviews() -> Result<ReviewsView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let reviews = backend::staff::reviews(&backend, &access).await?;
    let text = |review| text(review, crate::request::local);
    Ok(ReviewsView {
        running: reviews.running.map(text),
        past: reviews.past.into_iter().map(text).collect(),
        is_due: reviews.due_at <= backend.clock.now(),
        due: crate::request::local(reviews.due_at),
    })
}

pub fn text(review: ReviewSummary, local: impl Fn(DateTime<Utc>) -> When) -> ReviewText {
    ReviewText {
        id: review.id,
        started: local(review.started_at),
        done: review.total - review.open(),
        started_by: review.started_by,
        finished: review.finished.map(|(at, by)| (local(at), by)),
        total: review.total,
    }
}

/// What became of one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LineState {
    Open,
    Gone,
    Decided { verdict: Verdict, note: String, by: String, when: When },
}

/// One person of a review, in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LineText {
    pub id: ReviewLineId,
    pub who: StaffId,
    pub name: String,
    pub email: String,
    pub role: String,
    pub profile: String,
    pub opens: String,
    /// What of it they have beside their profile, and until when; none for good.
    pub elevated: Vec<(Permission, Option<When>)>,
    pub last_day: Option<String>,
    pub last_active: Option<When>,
    pub since: Option<When>,
    pub unused: Vec<UnusedLine>,
    pub kept: Vec<(Permission, String)>,
    pub state: LineState,
}

/// A review with one page of its people.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewView {
    pub review: ReviewText,
    pub lines: Page<LineText>,
}

/// `show` is `all`, or only who is still to be decided upon.
#[server(prefix = "/api", endpoint = "staff/review")]
pub async fn read_review(
    id: AccessReviewId,
    search: Option<String>,
    show: Option<String>,
    page: Option<String>,
) -> Result<ReviewView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let filter = ReviewFilter {
        search: search.unwrap_or_default().trim().to_owned(),
        open_only: show.as_deref() != Some("all"),
        page: page.and_then(|page| page.parse().ok()).unwrap_or(1),
    };
    let found = backend::staff::review(&backend, &access, id, &filter).await?;
    let Page { rows, page, total } = found.lines;
    let lines = Page {
        rows: rows.into_iter().map(|line| line_text(line, crate::request::local)).collect(),
        page,
        total,
    };
    Ok(ReviewView { review: text(found.review, crate::request::local), lines })
}

pub fn line_text(line: ReviewLine, local: impl Fn(DateTime<Utc>) -> When) -> LineText {
    let state = match line.state {
        ReviewState::Open => LineState::Open,
        ReviewState::Gone => LineState::Gone,
        ReviewState::Decided(made) => {
            LineState::Decided { verdict: made.verdict, note: made.note, by: made.by, when: local(made.at) }
        }
    };
    LineText {
        id: line.id,
        who: line.who,
        name: line.name,
        email: line.email.to_string(),
        role: line.role.label().to_owned(),
        profile: line.profile,
        opens: summary(line.permissions),
        elevated: line
            .elevated
            .into_iter()
            .map(|(permission, until)| (permission, until.map(&local)))
            .collect(),
        last_day: line.last_day.map(LastDay::words),
        last_active: line.last_active_at.map(&local),
        since: line.given_since.map(&local),
        unused: line.unused.into_iter().map(UnusedLine::from).collect(),
        kept: line.kept.into_iter().map(|Kept { permission, note, .. }| (permission, note)).collect(),
        state,
    }
}

#[server(prefix = "/api", endpoint = "staff/start-review")]
pub async fn start_review() -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let id = backend::staff::start_review(&backend, &access).await?;
    Ok(Done::to(paths::review(id)))
}

/// `verdict` is a [`Verdict::key`].
#[server(prefix = "/api", endpoint = "staff/decide-review")]
pub async fn decide_review(
    id: AccessReviewId,
    line: ReviewLineId,
    verdict: String,
    #[server(default)] note: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let verdict: Verdict = verdict.parse().map_err(|problem| Refusal::field("verdict", problem))?;
    backend::staff::decide(&backend, &access, id, line, verdict, &note).await?;
    Ok(match verdict {
        Verdict::Keep => Done::stay().say("Kept."),
        Verdict::Change => Done::stay().say("Noted: to be changed."),
        Verdict::End => Done::to(paths::review(id)).say("Their access has ended."),
    })
}

#[server(prefix = "/api", endpoint = "staff/finish-review")]
pub async fn finish_review(id: AccessReviewId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::staff::finish_review(&backend, &access, id).await?;
    Ok(Done::to(paths::REVIEWS).say("The access review is finished."))
}

/// `permission` is a key.
#[server(prefix = "/api", endpoint = "staff/keep-permission")]
pub async fn keep_members_permission(
    review: AccessReviewId,
    id: domain::MemberId,
    permission: String,
    note: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let unknown = |_unknown| Refusal::field("permission", Problem::InvalidChoice);
    let permission: Permission = permission.parse().map_err(unknown)?;
    backend::permissions::keep_permission(&backend, &access, KeptBy::Member(id), permission, &note).await?;
    Ok(Done::to(paths::review(review)).say(format!("“{}” is kept.", permission.label())))
}

#[server(prefix = "/api", endpoint = "staff/stop-keeping-permission")]
pub async fn stop_keeping_members_permission(
    id: domain::MemberId,
    permission: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let unknown = |_unknown| Refusal::field("permission", Problem::InvalidChoice);
    let permission: Permission = permission.parse().map_err(unknown)?;
    backend::permissions::stop_keeping_permission(&backend, &access, KeptBy::Member(id), permission).await?;
    Ok(Done::stay().say("It is pointed out again when it is not used."))
}
