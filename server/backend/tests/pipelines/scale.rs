use std::time::{Duration, Instant};

use backend::pipelines::{self, opportunities};
use domain::{
    PermissionSet,
    pipelines::{BoardFilter, CARDS_PER_COLUMN, OwnerFilter},
};
use sqlx::PgPool;

use super::world::{LEAD, Made};
use crate::support::{World, statements::counted};

/// Statements of a board, whatever stands on it.
const BOARD: usize = 4;
/// Far above what it takes on a slow machine that does other things beside.
const FAST: Duration = Duration::from_millis(500);

/// So many opportunities, spread over the stages; every tenth is Uma's.
async fn fill(world: &World, pipeline: &Made, opportunities: i32) {
    let stages: Vec<_> = pipeline.stages.iter().map(|stage| stage.0).collect();
    sqlx::query(
        "insert into opportunity (account_id, id, pipeline_id, stage_id, name, contact_name, value_cents, owner_id, stage_since, created_at)
         select $1, gen_random_uuid(), $2, ($3::uuid[])[1 + n % cardinality($3::uuid[])], 'Deal ' || n, 'Contact ' || n, 100,
                case when n % 10 = 0 then $4::uuid end, now() - n * interval '1 minute', now()
         from generate_series(1, $5) as n",
    )
    .bind(world.acme.0)
    .bind(pipeline.id.0)
    .bind(&stages)
    .bind(world.uma().member_id.0)
    .bind(opportunities)
    .execute(&world.root)
    .await
    .unwrap();
    sqlx::query("analyze opportunity").execute(&world.root).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn ten_thousand_opportunities_cost_as_many_statements_as_one_and_little_time(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await;
    let (uma, profile) = world.let_in(world.uma(), &sales, LEAD).await;
    fill(&world, &sales, 1).await;
    assert_eq!(counted(world.board(&uma, &sales)).await.1, BOARD);
    fill(&world, &sales, 9_999).await;

    let olive = &world.olive().access;
    let own = world.with(world.uma(), profile, LEAD.without(PermissionSet::ALL_RECORDS)).await;
    let (anybody, text) = (OwnerFilter::Anybody, "contact 7".to_owned());
    let filters = [
        BoardFilter::default(),
        BoardFilter { owner: OwnerFilter::Member(world.uma().member_id), search: String::new() },
        BoardFilter { owner: OwnerFilter::Nobody, search: String::new() },
        BoardFilter { owner: anybody, search: text },
    ];
    for access in [olive, &uma, &own] {
        for filter in &filters {
            let began = Instant::now();
            let (board, statements) =
                counted(opportunities::board(&world.backend, access, sales.id, filter)).await;
            let (board, taken) = (board.unwrap(), began.elapsed());
            assert!(statements <= BOARD && taken < FAST, "{statements} statements, {taken:?}: {filter:?}");
            let total: u64 = board.columns.iter().map(|column| column.total).sum();
            let value: i64 = board.columns.iter().filter_map(|column| column.value_cents).sum();
            assert_eq!(i64::try_from(total).unwrap() * 100, value);
            println!("{total} opportunities in {statements} statements and {taken:?}");
        }
    }
    let began = Instant::now();
    let (listed, statements) = counted(pipelines::list(&world.backend, &own)).await;
    assert_eq!((listed.unwrap()[0].opportunities, statements), (999, 1));
    assert!(began.elapsed() < FAST);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_column_is_shown_page_by_page_to_its_end(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    fill(&world, &sales, 4 * 120).await;
    let all = BoardFilter::default();
    let board = world.board(olive, &sales).await.unwrap();
    assert!(board.columns.iter().all(|column| column.cards.len() == 50 && column.total == 120));
    let mut shown = board.columns[1].cards.clone();
    while shown.len() < 120 {
        let offset = u32::try_from(shown.len()).unwrap();
        let more = opportunities::column_page(backend, olive, sales.id, sales.stages[1], &all, offset);
        let (more, statements) = counted(more).await;
        let more = more.unwrap().column;
        assert!(statements <= 3 && more.total == 120 && !more.cards.is_empty());
        assert!(more.cards.len() <= CARDS_PER_COLUMN as usize);
        shown.extend(more.cards);
    }
    assert!(shown.is_sorted_by(|one, next| one.stage_since > next.stage_since), "all of them, in order");
    let behind = opportunities::column_page(backend, olive, sales.id, sales.stages[1], &all, 120);
    assert_eq!(behind.await.unwrap().column.cards, []);
    let foreign = world.pipeline("Other").await.stages[0];
    let foreign = opportunities::column_page(backend, olive, sales.id, foreign, &all, 0).await;
    assert_eq!(crate::support::refusal(foreign), domain::Refusal::NotFound);
}
