use domain::{Page as Rows, Permission, listing::ROWS_PER_PAGE};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Badge, Button, ButtonKind, DataTable, EmptyState, FormError, IconName, LinkButton, Pagination, Row,
    Section, Skeleton, Td, Th, Tone,
};

use super::api_attention::{
    AttentionView, FindingLine, Mend, PutInPipeline, ReadAttention, SetAttentionMails, TakeOutOfCalendar,
};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    layout::Page,
    live::{calendar_version, pipeline_version, profile_version},
    paths,
    viewer::denied_reason,
};

/// What can be done on the page. It lives above the page's data, so that it outlasts their reloading.
#[derive(Clone, Copy)]
struct Acts {
    take_out: Act<TakeOutOfCalendar>,
    taking_out: Form,
    put_in: Act<PutInPipeline>,
    putting_in: Form,
    mails: Act<SetAttentionMails>,
    switching: Form,
}

impl Acts {
    fn new() -> Self {
        let (take_out, put_in, mails) = (Act::new(), Act::new(), Act::new());
        let (taking_out, putting_in) = (Form::of(take_out), Form::of(put_in));
        Self { switching: Form::of(mails), take_out, taking_out, put_in, putting_in, mails }
    }
}

/// What was set up and cannot work as it is, and how many people are not ready. It follows what others change.
#[component]
pub fn AttentionPage() -> impl IntoView {
    let acts = Acts::new();
    let saved = [acts.taking_out, acts.putting_in, acts.switching].map(Form::saved);
    let told = [calendar_version(|| None), pipeline_version(|| None), profile_version(|| None)];
    let query = use_query_map();
    let page = Memo::new(move |_| query.with(|query| query.get("page")));
    let view = Data::renewed(
        move || saved.iter().chain(&told).map(Get::get).sum(),
        move || Ok(ReadAttention { page: page.get() }),
    );
    view! {
        <Page title="Needs attention" description="What was set up and cannot work as it is, as of now.">
            {view.show(|| view! { <Skeleton lines=8/> }.into_any(), move |view| {
                view! { <Attention view acts/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Attention(view: AttentionView, acts: Acts) -> impl IntoView {
    let AttentionView { findings, not_ready, mails } = view;
    view! {
        {not_ready.map(|count| view! { <People count/> })}
        <Section title="What cannot work" description="Each leads to where it is put right, and is gone from here once it is.">
            <FormError message=acts.taking_out.error()/>
            <FormError message=acts.putting_in.error()/>
            <Findings findings acts/>
        </Section>
        <Mails mails acts/>
    }
}

#[component]
fn People(count: u64) -> impl IntoView {
    let words = match count {
        0 => return view! { <p class="mb-6 text-muted">"Everybody is ready to work."</p> }.into_any(),
        1 => "1 person is not ready to work".to_owned(),
        many => format!("{many} people are not ready to work"),
    };
    view! { <p class="mb-6"><a class="link" href=paths::STAFF_NOT_READY>{words}</a></p> }.into_any()
}

#[component]
fn Findings(findings: Rows<FindingLine>, acts: Acts) -> impl IntoView {
    if findings.total == 0 {
        return view! {
            <EmptyState icon=IconName::Check title="Nothing needs attention"
                body="Calendars can be booked, and whoever is in them, or owns opportunities, can see them."/>
        }
        .into_any();
    }
    let (page, pages, total) = (u64::from(findings.page), u64::from(findings.pages()), findings.total);
    let rows = findings.rows;
    let head = view! { <Th>"Who or what"</Th><Th>"Why"</Th><Th>"Actions"</Th> };
    // A line, and what is pressed there, belongs to one finding for ever, and is made anew when anything of it is another.
    let lines = view! {
        <For each=move || rows.clone() key=FindingLine::clone children=move |line| view! { <Line line acts/> }/>
    };
    view! {
        <DataTable caption="What cannot work" head>{lines}</DataTable>
        <Pagination page pages total per_page=u64::from(ROWS_PER_PAGE)
            href=|page| format!("{}?page={page}", paths::ATTENTION)/>
    }
    .into_any()
}

#[component]
fn Line(line: FindingLine, acts: Acts) -> impl IntoView {
    let FindingLine { subject, subject_href, place, what, label, mend, needs } = line;
    let about = match &place {
        Some(place) => format!("{label}: {subject} ({place})"),
        None => format!("{label}: {subject}"),
    };
    let reason = denied_reason(needs);
    let mend = match mend {
        Mend::Go { href } => {
            view! { <LinkButton href kind=ButtonKind::Secondary small=true disabled_reason=reason aria_label=about>{label}</LinkButton> }
                .into_any()
        }
        Mend::TakeOutOfCalendar { calendar, member } => view! {
            <SaveForm action=acts.take_out is_live=true>
                <input type="hidden" name="member" value=member.to_string()/>
                <input type="hidden" name="calendar" value=calendar.to_string()/>
                <Button kind=ButtonKind::Secondary small=true pending=acts.taking_out.pending() disabled_reason=reason
                    aria_label=about>{label}</Button>
            </SaveForm>
        }
        .into_any(),
        Mend::PutInPipeline { pipeline, member } => view! {
            <SaveForm action=acts.put_in is_live=true>
                <input type="hidden" name="member" value=member.to_string()/>
                <input type="hidden" name="pipeline" value=pipeline.to_string()/>
                <input type="hidden" name="as_owner" value="true"/>
                <Button kind=ButtonKind::Secondary small=true pending=acts.putting_in.pending() disabled_reason=reason
                    aria_label=about>{label}</Button>
            </SaveForm>
        }
        .into_any(),
    };
    view! {
        <Row>
            <Td main=true>
                <div class="min-w-0">
                    <a href=subject_href>{subject}</a>
                    {place.map(|place| view! { <span class="cell-note">{place}</span> })}
                </div>
            </Td>
            <Td label="Why">{what}</Td>
            <Td><div class="cell-buttons">{mend}</div></Td>
        </Row>
    }
}

#[component]
fn Mails(mails: bool, acts: Acts) -> impl IntoView {
    let (word, tone) = if mails { ("On", Tone::Good) } else { ("Off", Tone::Neutral) };
    let verb = if mails { "Switch off" } else { "Switch on" };
    let reason = denied_reason(Permission::AccountSettings);
    view! {
        <Section title="Daily mail"
            description="Every morning all Admins get a mail about what is new here, and about people who are not ready for more than a day.">
            <FormError message=acts.switching.error()/>
            <SaveForm action=acts.mails is_live=true>
                <div class="flex flex-wrap items-center gap-3">
                    <Badge tone>{word}</Badge>
                    <input type="hidden" name="on" value=(!mails).to_string()/>
                    <Button kind=ButtonKind::Secondary small=true pending=acts.switching.pending() disabled_reason=reason
                        aria_label=format!("{verb} the daily mail")>{verb}</Button>
                </div>
            </SaveForm>
        </Section>
    }
}
