use backend::pipelines::{self, opportunities};
use domain::{
    Permission as P, PermissionSet, Refusal,
    pipelines::{BoardFilter, MembershipChoice, OwnerFilter},
};
use sqlx::PgPool;

use super::world::{LEAD, SELLER, names};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_board_shows_its_stages_with_cards_counts_and_sums(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    let roof = world.opportunity(&sales, "New roof", "1,250.50", Some(world.olive())).await;
    world.opportunity(&sales, "New door", "", None).await;
    let gate = world.opportunity(&sales, "New gate", "100", None).await;
    opportunities::move_to(backend, olive, roof, sales.stages[2]).await.unwrap();
    opportunities::move_to(backend, olive, gate, sales.stages[2]).await.unwrap();
    let board = world.board(olive, &sales).await.unwrap();
    assert_eq!(
        names(&board),
        [vec!["New door"], vec![], vec!["New gate", "New roof"], vec![]],
        "the last moved on top"
    );
    let totals: Vec<_> = board.columns.iter().map(|column| (column.total, column.value_cents)).collect();
    assert_eq!(totals, [(1, Some(0)), (0, Some(0)), (2, Some(135_050)), (0, Some(0))]);
    let card = &board.columns[2].cards[1];
    assert_eq!((card.value_cents, card.contact_name.as_str()), (Some(125_050), "Ann Archer"));
    assert_eq!(card.owner.as_ref().map(|owner| owner.name.as_str()), Some("Olive Tester"));
    assert_eq!((board.currency.code.as_str(), board.currency.digits), ("USD", 2));
    assert_eq!(board.owners.iter().map(|owner| owner.name.as_str()).collect::<Vec<_>>(), ["Olive Tester"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_board_is_filtered_by_owner_and_by_text(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await;
    let (uma, _) = world.let_in(world.uma(), &sales, LEAD).await;
    world.opportunity(&sales, "New roof", "1", Some(world.uma())).await;
    world.opportunity(&sales, "50% off_season", "2", Some(world.olive())).await;
    let nobodys = world.opportunity(&sales, "Old roof", "4", None).await;
    opportunities::assign(&world.backend, &world.olive().access, nobodys, None).await.unwrap();
    let cases = [
        (OwnerFilter::Anybody, "", 7),
        (OwnerFilter::Nobody, "", 4),
        (OwnerFilter::Member(world.uma().member_id), "", 1),
        (OwnerFilter::Anybody, " ROOF", 5),
        (OwnerFilter::Anybody, "50% off_", 2),
        (OwnerFilter::Anybody, "5_%", 0),
        (OwnerFilter::Anybody, "ann arch", 7),
        (OwnerFilter::Anybody, "@clients.example", 7),
        (OwnerFilter::Member(world.uma().member_id), "old", 0),
    ];
    for (owner, search, euros) in cases {
        let filter = BoardFilter { owner, search: search.into() };
        let board = opportunities::board(&world.backend, &uma, sales.id, &filter).await.unwrap();
        let column = &board.columns[0];
        let shown: i64 = column.cards.iter().filter_map(|card| card.value_cents).sum();
        assert_eq!((column.value_cents, shown), (Some(euros * 100), euros * 100), "{filter:?}");
        assert_eq!(column.total, u64::try_from(column.cards.len()).unwrap());
    }
}

/// Cards, counts, sums, owners, the list and each function: whoever has only their own sees nothing of the others'.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_sees_only_their_own_counts_and_sums_only_their_own(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let sales = world.pipeline("Sales").await;
    let (uma, profile) = world.let_in(world.uma(), &sales, SELLER).await;
    world.opportunity(&sales, "Uma's", "10", Some(world.uma())).await;
    let others = world.opportunity(&sales, "Olive's", "2,000", Some(world.olive())).await;
    let board = world.board(&uma, &sales).await.unwrap();
    assert_eq!(names(&board)[0], ["Uma's"]);
    assert_eq!((board.columns[0].total, board.columns[0].value_cents), (1, Some(1_000)));
    assert_eq!(board.owners, []);
    assert_eq!(pipelines::list(backend, &uma).await.unwrap()[0].opportunities, 1);
    let filter =
        BoardFilter { owner: OwnerFilter::Member(world.olive().member_id), ..BoardFilter::default() };
    let theirs = opportunities::board(backend, &uma, sales.id, &filter).await.unwrap();
    assert_eq!((theirs.columns[0].total, theirs.columns[0].value_cents), (0, Some(0)));
    let page = opportunities::column_page(backend, &uma, sales.id, sales.stages[0], &filter, 0)
        .await
        .unwrap()
        .column;
    assert_eq!((page.total, page.cards.len()), (0, 0));
    assert_eq!(refusal(opportunities::find(backend, &uma, others).await), Refusal::NotFound);

    let all = world.with(world.uma(), profile, LEAD).await;
    assert_eq!(world.board(&all, &sales).await.unwrap().columns[0].value_cents, Some(201_000));
    assert_eq!(opportunities::find(backend, &all, others).await.unwrap().name, "Olive's");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn values_are_hidden_without_the_permission_to_see_them(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await;
    let hidden = LEAD.without(PermissionSet::of(&[P::OpportunitiesSeeValue]));
    let (uma, _) = world.let_in(world.uma(), &sales, hidden).await;
    let roof = world.opportunity(&sales, "New roof", "10", None).await;
    let (board, all) = (world.board(&uma, &sales).await.unwrap(), BoardFilter::default());
    assert!(board.columns.iter().all(|column| column.value_cents.is_none()), "no sum either");
    assert_eq!(board.columns[0].cards[0].value_cents, None);
    let page = opportunities::column_page(&world.backend, &uma, sales.id, sales.stages[0], &all, 0).await;
    let page = page.unwrap().column;
    assert_eq!((page.value_cents, page.cards[0].value_cents), (None, None));
    assert_eq!(opportunities::find(&world.backend, &uma, roof).await.unwrap().value_cents, None);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_pipeline_is_not_there_for_people_outside_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, filter) = (&world.backend, BoardFilter::default());
    let sales = world.pipeline("Sales").await;
    let (uma, _) = world.let_in(world.uma(), &sales, LEAD).await;
    let roof = world.opportunity(&sales, "New roof", "10", Some(world.uma())).await;
    world.board(&uma, &sales).await.unwrap();
    world.set(&sales, world.uma().member_id, MembershipChoice::Excluded).await;
    for access in [&uma, &world.max().access, &world.otto().access] {
        assert_eq!(refusal(world.board(access, &sales).await), Refusal::NotFound);
        let page = opportunities::column_page(backend, access, sales.id, sales.stages[0], &filter, 0).await;
        assert_eq!(refusal(page), Refusal::NotFound);
        assert_eq!(refusal(opportunities::find(backend, access, roof).await), Refusal::NotFound);
    }
    let choices = opportunities::choices(backend, &uma, sales.id).await;
    assert_eq!(refusal(choices), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_the_section_there_is_nothing_to_see(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, filter) = (&world.backend, BoardFilter::default());
    let sales = world.pipeline("Sales").await;
    let roof = world.opportunity(&sales, "New roof", "10", None).await;
    let (uma, _) = world.let_in(world.uma(), &sales, PermissionSet::of(&[P::ContactsView])).await;
    let missing = Refusal::PermissionMissing(P::OpportunitiesView);
    assert_eq!(refusal(pipelines::list(backend, &uma).await), missing);
    assert_eq!(refusal(world.board(&uma, &sales).await), missing);
    let page = opportunities::column_page(backend, &uma, sales.id, sales.stages[0], &filter, 0).await;
    assert_eq!(refusal(page), missing);
    assert_eq!(refusal(opportunities::find(backend, &uma, roof).await), missing);
    assert_eq!(refusal(opportunities::choices(backend, &uma, sales.id).await), missing);
}
