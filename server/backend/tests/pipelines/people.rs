use backend::{
    permissions::{self, Replacement},
    pipelines, staff,
};
use domain::{
    Permission, PermissionSet, PipelineId, Refusal,
    pipelines::{Membership, MembershipChoice as Choice, PeopleFilter, PipelinePerson},
    staff::leaving::LeavingWay,
};
use sqlx::PgPool;

use super::world::{LEAD, Made, SELLER};
use crate::{
    staff::leaving::world::{all, say},
    support::{Person, World, refusal},
};

/// Why somebody is in the pipeline, as its settings say.
async fn why(world: &World, pipeline: &Made, person: &Person) -> Option<PipelinePerson> {
    let rows = world.shown(pipeline).await.members.rows;
    rows.into_iter().find(|row| row.member == person.member_id)
}

async fn label(world: &World, pipeline: &Made, person: &Person) -> String {
    why(world, pipeline, person).await.unwrap().membership.label()
}

/// The pipelines that somebody may see.
async fn seen(world: &World, person: &Person) -> Vec<PipelineId> {
    let access = world.access_again(person).await.unwrap();
    let rows = pipelines::list(&world.backend, &access).await.unwrap();
    rows.into_iter().map(|row| row.pipeline.id).collect()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_is_in_by_hand_by_their_profile_or_not_and_the_hand_goes_first(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let (sales, other) = (world.pipeline("Sales").await, world.pipeline("Other").await);
    let closers = world.profile("Closers", SELLER).await;
    assert_eq!(label(&world, &sales, uma).await, "Not in");
    assert_eq!(seen(&world, uma).await, []);
    assert_eq!(seen(&world, world.olive()).await, [sales.id, other.id], "Admins see them all");

    pipelines::set_rule(backend, olive, sales.id, closers.id, true).await.unwrap();
    let told = "Olive Tester let everyone with the profile “Closers” into the pipeline “Sales”";
    assert_eq!(world.last_told().await, told);
    assert_eq!(label(&world, &sales, uma).await, "Not in");
    world.give(uma, closers.id).await;
    assert_eq!(label(&world, &sales, uma).await, "In, as everyone with the profile “Closers”");
    assert_eq!(seen(&world, uma).await, [sales.id]);

    world.set(&sales, uma.member_id, Choice::Excluded).await;
    assert_eq!(world.last_told().await, "Olive Tester excluded Uma Tester from the pipeline “Sales”");
    assert_eq!(label(&world, &sales, uma).await, "Excluded by hand");
    assert_eq!(seen(&world, uma).await, []);

    world.set(&sales, uma.member_id, Choice::In).await;
    assert_eq!(label(&world, &sales, uma).await, "In, added by hand");
    world.take_profile(uma).await;
    assert_eq!(seen(&world, uma).await, [sales.id], "in by hand whatever profile they hold");
    world.set(&sales, uma.member_id, Choice::AsRules).await;
    assert_eq!(seen(&world, uma).await, []);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_settings_count_and_find_people_and_rules(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    let closers = world.profile("Closers", SELLER).await;
    world.profile("Bookkeeping", SELLER).await;
    world.give(world.uma(), closers.id).await;
    pipelines::set_rule(backend, olive, sales.id, closers.id, true).await.unwrap();
    world.set(&sales, world.max().member_id, Choice::Excluded).await;
    let shown = world.shown(&sales).await;
    let rules: Vec<_> =
        shown.rules.iter().map(|rule| (rule.profile.name.as_str(), rule.is_on, rule.people)).collect();
    assert_eq!(rules, [("Bookkeeping", false, 0), ("Closers", true, 1)]);
    let people: Vec<_> = shown
        .members
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.membership.is_in(), row.is_admin))
        .collect();
    assert_eq!(
        people,
        [("Max Tester", false, false), ("Olive Tester", false, true), ("Uma Tester", true, false)]
    );
    assert_eq!((shown.people, shown.members.total), (1, 3));

    let concerned = PeopleFilter { only_concerned: true, page: 9, ..PeopleFilter::default() };
    let shown = pipelines::show(backend, olive, sales.id, &concerned).await.unwrap();
    let names: Vec<_> = shown.members.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!((names, shown.members.page), (vec!["Max Tester", "Uma Tester"], 1));
    let search = PeopleFilter { search: " oliv".into(), ..PeopleFilter::default() };
    let shown = pipelines::show(backend, olive, sales.id, &search).await.unwrap();
    assert_eq!((shown.members.total, shown.people), (1, 1));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn saying_it_again_changes_and_tells_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let sales = world.pipeline("Sales").await;
    let closers = world.profile("Closers", SELLER).await;
    let before = world.log(world.acme).await.len();
    for choice in [Choice::AsRules, Choice::In, Choice::In, Choice::Excluded, Choice::Excluded] {
        world.set(&sales, uma, choice).await;
    }
    for on in [false, true, true, false, false] {
        pipelines::set_rule(backend, olive, sales.id, closers.id, on).await.unwrap();
    }
    assert_eq!(world.log(world.acme).await.len() - before, 4, "in, excluded, on, off");
}

