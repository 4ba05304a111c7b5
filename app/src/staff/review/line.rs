use domain::{
    AccessReviewId, ReviewLineId,
    staff::{StaffId, Verdict},
};
use leptos::prelude::*;
use ui::{Badge, Button, ButtonKind, Card, DescriptionItem, DescriptionList, LinkButton, TextField, Tone};

use super::{
    super::api_review::{LineState, LineText},
    acts::Acts,
};
use crate::{SaveForm, paths, time};

/// One person: what they have, how they use it, and the verdict.
#[component]
pub(super) fn Line(
    id: AccessReviewId,
    line: LineText,
    /// Continues the query of a link that asks for the same people.
    same: String,
    runs: bool,
    acts: Acts,
) -> impl IntoView {
    let (href, edit) = match line.who {
        StaffId::Member(member) => (paths::member(member), paths::edit_member(member)),
        StaffId::Invitation(invitation) => {
            (paths::invitation(invitation), paths::edit_invitation(invitation))
        }
    };
    let is_open = line.state == LineState::Open;
    let verdict = (runs && line.state != LineState::Gone).then(|| {
        let form = view! { <Decide id line=line.id who=line.who name=line.name.clone() edit same=same.clone() acts/> };
        match is_open {
            true => form.into_any(),
            false => {
                view! { <details><summary class="link">"Decide again"</summary>{form}</details> }.into_any()
            }
        }
    });
    let state = state(line.state.clone());
    view! {
        <li>
            <Card>
                <div class="stack">
                    <div class="flex flex-wrap items-center justify-between gap-2">
                        <h2 class="text-base font-semibold min-w-0"><a class="link" href=href>{line.name.clone()}</a></h2>
                        {state}
                    </div>
                    <Facts id line=line.clone() same=same.clone() is_open=is_open && runs acts/>
                    {verdict}
                </div>
            </Card>
        </li>
    }
}

fn state(state: LineState) -> AnyView {
    match state {
        LineState::Open => ().into_any(),
        LineState::Gone => view! { <Badge>"Lost their access before a verdict"</Badge> }.into_any(),
        LineState::Decided { verdict, note, by, when } => {
            let tone = match verdict {
                Verdict::Keep => Tone::Good,
                Verdict::Change => Tone::Warn,
                Verdict::End => Tone::Neutral,
            };
            let note = (!note.is_empty()).then(|| format!(" · {note}"));
            view! {
                <div>
                    <Badge tone>{verdict.label()}</Badge>
                    <p class="text-sm text-muted">{by} ", " {time(when)} {note}</p>
                </div>
            }
            .into_any()
        }
    }
}

#[component]
fn Facts(id: AccessReviewId, line: LineText, same: String, is_open: bool, acts: Acts) -> impl IntoView {
    let invited = matches!(line.who, StaffId::Invitation(_));
    let has = if invited { "Will get" } else { "Has" };
    let given =
        if line.profile == line.role { line.role } else { format!("{}, {}", line.role, line.profile) };
    let active = match line.last_active {
        _ if invited => None,
        Some(when) => Some(time(when)),
        None => Some("Not yet".into_any()),
    };
    let unused = (!line.unused.is_empty()).then(|| {
        let item = |unused: crate::shared_api::UnusedLine| {
            let label = unused.permission.label();
            let keep = is_open.then(|| view! {
                <LinkButton href=paths::keep_in_review(id, line.id, unused.permission) + &same kind=ButtonKind::Ghost small=true
                    aria_label=format!("Keep “{label}” for {}", line.name)>"Keep"</LinkButton>
            });
            view! { <li class="flex flex-wrap items-center gap-2"><span>{label} ": " {unused.told}</span>{keep}</li> }
        };
        let items = line.unused.into_iter().map(item).collect_view();
        view! { <DescriptionItem term="Not used"><ul>{items}</ul></DescriptionItem> }
    });
    let kept = (!line.kept.is_empty()).then(|| {
        let item = |(permission, note): (domain::Permission, String)| {
            let StaffId::Member(member) = line.who else { return ().into_any() };
            view! {
                <li class="flex flex-wrap items-center gap-2">
                    <span>{permission.label()} ": " {note}</span>
                    <SaveForm action=acts.stop>
                        <input type="hidden" name="id" value=member.to_string()/>
                        <input type="hidden" name="permission" value=permission.key()/>
                        <Button kind=ButtonKind::Ghost small=true pending=acts.stopping.pending()
                            aria_label=format!("Keep “{}” no longer", permission.label())>"Keep no longer"</Button>
                    </SaveForm>
                </li>
            }
            .into_any()
        };
        let items = line.kept.into_iter().map(item).collect_view();
        view! { <DescriptionItem term="Kept on purpose"><ul>{items}</ul></DescriptionItem> }
    });
    let elevated = (!line.elevated.is_empty()).then(|| {
        let item = |(permission, until): (domain::Permission, Option<domain::When>)| {
            let until = match until {
                Some(when) => view! { "until "{time(when)} }.into_any(),
                None => "for good".into_any(),
            };
            view! { <li>{permission.label()} ", " {until}</li> }
        };
        let items = line.elevated.into_iter().map(item).collect_view();
        view! { <DescriptionItem term="Given beside it"><ul>{items}</ul></DescriptionItem> }
    });
    view! {
        <DescriptionList>
            <DescriptionItem term="E-mail">{line.email}</DescriptionItem>
            <DescriptionItem term=has>{given}</DescriptionItem>
            <DescriptionItem term="Opens">{line.opens}</DescriptionItem>
            {elevated}
            {line.last_day.map(|day| view! { <DescriptionItem term="Last day">{day}</DescriptionItem> })}
            {line.since.map(|since| view! { <DescriptionItem term="Since">{time(since)}</DescriptionItem> })}
            {active.map(|active| view! { <DescriptionItem term="Last active">{active}</DescriptionItem> })}
            {unused}
            {kept}
        </DescriptionList>
    }
}

/// The verdicts. What ends somebody's access asks first.
#[component]
fn Decide(
    id: AccessReviewId,
    line: ReviewLineId,
    who: StaffId,
    name: String,
    edit: String,
    same: String,
    acts: Acts,
) -> impl IntoView {
    let pending = acts.deciding.pending();
    // All lines share one act: what was typed before a refusal belongs to one of them.
    let refused = acts.deciding.typed("line", "") == line.to_string();
    let note = if refused { acts.deciding.typed("note", "") } else { String::new() };
    let end = match who {
        StaffId::Member(_) => "Deactivate",
        StaffId::Invitation(_) => "Revoke",
    };
    let about = move |verdict: &str| format!("{verdict} {name}");
    view! {
        // Too many forms to keep what is typed in each.
        <SaveForm action=acts.decide is_live=true>
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="line" value=line.to_string()/>
            <div class="stack">
                <TextField name="note" id=format!("note-{line}") label="Note" optional=true value=note/>
                <div class="flex flex-wrap gap-2">
                    <Button kind=ButtonKind::Secondary name="verdict" value=Verdict::Keep.key() pending
                        aria_label=about("Keep")>"Keep"</Button>
                    <Button kind=ButtonKind::Secondary name="verdict" value=Verdict::Change.key() pending
                        aria_label=about("To be changed:")>"To be changed"</Button>
                    <LinkButton href=paths::end_in_review(id, line) + &same kind=ButtonKind::Secondary
                        aria_label=about(end)>{end}</LinkButton>
                    <LinkButton href=edit kind=ButtonKind::Ghost aria_label=about("Edit")>"Edit"</LinkButton>
                </div>
            </div>
        </SaveForm>
    }
}
