//! Grey shapes where content will be.
use leptos::prelude::*;

/// `<Skeleton lines=3/>` — for text that is on its way.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize) -> impl IntoView {
    view! {
        <div class="skeleton-block" role="status">
            <span class="sr-only">"Loading"</span>
            {(0..lines).map(|_| view! { <span class="skeleton skeleton-line"></span> }).collect_view()}
        </div>
    }
}

/// `<TableSkeleton rows=5 columns=4/>` — for a table that is on its way.
#[component]
pub fn TableSkeleton(#[prop(default = 5)] rows: usize, #[prop(default = 4)] columns: usize) -> impl IntoView {
    let row = move |_| {
        let cells =
            (0..columns).map(|_| view! { <span class="skeleton skeleton-line"></span> }).collect_view();
        view! { <div class="skeleton-row">{cells}</div> }
    };
    view! {
        <div class="table-box skeleton-table" role="status">
            <span class="sr-only">"Loading"</span>
            {(0..rows).map(row).collect_view()}
        </div>
    }
}