/// Whoever is shut out is in nothing meanwhile, and finds everything as it was.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_deactivated_is_in_nothing_until_they_are_back(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let sales = world.pipeline("Sales").await;
    world.let_in(uma, &sales, LEAD).await;
    let roof = world.opportunity(&sales, "New roof", "", Some(uma)).await;
    world.uma_goes(LeavingWay::Deactivate, &all(&say("keep"))).await;
    assert_eq!(why(&world, &sales, uma).await, None);
    assert_eq!(world.shown(&sales).await.people, 0);
    let owner = world.found(roof).await.owner.unwrap();
    assert_eq!((owner.member, owner.is_active), (uma.member_id, false), "it stays hers");
    staff::reactivate(backend, olive, uma.member_id).await.unwrap();
    assert_eq!(why(&world, &sales, uma).await.unwrap().membership, Membership::ByHand);
    world.uma_goes(LeavingWay::Remove, &all(&say("keep"))).await;
    assert_eq!(world.found(roof).await.owner.unwrap().name, "Uma Tester");
    let gone = pipelines::set_member(backend, olive, sales.id, uma.member_id, Choice::In).await;
    assert_eq!(refusal(gone), Refusal::NotActive);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_deleted_profile_takes_its_rules_along(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await;
    let (closers, setters) = (world.profile("Closers", SELLER).await, world.profile("Setters", SELLER).await);
    for profile in [&closers, &setters] {
        pipelines::set_rule(backend, olive, sales.id, profile.id, true).await.unwrap();
    }
    world.give(world.uma(), closers.id).await;
    world.give(world.max(), setters.id).await;
    permissions::delete(backend, olive, closers.id, Replacement::StandardUser, PermissionSet::everything())
        .await
        .unwrap();
    let shown = world.shown(&sales).await;
    assert_eq!((shown.rules.len(), shown.people), (1, 1));
    assert_eq!(seen(&world, world.uma()).await, []);
    assert!(
        world.log(world.acme).await.iter().any(|line| line.contains("everyone with the profile “Closers”"))
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_else_says_who_is_in_and_nobody_of_another_account_is(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, otto) = (&world.backend, &world.olive().access, world.otto());
    let sales = world.pipeline("Sales").await;
    let closers = world.profile("Closers", SELLER).await;
    let uma = world.uma().member_id;
    let missing = Refusal::PermissionMissing(Permission::OpportunitiesManagePipelines);
    for (access, expected) in [(&otto.access, Refusal::NotFound), (&world.uma().access, missing)] {
        let member = pipelines::set_member(backend, access, sales.id, uma, Choice::In).await;
        assert_eq!(refusal(member), expected);
        assert_eq!(refusal(pipelines::set_rule(backend, access, sales.id, closers.id, true).await), expected);
        let shown = pipelines::show(backend, access, sales.id, &PeopleFilter::default()).await;
        assert_eq!(refusal(shown), expected);
    }
    let foreign = pipelines::set_member(backend, olive, sales.id, otto.member_id, Choice::In).await;
    assert_eq!(refusal(foreign), Refusal::NotFound);
    let no_profile = pipelines::set_rule(backend, olive, sales.id, Default::default(), true).await;
    assert_eq!(refusal(no_profile), Refusal::NotFound);
}
