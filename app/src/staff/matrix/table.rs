use domain::{
    Permission,
    staff::{Crossing, Matrix, MatrixCell, MatrixPerson, MatrixPlace, Place},
};
use leptos::{ev, prelude::*};
use ui::{Avatar, DataTable, Row, Td, Th, WhyNot, tick_alike};

use crate::{Form, paths, viewer::denied_reason};

/// The name of the boxes that are ticked now, and of what keeps which were.
const TICKED: &str = "ticked[]";
const SHOWN: &str = "shown[]";

/// People down, places across.
#[component]
pub(super) fn Table(matrix: Matrix, form: Form) -> impl IntoView {
    let columns: Vec<_> = matrix.places.into_iter().map(Column::of).collect();
    let head = columns.iter().map(head).collect_view();
    let several = matrix.people.rows.len() > 1;
    let everybody = several.then(|| everybody(&columns));
    let line = |person| line(person, &columns, form);
    let lines = matrix.people.rows.into_iter().map(line).collect_view();
    view! {
        <DataTable caption="People by calendars and pipelines" head=view! { <Th>"Name"</Th>{head} }>
            {everybody}
            {lines}
        </DataTable>
    }
}

/// A place, and why the viewer does not change who is in it.
#[derive(Clone)]
struct Column {
    place: MatrixPlace,
    denied: Option<WhyNot>,
}

impl Column {
    fn of(place: MatrixPlace) -> Self {
        Self { denied: denied_reason(place.needs), place }
    }

    fn is_fixed(&self) -> bool {
        self.place.is_personal || self.denied.is_some()
    }
}

fn head(column: &Column) -> AnyView {
    let MatrixPlace { place, name, what, .. } = column.place.clone();
    let href = match place {
        Place::Calendar(id) => paths::calendar_hosts(id),
        Place::Pipeline(id) => paths::pipeline_people(id),
    };
    let denied = column.denied.clone().map(|reason| view! { <span class="cell-note">{reason.view()}</span> });
    view! {
        <Th>
            <div class="matrix-place">
                <a class="link" href=href>{name}</a>
                <span class="cell-note">{what}</span>
                {denied}
            </div>
        </Th>
    }
    .into_any()
}

/// One box for a whole column, as far as it is on this page.
fn everybody(columns: &[Column]) -> AnyView {
    let cell = |column: &Column| {
        let key = column.place.place.to_string();
        let about = format!("Everybody listed in {}", column.place.name);
        let alike = key.clone();
        let tick = move |event: ev::Event| tick_alike(&event, &alike);
        let is_fixed = column.is_fixed();
        view! {
            <Td label=column.place.name.clone()>
                {(!is_fixed).then(|| view! { <input class="checkbox checkbox-sm" type="checkbox" value=key.clone() aria-label=about autocomplete="off" on:change=tick/> })}
            </Td>
        }
    };
    view! {
        <tr role="row" class="needs-wasm">
            <Td main=true>"Everybody listed"</Td>
            {columns.iter().map(cell).collect_view()}
        </tr>
    }
    .into_any()
}

fn line(person: MatrixPerson, columns: &[Column], form: Form) -> AnyView {
    let MatrixPerson { member, name, photo, is_admin, cells } = person;
    let photo_href = photo.map(|(login, version)| paths::photo(login, version));
    let called = name.clone();
    let cell = |(column, cell): (&Column, MatrixCell)| {
        let crossing = Crossing { place: column.place.place, member };
        let content = box_of(column, crossing, cell, &called, is_admin, form);
        view! { <Td label=column.place.name.clone()>{content}</Td> }
    };
    let cells = columns.iter().zip(cells).map(cell).collect_view();
    view! {
        <Row>
            <Td main=true>
                <div class="cell-person">
                    <Avatar name=name.clone() photo_href/>
                    <a class="min-w-0" href=paths::member(member)>{name}</a>
                </div>
            </Td>
            {cells}
        </Row>
    }
    .into_any()
}

/// What somebody is in a place, and the box that changes it.
fn box_of(
    column: &Column,
    crossing: Crossing,
    cell: MatrixCell,
    name: &str,
    is_admin: bool,
    form: Form,
) -> AnyView {
    let is_in = cell.membership.is_in();
    let sees = (is_admin && !is_in && column.place.needs == Permission::OpportunitiesManagePipelines)
        .then(|| "Admin: sees it".to_owned());
    let why = match column.place.is_personal && is_in {
        true => Some("the host".to_owned()),
        false => cell.why().or(sees),
    };
    if column.is_fixed() {
        let word = if is_in { "In" } else { "Not in" };
        return view! { <span class="sr-only">{word}" "</span>{why} }.into_any();
    }
    let key = crossing.to_string();
    let was_in = form.was_chosen(SHOWN, &key, is_in);
    let checked = form.was_chosen(TICKED, &key, is_in);
    let about = format!("{name} in {}", column.place.name);
    let shown = was_in.then(|| view! { <input type="hidden" name=SHOWN value=key.clone()/> });
    view! {
        {shown}
        <label class="matrix-cell">
            <input class="checkbox checkbox-primary checkbox-sm" type="checkbox" name=TICKED value=key checked=checked
                data-alike=column.place.place.to_string() aria-label=about autocomplete="off"/>
            {why.map(|why| view! { <span class="cell-note">{why}</span> })}
        </label>
    }
    .into_any()
}
