//! Tables of records.
use crate::{Icon, IconName, Slot};
use leptos::prelude::*;

/// `<DataTable caption="Staff" head=view! { <SortHeader …/> <Th>"Role"</Th> }><tr><Td label="Name">…</Td></tr></DataTable>`.
///
/// When its place is narrow each row becomes a card; `Td`'s label then stands before the value. The explicit roles keep it a
/// table for screen readers, which forget tables that are displayed as blocks.
#[component]
pub fn DataTable(
    #[prop(into)] caption: String,
    #[prop(into)] head: Slot,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-box">
            <table class="data-table" role="table">
                <caption class="sr-only">{caption}</caption>
                <thead role="rowgroup"><tr role="row">{head.view()}</tr></thead>
                <tbody role="rowgroup">{children()}</tbody>
            </table>
        </div>
    }
}

/// A row of a `DataTable`.
#[component]
pub fn Row(children: Children) -> impl IntoView {
    view! { <tr role="row">{children()}</tr> }
}

/// A column's name.
#[component]
pub fn Th(#[prop(optional)] numeric: bool, children: Children) -> impl IntoView {
    view! { <th scope="col" role="columnheader" class:numeric=numeric>{children()}</th> }
}

/// One cell. `label` repeats the column's name for the card form; leave it empty for the row's first cell and its menu.
#[component]
pub fn Td(
    #[prop(optional, into)] label: String,
    #[prop(optional)] numeric: bool,
    /// The row's main cell: stronger, and the card's heading.
    #[prop(optional)]
    main: bool,
    /// Holds an e-mail address or the like: breaks anywhere, but not before it has room for most of them.
    #[prop(optional)]
    address: bool,
    /// The cell of the row's menu: stays in the card's corner.
    #[prop(optional)]
    actions: bool,
    children: Children,
) -> impl IntoView {
    let class = match (main, address, actions, numeric) {
        (true, ..) => "cell-main",
        (_, true, ..) => "cell-address",
        (_, _, true, _) => "cell-actions",
        (.., true) => "numeric",
        _ => "",
    };
    view! { <td role="cell" class=class data-label=(!label.is_empty()).then_some(label)>{children()}</td> }
}

/// An e-mail address that breaks after its `@` first.
#[component]
pub fn Address(#[prop(into)] email: String) -> impl IntoView {
    let (name, host) = email.split_once('@').unwrap_or((&email, ""));
    let (name, host) = (format!("{name}@"), host.to_owned());
    view! { {name}<wbr/>{host} }
}

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDirection {
    Asc,
    Desc,
}

/// `<SortHeader label="Name" href="?sort=name" direction=Some(SortDirection::Asc)/>` — `href` leads to the order that a click
/// should give.
#[component]
pub fn SortHeader(
    #[prop(into)] label: String,
    #[prop(into)] href: String,
    direction: Option<SortDirection>,
    #[prop(optional)] numeric: bool,
) -> impl IntoView {
    let (sort, icon) = match direction {
        Some(SortDirection::Asc) => (Some("ascending"), IconName::ChevronUp),
        Some(SortDirection::Desc) => (Some("descending"), IconName::ChevronDown),
        None => (None, IconName::ChevronsUpDown),
    };
    view! {
        <th scope="col" role="columnheader" class="sortable" class:numeric=numeric aria-sort=sort>
            <a class="sort-link" href=href rel="nofollow">{label}<Icon name=icon/></a>
        </th>
    }
}
