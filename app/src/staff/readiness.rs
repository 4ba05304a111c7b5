//! Whether somebody can work, on their page and on that of their invitation.

use domain::{
    MemberId, Permission,
    calendars::{PlaceKind, Readiness, ReadinessItem},
    permissions::ExplanationId,
    staff::MemberDetails,
};
use leptos::prelude::*;
use ui::{
    Badge, Button, ButtonKind, DataTable, FormError, LinkButton, Row, Section, SelectField, SelectOption, Td,
    Th, Tone,
};

use super::{
    api_attention::{NeedNone, PutInCalendar, PutInPipeline},
    member_acts::{is_viewer, why_not},
};
use crate::{
    Form, SaveForm,
    act::Act,
    paths,
    viewer::{denied_reason, viewer_can},
};

/// What puts right what is missing. It lives above the page's data, so that it outlasts their reloading.
#[derive(Clone, Copy)]
pub(super) struct ReadinessActs {
    put_in_calendar: Act<PutInCalendar>,
    pub putting_in_calendar: Form,
    put_in_pipeline: Act<PutInPipeline>,
    pub putting_in_pipeline: Form,
    need_none: Act<NeedNone>,
    pub needing_none: Form,
}

impl ReadinessActs {
    pub fn new() -> Self {
        let (put_in_calendar, put_in_pipeline, need_none) = (Act::new(), Act::new(), Act::new());
        Self {
            putting_in_calendar: Form::of(put_in_calendar),
            putting_in_pipeline: Form::of(put_in_pipeline),
            needing_none: Form::of(need_none),
            put_in_calendar,
            put_in_pipeline,
            need_none,
        }
    }
}

/// A place that somebody could be put into: its id and its name.
pub(super) type PlaceOption = (String, String);

/// Where somebody could be put.
#[derive(Clone)]
pub(super) struct PlaceOptions {
    pub calendars: Vec<PlaceOption>,
    pub pipelines: Vec<PlaceOption>,
}

#[component]
pub(super) fn MemberReadiness(
    member: MemberDetails,
    readiness: Vec<Readiness>,
    places: PlaceOptions,
    acts: ReadinessActs,
) -> impl IntoView {
    let errors = [acts.putting_in_calendar, acts.putting_in_pipeline, acts.needing_none].map(Form::error);
    let errors = errors.map(|message| view! { <FormError message/> }).collect_view();
    let with_mend = |line: Readiness| match line.is_ready {
        true => (line, ().into_any()),
        false => {
            let (member, places) = (member.clone(), places.clone());
            let mend = view! { <Mend member line=line.clone() places acts/> }.into_any();
            (line, mend)
        }
    };
    let list = readiness_list(readiness.into_iter().map(with_mend).collect());
    view! {
        <Section title="Readiness" description="What it takes to work here. It stays red until somebody has seen to it.">
            {errors}
            {list}
        </Section>
    }
}

/// Each item, with what puts it right where it is red.
pub(super) fn readiness_list(lines: Vec<(Readiness, AnyView)>) -> AnyView {
    let head = view! { <Th>"Item"</Th><Th>"Why"</Th><Th>"Actions"</Th> };
    let line = |(line, mend): (Readiness, AnyView)| {
        let (tone, word) = if line.is_ready { (Tone::Good, "Ready") } else { (Tone::Bad, "Missing") };
        view! {
            <Row>
                <Td main=true><div class="flex flex-wrap items-center gap-2">{line.item.label()} <Badge tone>{word}</Badge></div></Td>
                <Td label="Why">{line.reason}</Td>
                <Td><div class="cell-buttons">{mend}</div></Td>
            </Row>
        }
    };
    view! { <DataTable caption="Readiness" head>{lines.into_iter().map(line).collect_view()}</DataTable> }
        .into_any()
}

