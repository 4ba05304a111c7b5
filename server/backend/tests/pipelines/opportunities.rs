//! Making and moving opportunities.

use backend::pipelines::opportunities;
use domain::{
    MemberId, Permission as P, PermissionSet, Problem, Refusal,
    pipelines::{MembershipChoice, OWNED_BY_NOBODY, OpportunityForm},
};
use sqlx::PgPool;

use super::world::{LEAD, SELLER, form, names};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_new_opportunity_is_its_creators_and_is_told(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, _) = world.let_in(world.uma(), &sales, SELLER).await;
    let typed = form(" New roof ", "1250.5", None);
    let id = opportunities::create(backend, &uma, sales.id, sales.stages[1], &typed).await.unwrap();
    let found = opportunities::find(backend, &uma, id).await.unwrap();
    assert_eq!((found.name.as_str(), found.value_cents, found.version), ("New roof", Some(125_050), 1));
    assert_eq!(found.contact_email.unwrap().as_str(), "ann@clients.example.com");
    assert_eq!((found.owner.unwrap().member, found.stage.id), (world.uma().member_id, sales.stages[1]));
    let told = "Uma Tester created the opportunity “New roof” in the pipeline “Sales”";
    assert_eq!(world.last_told().await, told);
    let nameless = OpportunityForm { value: Some("much".into()), ..OpportunityForm::default() };
    let nameless = refusal(opportunities::create(backend, &uma, sales.id, sales.stages[0], &nameless).await);
    for field in ["name", "contact_name", "value"] {
        assert!(nameless.problem(field).is_some(), "{field}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn creating_asks_for_each_permission_that_it_uses(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (_, profile) = world.let_in(world.uma(), &sales, SELLER).await;
    world.set(&sales, world.max().member_id, MembershipChoice::In).await;
    let max = Some(world.max().member_id);
    for (lacking, typed) in [
        (P::OpportunitiesCreate, form("Roof", "", None)),
        (P::OpportunitiesChangeValue, form("Roof", "1", None)),
        (P::OpportunitiesAssign, form("Roof", "", max)),
        (P::OpportunitiesAssign, OpportunityForm { owner: OWNED_BY_NOBODY.into(), ..form("Roof", "", None) }),
    ] {
        let uma = world.with(world.uma(), profile, SELLER.without(PermissionSet::of(&[lacking]))).await;
        let refused = opportunities::create(backend, &uma, sales.id, sales.stages[0], &typed).await;
        assert_eq!(refusal(refused), Refusal::PermissionMissing(lacking));
    }
    let few = PermissionSet::of(&[P::OpportunitiesView, P::OpportunitiesCreate]);
    let uma = world.with(world.uma(), profile, few).await;
    for owner in [None, Some(world.uma().member_id)] {
        let own = form("Roof", "", owner);
        opportunities::create(backend, &uma, sales.id, sales.stages[0], &own).await.unwrap();
    }
    assert_eq!(names(&world.board(&uma, &sales).await.unwrap())[0], ["Roof", "Roof"]);

    let nobodys = OpportunityForm { owner: OWNED_BY_NOBODY.into(), ..form("Roof", "", None) };
    let olive = &world.olive().access;
    let id = opportunities::create(backend, olive, sales.id, sales.stages[0], &nobodys).await.unwrap();
    assert_eq!(world.found(id).await.owner, None, "nobody is a choice of its own");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_admins_and_people_of_the_pipeline_own_what_is_in_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, profile) = world.let_in(world.uma(), &sales, LEAD).await;
    let give = async |owner: MemberId| {
        let typed = form("Roof", "", Some(owner));
        opportunities::create(backend, &uma, sales.id, sales.stages[0], &typed).await
    };
    give(world.olive().member_id).await.unwrap();
    for stranger in [world.max().member_id, world.otto().member_id, MemberId::default()] {
        assert_eq!(refusal(give(stranger).await).problem("owner"), Some(&Problem::NotInPipeline));
    }
    let choices = opportunities::choices(backend, &uma, sales.id).await.unwrap();
    assert_eq!(choices.stages.iter().map(|stage| stage.id).collect::<Vec<_>>(), sales.stages);
    assert_eq!(
        choices.owners.iter().map(|owner| owner.name.as_str()).collect::<Vec<_>>(),
        ["Olive Tester", "Uma Tester"]
    );
    let assigns = PermissionSet::of(&[P::OpportunitiesAssign]);
    let cannot = world.with(world.uma(), profile, SELLER.without(assigns)).await;
    assert_eq!(opportunities::choices(backend, &cannot, sales.id).await.unwrap().owners, []);
}

