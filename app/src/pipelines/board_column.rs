use domain::{
    PipelineId, StageId,
    pipelines::{BoardFilter, CARDS_PER_COLUMN},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{Avatar, ButtonKind, DataTable, LinkButton, Pagination, Row, Section, Skeleton, Td, Th};

use super::{
    api_board::{CardText, ColumnText, ReadColumn},
    board_card::{Card, Moving},
};
use crate::{Data, paths, time};

/// One stage of the board, with its first cards.
#[component]
pub(super) fn Column(
    id: PipelineId,
    column: ColumnText,
    /// All stages, in their order.
    order: Vec<StageId>,
    /// Continues the query of a link that shows the same cards.
    same: String,
    moving: Moving,
    may_move: bool,
) -> impl IntoView {
    let ColumnText { stage, total, value, cards } = column;
    let place = order.iter().position(|other| *other == stage.id).unwrap_or_default();
    let neighbours =
        (place.checked_sub(1).and_then(|before| order.get(before).copied()), order.get(place + 1).copied());
    let heading = format!("stage-{}", stage.id);
    let labelled_by = heading.clone();
    let shown = u64::try_from(cards.len()).unwrap_or(u64::MAX);
    let more = (total > shown).then(|| {
        let href = format!("{}?{same}&stage={}", paths::board(id), stage.id);
        view! {
            <LinkButton href kind=ButtonKind::Secondary small=true aria_label=format!("Show all {total} in {}", stage.name)>
                {format!("Show all {total}")}
            </LinkButton>
        }
    });
    let nothing = cards.is_empty().then(|| view! { <p class="board-empty">"Nothing here"</p> });
    let stage_id = stage.id;
    let is_over = RwSignal::new(false);
    view! {
        <section class=format!("board-column stage-{}", stage.colour.key()) class:board-over=is_over aria-labelledby=labelled_by
            on:dragover=move |event| {
                if moving.is_dragging() {
                    event.prevent_default();
                    is_over.set(true);
                }
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                is_over.set(false);
                moving.dropped_on(stage.id);
            }>
            <div class="board-head">
                <h2 id=heading>{stage.name.clone()}</h2>
                <span class="board-total">{total}</span>
                {value.map(|value| view! { <span class="board-value">{value}</span> })}
            </div>
            {nothing}
            <ul class="board-cards">
                // By their key: an element belongs to one card for ever, or the keyboard would be on another.
                <For each=move || cards.clone() key=|card| card.id let:card>
                    <Card card stage=stage_id neighbours moving may_move/>
                </For>
            </ul>
            {more}
        </section>
    }
}

/// Everything that stands in one stage, page by page.
#[component]
pub(super) fn WholeColumn(id: PipelineId, column: ColumnText, filter: BoardFilter) -> impl IntoView {
    let stage = column.stage.clone();
    let (stage_id, total) = (stage.id, column.total);
    let query = use_query_map();
    let page = Memo::new(move |_| query.with(|query| query.get("page")));
    let (owner, search) = (filter.owner.key(), filter.search);
    let base = format!("{}?owner={}&q={}", paths::board(id), paths::encode(&owner), paths::encode(&search));
    let back = base.clone();
    let rows = Data::new(move || {
        let (owner, search) = (Some(owner.clone()), Some(search.clone()));
        Ok(ReadColumn { id, stage: stage_id, owner, search, page: page.get() })
    });
    let pages = total.div_ceil(u64::from(CARDS_PER_COLUMN)).max(1);
    view! {
        <Section title=format!("Everything in {}", stage.name)>
            <p><a class="link" href=back>"Back to the board"</a></p>
            {rows.show(|| view! { <Skeleton lines=8/> }.into_any(), move |column| {
                let number = page.get_untracked().and_then(|page| page.parse().ok()).unwrap_or(1_u64).clamp(1, pages);
                let base = base.clone();
                let head = view! { <Th>"Opportunity"</Th><Th>"Owner"</Th><Th numeric=true>"Value"</Th><Th>"Here since"</Th> };
                let lines = column.cards.into_iter().map(|card| view! { <Line card/> }).collect_view();
                view! {
                    <DataTable caption="Opportunities in this stage" head>{lines}</DataTable>
                    <Pagination page=number pages total per_page=u64::from(CARDS_PER_COLUMN)
                        href=move |page| format!("{base}&stage={stage_id}&page={page}")/>
                }
                .into_any()
            })}
        </Section>
    }
}

#[component]
fn Line(card: CardText) -> impl IntoView {
    let CardText { id, name, contact_name, value, owner, since } = card;
    let owner = owner.map(|owner| {
        let photo_href = owner.photo.map(|(login, version)| paths::photo(login, version));
        view! { <div class="cell-person"><Avatar name=owner.name.clone() photo_href/><span class="min-w-0">{owner.name}</span></div> }
    });
    view! {
        <Row>
            <Td main=true>
                <div class="min-w-0">
                    <a href=paths::opportunity(id)>{name}</a>
                    <span class="cell-note">{contact_name}</span>
                </div>
            </Td>
            <Td label="Owner">{owner}</Td>
            <Td label="Value" numeric=true>{value}</Td>
            <Td label="Here since">{time(since)}</Td>
        </Row>
    }
}