/// What puts a red item right.
#[component]
fn Mend(member: MemberDetails, line: Readiness, places: PlaceOptions, acts: ReadinessActs) -> impl IntoView {
    let id = member.id;
    match line.item {
        ReadinessItem::Calendars => {
            let lacks = denied_reason(Permission::CalendarsManageRoundRobin);
            let put_in = match places.calendars.is_empty() {
                true => view! {
                    <LinkButton href=paths::CALENDAR_SETTINGS kind=ButtonKind::Secondary small=true disabled_reason=lacks>
                        "Calendars"
                    </LinkButton>
                }
                .into_any(),
                false => view! {
                    <SaveForm action=acts.put_in_calendar>
                        <PutIn id kind=PlaceKind::Calendar options=places.calendars pending=acts.putting_in_calendar.pending()/>
                    </SaveForm>
                }
                .into_any(),
            };
            view! { {put_in} <NoneNeeded member kind=PlaceKind::Calendar acts/> }.into_any()
        }
        ReadinessItem::Pipelines => {
            let lacks = denied_reason(Permission::OpportunitiesManagePipelines);
            let put_in = match places.pipelines.is_empty() {
                true => view! {
                    <LinkButton href=paths::PIPELINES kind=ButtonKind::Secondary small=true disabled_reason=lacks>
                        "Pipelines"
                    </LinkButton>
                }
                .into_any(),
                false => view! {
                    <SaveForm action=acts.put_in_pipeline>
                        <PutIn id kind=PlaceKind::Pipeline options=places.pipelines pending=acts.putting_in_pipeline.pending()/>
                    </SaveForm>
                }
                .into_any(),
            };
            view! { {put_in} <NoneNeeded member kind=PlaceKind::Pipeline acts/> }.into_any()
        }
        ReadinessItem::WorkingHours => {
            let needed = if is_viewer(id) { Permission::CalendarsView } else { Permission::CalendarsManage };
            view! {
                <LinkButton href=paths::member_hours(id) kind=ButtonKind::Secondary small=true disabled_reason=denied_reason(needed)>
                    "Set working hours"
                </LinkButton>
            }
            .into_any()
        }
        ReadinessItem::Permissions => view! { <GivePermission member lacks=line.lacks/> }.into_any(),
        // Whoever is a member has joined, and nobody sets up another's second factor.
        ReadinessItem::Joined | ReadinessItem::SecondFactor => ().into_any(),
    }
}

#[component]
fn PutIn(id: MemberId, kind: PlaceKind, options: Vec<PlaceOption>, pending: Signal<bool>) -> impl IntoView {
    let options = options.into_iter().map(|(id, name)| SelectOption::new(id, name)).collect();
    let label = match kind {
        PlaceKind::Calendar => "Calendar",
        PlaceKind::Pipeline => "Pipeline",
    };
    view! {
        <input type="hidden" name="member" value=id.to_string()/>
        <div class="flex flex-wrap items-end gap-2">
            <SelectField name=kind.key() label options/>
            <Button kind=ButtonKind::Secondary pending aria_label=format!("Put in the {}", kind.key())>"Put in"</Button>
        </div>
    }
}

#[component]
fn NoneNeeded(member: MemberDetails, kind: PlaceKind, acts: ReadinessActs) -> impl IntoView {
    let reason = why_not(Permission::SettingsEditStaff, &member);
    view! {
        <SaveForm action=acts.need_none is_live=true>
            <input type="hidden" name="member" value=member.id.to_string()/>
            <input type="hidden" name="kind" value=kind.key()/>
            <Button kind=ButtonKind::Ghost small=true pending=acts.needing_none.pending() disabled_reason=reason
                aria_label=format!("None needed: {}", kind.key())>"None needed"</Button>
        </SaveForm>
    }
}

/// Whoever looks after staff changes what somebody may do; everybody else asks for it themselves.
#[component]
fn GivePermission(member: MemberDetails, lacks: Option<Permission>) -> impl IntoView {
    let id = member.id;
    if let (Some(permission), true) = (lacks, is_viewer(id) && !viewer_can(Permission::SettingsEditStaff)) {
        let href = paths::why(&ExplanationId::new(id, permission).to_string());
        return view! { <LinkButton href kind=ButtonKind::Secondary small=true>"Ask for it"</LinkButton> }
            .into_any();
    }
    let reason = why_not(Permission::SettingsEditStaff, &member);
    view! {
        <LinkButton href=paths::edit_member(id) kind=ButtonKind::Secondary small=true disabled_reason=reason>
            "Change what they may do"
        </LinkButton>
    }
    .into_any()
}
