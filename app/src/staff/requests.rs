use domain::{
    MemberId, Permission, Refusal,
    permissions::{ElevationTime, ExplanationId, may_elevate},
};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Card, DescriptionItem, DescriptionList, EmptyState, FormError, IconName, Section,
    Skeleton, WhyNot,
};

use super::{
    api_requests::{
        DecideAccessRequest, GivenText, REFUSE, ReadAccessRequests, RequestLine, RequestsView, TakeBackAccess,
    },
    member_acts::is_viewer,
};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    layout::Page,
    paths, time,
    viewer::{explained, grantable_permissions},
};

/// What can be done on the page. It lives above the page's data, so that it outlasts their reloading.
#[derive(Clone, Copy)]
struct Acts {
    decide: Act<DecideAccessRequest>,
    deciding: Form,
    take_back: Act<TakeBackAccess>,
    taking_back: Form,
}

impl Acts {
    fn new() -> Self {
        let (decide, take_back) = (Act::new(), Act::new());
        Self { deciding: Form::of(decide), taking_back: Form::of(take_back), decide, take_back }
    }
}

/// What people ask for beside their profile, and what they were given.
#[component]
pub fn AccessRequestsPage() -> impl IntoView {
    let acts = Acts::new();
    let saved = [acts.deciding, acts.taking_back].map(Form::saved);
    let requests = Data::renewed(move || saved.iter().map(Get::get).sum(), || Ok(ReadAccessRequests {}));
    view! {
        <Page title="Access requests" description="What people ask for beside their permission profile. You can give what you may do yourself.">
            {requests.show(|| view! { <Skeleton lines=8/> }.into_any(), move |view| {
                view! { <Requests view acts/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Requests(view: RequestsView, acts: Acts) -> impl IntoView {
    let RequestsView { open, running, is_cut } = view;
    let nobody = open.is_empty().then(|| {
        view! {
            <EmptyState icon=IconName::Check title="Nobody waits for an answer"
                body="Whoever may not do something can ask for it on the page that says why. Such requests come here."/>
        }
    });
    let nothing = running.is_empty().then(|| view! { <p class="text-muted">"Nothing."</p> });
    let cut = is_cut.then(|| {
        view! { <p class="text-muted">"There are more. They come here as soon as these are dealt with."</p> }
    });
    let open = open.into_iter().map(|line| view! { <Open line acts/> }).collect_view();
    let running = running.into_iter().map(|line| view! { <Running line acts/> }).collect_view();
    view! {
        <Section title="Waiting for an answer">
            <FormError message=acts.deciding.error()/>
            {nobody}
            <ul class="stack">{open}</ul>
        </Section>
        <Section title="Given now">
            <FormError message=acts.taking_back.error()/>
            {nothing}
            <ul class="stack">{running}</ul>
        </Section>
        {cut}
    }
}

/// Why the viewer may not give this, refuse it or take it back; none when they may.
fn why_not(permission: Permission) -> Option<WhyNot> {
    may_elevate(grantable_permissions(), permission).err().map(|refusal| explained(&refusal))
}

#[component]
fn Open(line: RequestLine, acts: Acts) -> impl IntoView {
    let RequestLine { id, member, name, permission, note, asked, .. } = line;
    let oneself = || is_viewer(member).then(|| explained(&Refusal::NotToYourself));
    let reason = oneself().or_else(|| why_not(permission));
    let about = format!("“{}” for {name}", permission.label());
    let give = ElevationTime::ALL.map(|time| {
        let label = match time {
            ElevationTime::Hour => "For an hour",
            ElevationTime::Day => "For a day",
            ElevationTime::ForGood => "For good",
        };
        view! {
            <Button kind=ButtonKind::Secondary name="verdict" value=time.key() pending=acts.deciding.pending()
                disabled_reason=reason.clone() aria_label=format!("{label}: {about}")>{label}</Button>
        }
    });
    let note = (!note.is_empty()).then(|| view! { <DescriptionItem term="Why">{note}</DescriptionItem> });
    view! {
        <li>
            <Card>
                <div class="stack">
                    <Head name member permission/>
                    <DescriptionList>
                        {note}
                        <DescriptionItem term="Asked">{time(asked)}</DescriptionItem>
                    </DescriptionList>
                    // Nothing is typed here that would need keeping.
                    <SaveForm action=acts.decide is_live=true>
                        <input type="hidden" name="id" value=id.to_string()/>
                        <div class="flex flex-wrap gap-2">
                            {give.collect_view()}
                            <Button kind=ButtonKind::Ghost name="verdict" value=REFUSE pending=acts.deciding.pending()
                                disabled_reason=reason.clone() aria_label=format!("Refuse: {about}")>"Refuse"</Button>
                        </div>
                    </SaveForm>
                </div>
            </Card>
        </li>
    }
}

#[component]
fn Running(line: RequestLine, acts: Acts) -> impl IntoView {
    let RequestLine { id, member, name, permission, given, .. } = line;
    let reason = if is_viewer(member) { None } else { why_not(permission) };
    let label = format!("Take back “{}” from {name}", permission.label());
    let given = given.map(|GivenText { when, by, ends }| {
        let ends = match ends {
            Some(end) => time(end),
            None => "No end: given for good".into_any(),
        };
        view! {
            <DescriptionItem term="Until">{ends}</DescriptionItem>
            <DescriptionItem term="Given">{time(when)} {format!(" by {by}")}</DescriptionItem>
        }
    });
    view! {
        <li>
            <Card>
                <div class="stack">
                    <Head name member permission/>
                    <DescriptionList>{given}</DescriptionList>
                    <SaveForm action=acts.take_back is_live=true>
                        <input type="hidden" name="id" value=id.to_string()/>
                        <Button kind=ButtonKind::Secondary pending=acts.taking_back.pending() disabled_reason=reason
                            aria_label=label>"Take back"</Button>
                    </SaveForm>
                </div>
            </Card>
        </li>
    }
}

/// Who, and what, with the ways to their page and to the explanation.
#[component]
fn Head(name: String, member: MemberId, permission: Permission) -> impl IntoView {
    let why = paths::why(&ExplanationId::new(member, permission).to_string());
    view! {
        <h3 class="text-base font-semibold min-w-0">
            <a class="link" href=paths::member(member)>{name}</a> ": "
            <a class="link" href=why>{permission.label()}</a>
        </h3>
    }
}