/// Whoever manages pipelines sees one that they are not in. What they make there is nobody's, unless they would lose sight of it.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_manager_outside_the_pipeline_makes_what_is_nobodys(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let manages = LEAD.with(P::OpportunitiesManagePipelines);
    let (_, profile) = world.let_in(world.uma(), &sales, manages).await;
    world.set(&sales, world.uma().member_id, MembershipChoice::AsRules).await;
    let uma = world.access_again(world.uma()).await.unwrap();
    let typed = form("Roof", "", None);
    let id = opportunities::create(backend, &uma, sales.id, sales.stages[0], &typed).await.unwrap();
    assert_eq!(opportunities::find(backend, &uma, id).await.unwrap().owner, None);
    let narrow = manages.without(PermissionSet::ALL_RECORDS);
    let uma = world.with(world.uma(), profile, narrow).await;
    let refused = opportunities::create(backend, &uma, sales.id, sales.stages[0], &typed).await;
    assert_eq!(refusal(refused).problem("owner"), Some(&Problem::NotInPipeline));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_is_made_where_one_may_not_look(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, typed) = (&world.backend, form("Roof", "", None));
    let (sales, other) = (world.pipeline("Sales").await, world.pipeline("Other").await);
    let (uma, _) = world.let_in(world.uma(), &sales, LEAD).await;
    for (access, pipeline, stage) in [
        (&uma, other.id, other.stages[0]),
        (&uma, sales.id, other.stages[0]),
        (&world.olive().access, sales.id, other.stages[0]),
        (&world.otto().access, sales.id, sales.stages[0]),
    ] {
        let refused = opportunities::create(backend, access, pipeline, stage, &typed).await;
        assert_eq!(refusal(refused), Refusal::NotFound);
    }
    assert_eq!(world.count("select count(*) from opportunity").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_opportunity_moves_within_its_pipeline_and_to_where_it_stands_is_no_move(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let other = world.pipeline("Other").await;
    let (uma, _) = world.let_in(world.uma(), &sales, SELLER).await;
    let roof = world.opportunity(&sales, "New roof", "", Some(world.uma())).await;
    let before = world.found(roof).await;
    world.advance(chrono::Duration::hours(1));
    opportunities::move_to(backend, &uma, roof, sales.stages[2]).await.unwrap();
    let after = world.found(roof).await;
    assert_eq!((after.stage.id, after.version), (sales.stages[2], before.version));
    assert!(after.stage_since - before.stage_since >= chrono::Duration::hours(1));
    let told = "Uma Tester moved the opportunity “New roof” of the pipeline “Sales” from “New” to “Won”";
    assert_eq!(world.last_told().await, told);
    let count = world.log(world.acme).await.len();
    world.advance(chrono::Duration::hours(1));
    opportunities::move_to(backend, &uma, roof, sales.stages[2]).await.unwrap();
    assert_eq!(world.found(roof).await.stage_since, after.stage_since);
    assert_eq!(world.log(world.acme).await.len(), count);
    for elsewhere in [other.stages[0], Default::default()] {
        let olive = &world.olive().access;
        assert_eq!(refusal(opportunities::move_to(backend, olive, roof, elsewhere).await), Refusal::NotFound);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_moves_what_they_may_not(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, sales) = (&world.backend, world.pipeline("Sales").await);
    let (uma, profile) = world.let_in(world.uma(), &sales, SELLER).await;
    let olives = world.opportunity(&sales, "Olive's", "", Some(world.olive())).await;
    let umas = world.opportunity(&sales, "Uma's", "", Some(world.uma())).await;
    let to = sales.stages[1];
    assert_eq!(refusal(opportunities::move_to(backend, &uma, olives, to).await), Refusal::NotFound);
    for stranger in [world.max(), world.otto()] {
        assert_eq!(
            refusal(opportunities::move_to(backend, &stranger.access, umas, to).await),
            Refusal::NotFound
        );
    }
    let fixed = SELLER.without(PermissionSet::of(&[P::OpportunitiesMoveStage]));
    let uma = world.with(world.uma(), profile, fixed).await;
    let refused = opportunities::move_to(backend, &uma, umas, to).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::OpportunitiesMoveStage));
}
