use std::str::FromStr;

use domain::{
    Role, StaffImportId,
    listing::ROWS_PER_PAGE,
    staff::{ImportRow, StaffImport, VerdictKind},
};
use leptos::prelude::*;
use ui::{Badge, DataTable, EmptyState, Pagination, Row, TabItem, Tabs, Td, Th, Tone};

use super::import_run::Part;
use crate::paths;

/// The lines of a list, each with what happens to it in words; counted and filtered by what happens.
#[component]
pub(super) fn Lines(import: StaffImport, part: Part) -> impl IntoView {
    let id = import.id;
    let all = TabItem {
        count: Some(import.counts.iter().map(|count| u64::from(*count)).sum()),
        ..TabItem::new("All", address(id, None, 1), part.verdict.is_none())
    };
    let tab = |kind: VerdictKind| TabItem {
        count: Some(import.count(kind).into()),
        ..TabItem::new(kind.label(), address(id, Some(kind), 1), part.verdict == Some(kind))
    };
    let items = std::iter::once(all).chain(VerdictKind::ALL.map(tab)).collect();
    let (page, pages, total) = (import.rows.page.into(), import.rows.pages().into(), import.rows.total);
    let href = move |page: u64| address(id, part.verdict, page);
    view! {
        <div>
            <Tabs label="What happens to the lines" items/>
            <Table rows=import.rows.rows/>
            <Pagination page pages total per_page=u64::from(ROWS_PER_PAGE) href/>
        </div>
    }
}

fn address(id: StaffImportId, verdict: Option<VerdictKind>, page: u64) -> String {
    let verdict = verdict.map(|kind| format!("verdict={}", kind.key()));
    let page = (page > 1).then(|| format!("page={page}"));
    let query: Vec<String> = verdict.into_iter().chain(page).collect();
    let path = paths::staff_import(id);
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

#[component]
fn Table(rows: Vec<ImportRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <EmptyState title="No such lines" body="No line of the file has come to this. Look at all lines."/> }
            .into_any();
    }
    let head = view! {
        <Th numeric=true>"Line"</Th><Th>"Name"</Th><Th>"E-mail"</Th><Th>"Phone"</Th><Th>"Role"</Th><Th>"What happens"</Th>
    };
    let line = |row: ImportRow| view! { <Line row/> };
    view! { <DataTable caption="Lines of the file" head>{rows.into_iter().map(line).collect_view()}</DataTable> }
        .into_any()
}

#[component]
fn Line(row: ImportRow) -> impl IntoView {
    let (label, tone) = standing(&row);
    let sentence = row.sentence();
    let person = row.employee;
    let name = format!("{} {}", person.first_name, person.last_name).trim().to_owned();
    // A role that does not exist is shown as it was written.
    let role = Role::from_str(&person.role).map_or(person.role, |role| role.label().to_owned());
    view! {
        <Row>
            <Td label="Line" numeric=true>{row.line}</Td>
            <Td main=true>{name}</Td>
            <Td label="E-mail">{person.email}</Td>
            <Td label="Phone">{person.phone}</Td>
            <Td label="Role">{role}</Td>
            <Td label="What happens"><Badge tone>{label}</Badge>" "{sentence}</Td>
        </Row>
    }
}

fn standing(row: &ImportRow) -> (&'static str, Tone) {
    let kind = row.verdict.kind();
    match (&row.outcome, kind) {
        (Some(Ok(())), _) => ("Invited", Tone::Good),
        (Some(Err(_)), _) => ("Not invited", Tone::Bad),
        (None, VerdictKind::New) => (kind.label(), Tone::Good),
        (None, VerdictKind::Refused | VerdictKind::NoSeat) => (kind.label(), Tone::Bad),
        (None, _) => (kind.label(), Tone::Neutral),
    }
}
