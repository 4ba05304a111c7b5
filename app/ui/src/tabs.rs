//! Tabs that are links.
use crate::browser::kept_in_view;
use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabItem {
    pub label: String,
    pub href: String,
    pub current: bool,
    /// Shown after the label when given.
    pub count: Option<u64>,
}

impl TabItem {
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), current, count: None }
    }
}

/// `<Tabs label="Member" items=vec![TabItem::new("Details", "/m/1", true)]/>` — every tab has its own address.
#[component]
pub fn Tabs(#[prop(into)] label: String, items: Vec<TabItem>) -> impl IntoView {
    let link = |item: TabItem| {
        let link = kept_in_view(Signal::stored(item.current));
        view! {
            <a node_ref=link class="tab-link" href=item.href aria-current=item.current.then_some("page")>
                {item.label}
                {item.count.map(|count| view! { <span class="tab-count">{count}</span> })}
            </a>
        }
    };
    view! { <nav class="tab-line" aria-label=label>{items.into_iter().map(link).collect_view()}</nav> }
}
