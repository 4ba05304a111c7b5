use domain::{
    Permission, PipelineId, Refusal,
    pipelines::{BoardFilter, Owner, OwnerFilter},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, ButtonKind, FilterBar, FilterSelect, FormError, IconName, LinkButton, SearchInput,
    SelectOption, Skeleton, TabItem, Tabs, follow_address,
};

use super::{
    api_board::{BoardView, ColumnText, ReadBoard, filter},
    board_card::Moving,
    board_column::{Column, WholeColumn},
};
use crate::{
    Data,
    error::LoadError,
    layout::Page,
    live::pipeline_version,
    paths,
    viewer::{denied_reason, viewer_can},
};

/// One pipeline as a board: a column for each stage, a card for each opportunity. `?stage=` shows all of one stage instead.
#[component]
pub fn BoardPage() -> impl IntoView {
    let id = paths::id_parameter::<PipelineId>();
    let moving = Moving::new();
    let query = use_query_map();
    let parameter = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)));
    let (owner, search, stage) = (parameter("owner"), parameter("q"), parameter("stage"));
    let changed = pipeline_version(move || id.get());
    let saved = moving.form.saved();
    follow_address(Signal::derive(move || {
        vec![("q", search.get().unwrap_or_default()), ("owner", owner.get().unwrap_or_default())]
    }));
    let board = Data::renewed(
        move || changed.get() + saved.get(),
        move || {
            let id = id.get().ok_or(Refusal::NotFound)?;
            Ok(ReadBoard { id, owner: owner.get(), search: search.get() })
        },
    );
    board.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |board| match board {
            Ok(view) => {
                let filter = filter(owner.get_untracked(), search.get_untracked());
                let whole = stage.get();
                view! { <Board view filter whole moving/> }.into_any()
            }
            Err(error) => view! {
                <Page title="Board" back=BackLink::new(paths::BOARDS, "Pipelines")><LoadError error/></Page>
            }
            .into_any(),
        },
    )
}

#[component]
fn Board(view: BoardView, filter: BoardFilter, whole: Option<String>, moving: Moving) -> impl IntoView {
    let BoardView { pipelines, pipeline, columns, owners } = view;
    let id = pipeline.id;
    let tabs = (pipelines.len() > 1).then(|| {
        let item = |other: domain::pipelines::Pipeline| {
            TabItem::new(other.name, paths::board(other.id), other.id == id)
        };
        view! { <Tabs label="Pipelines" items=pipelines.into_iter().map(item).collect()/> }
    });
    let settings = viewer_can(Permission::OpportunitiesManagePipelines).then(|| {
        view! { <LinkButton href=paths::pipeline(id) kind=ButtonKind::Secondary icon=IconName::Settings>"Settings"</LinkButton> }
    });
    let reason = denied_reason(Permission::OpportunitiesCreate);
    let action = view! {
        {settings}
        <LinkButton href=paths::new_opportunity(id) icon=IconName::Plus disabled_reason=reason>"New opportunity"</LinkButton>
    };
    let shown = columns.iter().find(|column| whole.as_ref() == Some(&column.stage.id.to_string())).cloned();
    let same = same_query(&filter);
    let content = match shown {
        Some(column) => view! { <WholeColumn id column filter=filter.clone()/> }.into_any(),
        None => view! { <Columns id columns same moving/> }.into_any(),
    };
    view! {
        <Page title=pipeline.name action>
            {tabs}
            <Filters id filter owners/>
            {content}
        </Page>
    }
}

/// What of the query keeps the same cards.
fn same_query(filter: &BoardFilter) -> String {
    format!("owner={}&q={}", paths::encode(&filter.owner.key()), paths::encode(&filter.search))
}

#[component]
fn Filters(id: PipelineId, filter: BoardFilter, owners: Vec<Owner>) -> impl IntoView {
    let is_filtered = filter != BoardFilter::default();
    let clear_href = Signal::stored(is_filtered.then(|| paths::board(id)));
    let by_owner = (!owners.is_empty()).then(|| {
        let first =
            [SelectOption::new("", "Anybody’s"), SelectOption::new(OwnerFilter::Nobody.key(), "Nobody’s")];
        let owner = |owner: Owner| {
            let gone = if owner.is_active { "" } else { " (not active)" };
            SelectOption::new(OwnerFilter::Member(owner.member).key(), format!("{}{gone}", owner.name))
        };
        let chosen = match filter.owner {
            OwnerFilter::Member(member) if owners.iter().all(|owner| owner.member != member) => {
                Some(SelectOption::new(filter.owner.key(), "Somebody without any here"))
            }
            _ => None,
        };
        let options = first.into_iter().chain(owners.into_iter().map(owner)).chain(chosen).collect();
        view! { <FilterSelect name="owner" label="Owner" options value=filter.owner.key()/> }
    });
    view! {
        <FilterBar action=paths::board(id) clear_href>
            <SearchInput label="Search name or contact" value=filter.search/>
            {by_owner}
        </FilterBar>
    }
}

#[component]
fn Columns(id: PipelineId, columns: Vec<ColumnText>, same: String, moving: Moving) -> impl IntoView {
    let may_move = viewer_can(Permission::OpportunitiesMoveStage);
    let help = may_move.then(|| {
        view! {
            <p class="text-sm text-muted needs-wasm">
                "Drag a card to another stage, or move to it with Tab and press Alt with an arrow to the side."
            </p>
        }
    });
    let order: Vec<_> = columns.iter().map(|column| column.stage.id).collect();
    let lines = view! {
        <For each=move || columns.clone() key=|column| column.stage.id children=move |column| {
            view! { <Column id column order=order.clone() same=same.clone() moving may_move/> }
        }/>
    };
    view! {
        <FormError message=moving.form.error()/>
        {help}
        {moving.sent.view(())}
        // Its columns are wider than a phone: it scrolls by itself, by keys as well.
        <div class="board" role="group" aria-label="Stages" tabindex="0">{lines}</div>
    }
}
