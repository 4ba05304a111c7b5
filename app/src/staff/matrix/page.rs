use domain::{
    calendars::PlaceKind,
    listing::ROWS_PER_PAGE,
    staff::{Matrix, MatrixFilter, PLACES_PER_PAGE},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, Button, EmptyState, FilterBar, FilterSelect, FormActions, FormError, IconName, Pagination,
    SearchInput, SelectOption, TableSkeleton, follow_address,
};

use super::{
    super::api_matrix::{ChangeMatrix, ReadMatrix},
    query::{MatrixQuery, href},
    table::Table,
};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    layout::Page,
    live::{between_forms, calendar_version, pipeline_version},
    paths,
};

/// Everybody who is active, by calendars and pipelines: each cell says why somebody is in, and all are changed at once.
#[component]
pub fn MatrixPage() -> impl IntoView {
    let change = Act::<ChangeMatrix>::new();
    let form = Form::of(change);
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(MatrixQuery::of));
    let filter = Memo::new(move |_| query.get().filter());
    let (calendars, pipelines) = (calendar_version(|| None), pipeline_version(|| None));
    let changed = between_forms(Memo::new(move |_| calendars.get() + pipelines.get()));
    let saved = form.saved();
    let version = move || changed.get() + saved.get();
    let matrix = Data::renewed(version, move || {
        let MatrixQuery { search, kind, page, places } = query.get();
        Ok(ReadMatrix { search, kind, page, places })
    });
    follow_address(Signal::derive(move || filter.with(fields)));
    view! {
        <Page title="Who is where" back=BackLink::new(paths::STAFF, "My Staff")
            description="Everybody by calendars and pipelines. Tick whoever should be in, for as many as you like, and save once.">
            <Filters filter/>
            <FormError message=form.error()/>
            <FormError message=form.problem("ticked")/>
            {matrix.show(|| view! { <TableSkeleton rows=8 columns=5/> }.into_any(), move |matrix| {
                view! { <Part matrix filter=filter.get_untracked() change form version=version()/> }.into_any()
            })}
        </Page>
    }
}

/// What the fields of the filter bar show.
fn fields(filter: &MatrixFilter) -> Vec<(&'static str, String)> {
    vec![
        ("q", filter.search.clone()),
        ("kind", filter.kind.map(PlaceKind::key).unwrap_or_default().to_owned()),
    ]
}

#[component]
fn Filters(filter: Memo<MatrixFilter>) -> impl IntoView {
    let any = std::iter::once(SelectOption::new("", "Calendars and pipelines"));
    let label = |kind: PlaceKind| match kind {
        PlaceKind::Calendar => "Calendars",
        PlaceKind::Pipeline => "Pipelines",
    };
    let kinds = any.chain(PlaceKind::ALL.iter().map(move |kind| SelectOption::new(kind.key(), label(*kind))));
    let clear_href = Signal::derive(move || {
        let is_filtered = filter.with(|filter| !filter.search.is_empty() || filter.kind.is_some());
        is_filtered.then(|| paths::STAFF_MATRIX.to_owned())
    });
    let filter = filter.get_untracked();
    view! {
        <FilterBar action=paths::STAFF_MATRIX clear_href>
            <SearchInput label="Search people" value=filter.search/>
            <FilterSelect name="kind" label="Shown" options=kinds.collect()
                value=filter.kind.map(PlaceKind::key).unwrap_or_default()/>
        </FilterBar>
    }
}

#[component]
fn Part(
    matrix: Matrix,
    filter: MatrixFilter,
    change: Act<ChangeMatrix>,
    form: Form,
    version: usize,
) -> impl IntoView {
    if matrix.places_total == 0 {
        return view! {
            <EmptyState icon=IconName::Calendar title="Nothing to be in yet"
                body="As soon as there is a calendar or a pipeline, it is a column here."/>
        }
        .into_any();
    }
    if matrix.people.total == 0 {
        return view! { <EmptyState icon=IconName::Search title="Nobody found" body="Nobody active is called so."/> }
            .into_any();
    }
    let (page, pages, total) =
        (u64::from(matrix.people.page), u64::from(matrix.people.pages()), matrix.people.total);
    let places = {
        let filter = MatrixFilter { people_page: matrix.people.page, ..filter.clone() };
        let (page, pages, total) = (matrix.places_page, matrix.places_pages(), matrix.places_total);
        (pages > 1).then(|| {
            view! {
                <Pagination label="Calendars and pipelines" page=u64::from(page) pages=pages as u64 total=total as u64
                    per_page=PLACES_PER_PAGE as u64 href=move |page| further(&filter, None, Some(page))/>
            }
        })
    };
    let filter = MatrixFilter { places_page: matrix.places_page, ..filter };
    // Another part, and what was saved, are other boxes: none of them is ticked because another was.
    let part = (version, href(&MatrixFilter { people_page: matrix.people.page, ..filter.clone() }));
    let table = view! {
        <For each=move || std::iter::once((part.clone(), matrix.clone())) key=|(part, _)| part.clone() children=move |(_, matrix)| {
            view! { <Table matrix form/> }
        }/>
    };
    view! {
        {places}
        <SaveForm action=change>
            <div class="stack">
                {table}
                <FormActions><Button pending=form.pending()>"Save changes"</Button></FormActions>
            </div>
        </SaveForm>
        <Pagination page pages total per_page=u64::from(ROWS_PER_PAGE) href=move |page| further(&filter, Some(page), None)/>
    }
    .into_any()
}

/// Another page of the people, or of the places.
fn further(filter: &MatrixFilter, people: Option<u64>, places: Option<u64>) -> String {
    let or = |page: Option<u64>, now| page.map_or(now, |page| u32::try_from(page).unwrap_or(u32::MAX));
    let (people_page, places_page) = (or(people, filter.people_page), or(places, filter.places_page));
    href(&MatrixFilter { people_page, places_page, ..filter.clone() })
}
