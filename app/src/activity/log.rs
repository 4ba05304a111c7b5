use domain::{Page, Permission, activity::Change, listing::ROWS_PER_PAGE};
use leptos::prelude::*;
use ui::{Avatar, DataTable, EmptyState, IconName, LinkButton, Pagination, Row, Td, Th};

use super::{line::ActivityLine, query::ActivityQuery};
use crate::{paths, time, viewer::viewer_can};

/// The lines of one page, and the way to the others. `base` is the page's path.
#[component]
pub(super) fn Log(
    page: Page<ActivityLine>,
    query: ActivityQuery,
    #[prop(into)] base: String,
) -> impl IntoView {
    if page.rows.is_empty() {
        return view! { <NothingFound query base/> }.into_any();
    }
    let (number, pages, total) = (u64::from(page.page), u64::from(page.pages()), page.total);
    let href = move |page| query.href(&base, page);
    let head = view! { <Th>"Person"</Th><Th>"What happened"</Th><Th>"Time"</Th> };
    let rows = page.rows.into_iter().map(|line| view! { <Line line/> }).collect_view();
    view! {
        <DataTable caption="Activity, the newest first" head>{rows}</DataTable>
        <Pagination page=number pages total per_page=u64::from(ROWS_PER_PAGE) href/>
    }
    .into_any()
}

/// An account's own log is never empty: it begins with the account.
#[component]
fn NothingFound(query: ActivityQuery, base: String) -> impl IntoView {
    if !query.is_filtered() {
        return view! {
            <EmptyState title="Nothing yet" icon=IconName::Activity
                body="Whatever is done from now on is kept here, in plain words."/>
        }
        .into_any();
    }
    let action =
        view! { <LinkButton href=base kind=ui::ButtonKind::Secondary>"Show everything"</LinkButton> };
    view! {
        <EmptyState title="Nothing was found" icon=IconName::Search action
            body="Nothing happened that fits these filters. Try more days, or leave one out."/>
    }
    .into_any()
}

#[component]
fn Line(line: ActivityLine) -> impl IntoView {
    let ActivityLine { when, actor_name, actor, sentence, subject, after, changes, receipt, .. } = line;
    let receipt = receipt.filter(|_| viewer_can(Permission::SettingsViewStaff)).map(|id| {
        view! { " " <a class="link" href=paths::receipt(id)>"Receipt"</a> }
    });
    let subject = subject.map(|subject| view! { <PersonName id=Some(subject.id) name=subject.name/> });
    view! {
        <Row>
            <Td main=true>
                <div class="cell-person">
                    <Avatar name=actor_name.clone()/>
                    <PersonName id=actor name=actor_name/>
                </div>
            </Td>
            <Td label="What happened">
                <div>
                    <p>{sentence}{subject}{after}{receipt}</p>
                    <Changes changes/>
                </div>
            </Td>
            <Td label="Time">{time(when)}</Td>
        </Row>
    }
}

/// A name; a link to the person's page for those who may open it.
#[component]
fn PersonName(id: Option<domain::MemberId>, name: String) -> impl IntoView {
    match id.filter(|_| viewer_can(Permission::SettingsViewStaff)) {
        Some(id) => view! { <a class="link" href=paths::member(id)>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    }
}

/// Old and new values, one a line.
#[component]
fn Changes(changes: Vec<Change>) -> impl IntoView {
    (!changes.is_empty()).then(|| {
        let items = changes.into_iter().map(|change| view! { <li>{values(change)}</li> }).collect_view();
        view! { <ul class="mt-1 text-sm wrap-anywhere">{items}</ul> }
    })
}

/// Screen readers hear words where the eye sees an arrow.
fn values(Change { what, from, to }: Change) -> impl IntoView {
    let old = match from.as_str() {
        "" => view! { <span class="text-muted">"nothing"</span> }.into_any(),
        _ => view! { <del class="text-muted">{from}</del> }.into_any(),
    };
    let new = match to.as_str() {
        "" => view! { <span class="text-muted">"nothing"</span> }.into_any(),
        _ => view! { <ins class="no-underline font-medium">{to}</ins> }.into_any(),
    };
    view! {
        <span class="text-muted">{what}": "</span>
        {old}
        <span aria-hidden="true">" → "</span>
        <span class="sr-only">" became "</span>
        {new}
    }
}
