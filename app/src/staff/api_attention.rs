#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    CalendarId, MemberId, Page, Permission, PermissionSet, PipelineId, Refusal,
    calendars::{Contradiction, Finding, PlaceKind},
    staff::leaving::LeavingWay,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, paths};

/// What needs attention, as far as it is the viewer's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttentionView {
    pub findings: Page<FindingLine>,
    /// People who are not ready; none for whoever does not learn that.
    pub not_ready: Option<u64>,
    /// Whether Admins get a mail about it every morning.
    pub mails: bool,
}

/// Something that cannot work as it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FindingLine {
    pub subject: String,
    pub subject_href: String,
    /// The calendar or pipeline it is in.
    pub place: Option<String>,
    /// To follow the subject.
    pub what: String,
    /// What the button that puts it right says.
    pub label: String,
    pub mend: Mend,
    /// What it takes to mend it.
    pub needs: Permission,
}

/// How it is put right.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mend {
    /// On another page.
    Go {
        href: String,
    },
    TakeOutOfCalendar {
        calendar: CalendarId,
        member: MemberId,
    },
    PutInPipeline {
        pipeline: PipelineId,
        member: MemberId,
    },
}

#[server(prefix = "/api", endpoint = "staff/attention")]
pub async fn read_attention(page: Option<String>) -> Result<AttentionView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let page = page.and_then(|page| page.parse().ok()).unwrap_or(1);
    let found = backend::staff::attention::attention(&backend, &access, page).await?;
    let Page { rows, page, total } = found.findings;
    let line = |finding| finding_line(finding, access.permissions());
    let findings = Page { rows: rows.into_iter().map(line).collect(), page, total };
    Ok(AttentionView { findings, not_ready: found.not_ready, mails: found.mails })
}

pub fn finding_line(finding: Finding, viewer: PermissionSet) -> FindingLine {
    let member = finding.member.as_ref().map(|(id, _)| *id).unwrap_or_default();
    let subject_href = match &finding.calendar {
        Some(calendar) if finding.is_about_calendar() => paths::calendar(calendar.id),
        _ => paths::member(member),
    };
    FindingLine {
        subject: finding.subject().to_owned(),
        subject_href,
        place: finding.place().map(str::to_owned),
        what: finding.what.label().to_owned(),
        label: finding.what.mend().to_owned(),
        mend: mend(&finding, member, viewer),
        needs: finding.what.needs(finding.calendar.as_ref().map(|calendar| calendar.kind)),
    }
}

/// Whoever may hand over everything of somebody who is out is led there, and others to what they may change one by one.
fn mend(finding: &Finding, member: MemberId, viewer: PermissionSet) -> Mend {
    let hands_over = viewer.contains(LeavingWay::HandOver.permission());
    let calendar = finding.calendar.as_ref().map(|calendar| calendar.id).unwrap_or_default();
    let pipeline = finding.pipeline.as_ref().map(|(id, _)| *id).unwrap_or_default();
    let href = match finding.what {
        Contradiction::HostDeactivated => return Mend::TakeOutOfCalendar { calendar, member },
        Contradiction::OwnerOutsidePipeline => return Mend::PutInPipeline { pipeline, member },
        Contradiction::CalendarWithoutHosts => paths::calendar_hosts(calendar),
        Contradiction::CalendarWithoutHours => paths::member_hours(member),
        Contradiction::HostOfWeightZero => paths::share_of_host(calendar, finding.subject(), member),
        Contradiction::DeactivatedWithAppointments | Contradiction::DeactivatedWithOpportunities
            if hands_over =>
        {
            paths::leaving(member, LeavingWay::HandOver.key())
        }
        Contradiction::DeactivatedWithAppointments => paths::appointments_of(member),
        Contradiction::DeactivatedWithOpportunities => paths::board_of(pipeline, member),
        Contradiction::HostWithoutPermission
        | Contradiction::OwnerWithoutPermission
        | Contradiction::NothingAssigned => paths::edit_member(member),
    };
    Mend::Go { href }
}

/// Whether Admins get a mail every morning about what needs attention.
#[server(prefix = "/api", endpoint = "staff/attention-mails")]
pub async fn set_attention_mails(on: bool) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::staff::attention::set_mails(&backend, &access, on).await?;
    Ok(Done::stay().say(if on { "Admins get the mail again." } else { "Admins get no mail any more." }))
}

/// Makes somebody a host, on the usual terms unless they are one already.
#[server(prefix = "/api", endpoint = "staff/put-in-calendar")]
pub async fn put_in_calendar(member: MemberId, calendar: CalendarId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::calendars::add_host(&backend, &access, calendar, member).await?;
    Ok(Done::stay().say("They are in the calendar now."))
}

/// Takes somebody out who cannot sign in any more.
#[server(prefix = "/api", endpoint = "staff/take-out-of-calendar")]
pub async fn take_out_of_calendar(member: MemberId, calendar: CalendarId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::calendars::take_out_host(&backend, &access, calendar, member).await?;
    Ok(Done::stay().say("They are not in the calendar any more."))
}

/// Lets somebody in; `as_owner` for the sake of what they own there, if they still do.
#[server(prefix = "/api", endpoint = "staff/put-in-pipeline")]
pub async fn put_in_pipeline(
    member: MemberId,
    pipeline: PipelineId,
    #[server(default)] as_owner: bool,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::pipelines::add_member(&backend, &access, pipeline, member, as_owner).await?;
    Ok(Done::stay().say("They are in the pipeline now."))
}

/// Says that somebody needs no place of this kind ([`PlaceKind::key`]).
#[server(prefix = "/api", endpoint = "staff/need-none")]
pub async fn need_none(member: MemberId, kind: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let kind: PlaceKind = kind.parse().map_err(|problem| Refusal::field("kind", problem))?;
    backend::staff::need_no_place(&backend, &access, member, kind).await?;
    Ok(Done::stay().say(format!("Noted: no {} is needed.", kind.key())))
}

#[cfg(test)]
mod tests {
    use std::{fmt::Debug, str::FromStr};

    use domain::calendars::{CalendarKind, FoundCalendar};

    use super::*;

    fn id<T: FromStr<Err: Debug>>(last: char) -> T {
        format!("0190a8f0-0000-7000-8000-00000000000{last}").parse().unwrap()
    }

    /// Nothing is told that cannot be put right from where it is told.
    #[test]
    fn each_finding_leads_to_where_it_is_mended() {
        let (calendar, pipeline, max): (CalendarId, PipelineId, MemberId) = (id('7'), id('8'), id('9'));
        let viewers = [PermissionSet::EMPTY, PermissionSet::everything()];
        let each = Contradiction::ALL.into_iter().flat_map(|what| viewers.map(|viewer| (what, viewer)));
        for (what, viewer) in each {
            let calendar_found =
                FoundCalendar { id: calendar, name: "Call".into(), kind: CalendarKind::RoundRobin };
            let finding = Finding {
                what,
                calendar: Some(calendar_found),
                pipeline: Some((pipeline, "Sales".into())),
                member: Some((max, "Max".into())),
            };
            let line = finding_line(finding, viewer);
            let leads = match &line.mend {
                Mend::Go { href } => {
                    [calendar.0, pipeline.0, max.0].iter().any(|id| href.contains(&id.to_string()))
                }
                Mend::TakeOutOfCalendar { calendar: of, member } => (*of, *member) == (calendar, max),
                Mend::PutInPipeline { pipeline: of, member } => (*of, *member) == (pipeline, max),
            };
            assert!(leads && !line.label.is_empty() && !line.subject.is_empty(), "{line:?}");
        }
    }
}
