//! Where somebody who is invited will be: asked, answered, and true from the moment they join.

use backend::{Access, pipelines, staff};
use domain::{
    InvitationId, MemberId, Permission as P, PermissionSet, PipelineId, Problem, Refusal, Role,
    pipelines::{Membership, MembershipChoice},
    staff::{EmployeeForm, NO_PLACE, Place},
};
use sqlx::PgPool;

use super::invited::{NORA, form};
use crate::support::{PASSWORD, World, refusal};

fn at(pipeline: PipelineId) -> String {
    Place::Pipeline(pipeline).to_string()
}

fn nora_in(places: &[String]) -> EmployeeForm {
    EmployeeForm { places: places.to_vec(), ..form(NORA, "user") }
}

impl World {
    pub(super) async fn invite_to(
        &self,
        access: &Access,
        places: &[String],
    ) -> backend::Result<InvitationId> {
        staff::invite(&self.backend, access, &nora_in(places)).await
    }

    pub(super) async fn nora_joins(&self) -> MemberId {
        let link = self.noras_link().await;
        let (backend, client) = (&self.backend, &self.client());
        let joined =
            staff::accept_with_password(backend, client, &link, "Nora", "Newcomer", PASSWORD.into()).await;
        let signed_in = self.signed_in(&joined.unwrap().session_token).await.unwrap();
        signed_in.access.unwrap().member_id().unwrap()
    }

    async fn membership(&self, pipeline: PipelineId, member: MemberId) -> Membership {
        let filter = domain::pipelines::PeopleFilter::default();
        let shown = pipelines::show(&self.backend, &self.olive().access, pipeline, &filter).await.unwrap();
        shown.members.rows.into_iter().find(|person| person.member == member).unwrap().membership
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_asks_where_there_is_nowhere_to_be(pool: PgPool) {
    let world = World::new(pool).await;
    assert_eq!(staff::place_choices(&world.backend, &world.olive().access).await.unwrap(), []);
    let id = world.invite_to(&world.olive().access, &[]).await.unwrap();
    assert!(!world.details(id).await.places_answered);
    let nowhere = world.invite_to(&world.olive().access, &[NO_PLACE.to_owned()]).await.unwrap();
    assert_eq!(nowhere, id, "a page from before the last pipeline was deleted is no mistake");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_answer_is_required_and_none_is_one(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let sales = world.pipeline("Sales").await.id;
    let problem = async |places: &[String]| {
        refusal(world.invite_to(olive, places).await).problem("places").cloned().unwrap()
    };
    assert_eq!(problem(&[]).await, Problem::PlacesUnanswered);
    assert_eq!(problem(&[NO_PLACE.to_owned(), at(sales)]).await, Problem::NowhereAndSomewhere);
    assert_eq!(problem(&[at(PipelineId::default())]).await, Problem::InvalidChoice);
    let others = world.pipeline_of(world.otto(), "Elsewhere").await.id;
    assert_eq!(problem(&[at(others)]).await, Problem::InvalidChoice, "another account's is not there");
    let id = world.invite_to(olive, &[NO_PLACE.to_owned()]).await.unwrap();
    let details = world.details(id).await;
    assert_eq!((details.places_answered, details.places), (true, vec![]));
    let nora = world.nora_joins().await;
    assert_eq!(world.membership(sales, nora).await, Membership::NotIn);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_joins_is_in_at_once_and_the_log_says_so(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let (sales, support, gone) = (
        world.pipeline("Sales").await.id,
        world.pipeline("Support").await.id,
        world.pipeline("Gone by then").await.id,
    );
    world.invite_to(olive, &[at(support), at(sales), at(gone), at(sales)]).await.unwrap();
    let told =
        "Olive Tester invited Nora Newcomer (nora@example.com) as User for Sales, Support and Gone by then";
    assert_eq!(world.last_told().await, told);
    pipelines::delete(&world.backend, olive, gone, None).await.unwrap();
    let nora = world.nora_joins().await;
    for pipeline in [sales, support] {
        assert_eq!(world.membership(pipeline, nora).await, Membership::ByHand);
    }
    let log = world.log(world.acme).await;
    let told = "Nora Newcomer joined the account as User (nora@example.com), in Sales and Support";
    assert!(log.contains(&told.to_owned()), "{log:?}");
}

/// Whoever a rule takes in leaves again with the rule.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn where_a_rule_takes_them_in_it_is_left_to_the_rule(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let sales = world.pipeline("Sales").await.id;
    let closers = world.profile("Closers", PermissionSet::of(&[P::OpportunitiesView])).await.id;
    pipelines::set_rule(&world.backend, olive, sales, closers, true).await.unwrap();
    let form = EmployeeForm { profile: closers.to_string(), ..nora_in(&[at(sales)]) };
    staff::invite(&world.backend, olive, &form).await.unwrap();
    let nora = world.nora_joins().await;
    assert!(matches!(world.membership(sales, nora).await, Membership::ByRule(_)));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_manages_no_pipelines_is_not_asked_and_puts_nobody_anywhere(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await.id;
    let inviters = Role::User.permissions().with(P::SettingsInviteStaff).with(P::SettingsViewStaff);
    let inviters = world.profile("Inviters", inviters).await.id;
    let uma = world.give(world.uma(), inviters).await;
    assert_eq!(staff::place_choices(&world.backend, &uma).await.unwrap(), []);
    let refused = world.invite_to(&uma, &[at(sales)]).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::OpportunitiesManagePipelines));
    let id = world.invite_to(&uma, &[]).await.unwrap();
    assert!(!world.details(id).await.places_answered);

    world.invite_to(&world.olive().access, &[at(sales)]).await.unwrap();
    let seen = staff::invitation(&world.backend, &uma, id).await.unwrap().details;
    assert_eq!(seen.places, [], "pipelines that Uma is not in are not there for her");
    let change = EmployeeForm { first_name: "Eleonora".into(), ..nora_in(&[]) };
    staff::change_invitation(&world.backend, &uma, id, &change).await.unwrap();
    assert_eq!(world.details(id).await.places.len(), 1, "what she cannot see stays");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_not_manage_pipelines_any_more_put_nobody_anywhere(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await.id;
    let set = Role::User.permissions().with(P::SettingsInviteStaff).with(P::OpportunitiesManagePipelines);
    let profile = world.profile("Leads", set).await.id;
    let uma = world.give(world.uma(), profile).await;
    world.invite_to(&uma, &[at(sales)]).await.unwrap();
    let less = set.without(PermissionSet::of(&[P::OpportunitiesManagePipelines]));
    world.arrange_profile(profile, less).await;
    let nora = world.nora_joins().await;
    assert_eq!(world.membership(sales, nora).await, Membership::NotIn);
}

/// Whoever sends the link once more stands behind the access that it gives, not behind where it puts somebody.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_was_answered_outlasts_whoever_invites_once_more(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await.id;
    let set = Role::User.permissions().with(P::SettingsInviteStaff).with(P::SettingsViewStaff);
    let inviters = world.profile("Inviters", set).await.id;
    let uma = world.give(world.uma(), inviters).await;
    let id = world.invite_to(&world.olive().access, &[at(sales)]).await.unwrap();
    staff::resend(&world.backend, &uma, id).await.unwrap();
    world.invite_to(&uma, &[]).await.unwrap();
    assert_eq!(world.details(id).await.places.len(), 1);
    let nora = world.nora_joins().await;
    assert_eq!(world.membership(sales, nora).await, Membership::ByHand);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn answering_later_that_they_need_none_is_told(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let id = world.invite_to(olive, &[]).await.unwrap();
    world.pipeline("Sales").await;
    staff::change_invitation(backend, olive, id, &nora_in(&[NO_PLACE.to_owned()])).await.unwrap();
    assert!(world.details(id).await.places_answered);
    let told = "Olive Tester changed the invitation of Nora Newcomer: pipelines set to “none”";
    assert_eq!(world.last_told().await, told);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_answer_can_be_changed_until_they_join_and_inviting_again_asks_again(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let (sales, support) = (world.pipeline("Sales").await.id, world.pipeline("Support").await.id);
    let id = world.invite_to(olive, &[at(sales)]).await.unwrap();
    staff::change_invitation(backend, olive, id, &nora_in(&[at(support)])).await.unwrap();
    let told = "Olive Tester changed the invitation of Nora Newcomer: pipelines from “Sales” to “Support”";
    assert_eq!(world.last_told().await, told);
    let count = world.log(world.acme).await.len();
    staff::change_invitation(backend, olive, id, &nora_in(&[at(support)])).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is nothing");
    let unanswered = staff::change_invitation(backend, olive, id, &nora_in(&[])).await;
    assert_eq!(refusal(unanswered).problem("places"), Some(&Problem::PlacesUnanswered));
    world.invite_to(olive, &[NO_PLACE.to_owned()]).await.unwrap();
    assert_eq!(world.details(id).await.places, []);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_choice_says_which_colleagues_are_there(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await;
    world.pipeline("Empty").await;
    let closers = world.profile("Closers", PermissionSet::of(&[P::OpportunitiesView])).await.id;
    world.give(world.uma(), closers).await;
    world.give(world.max(), closers).await;
    world.set(&sales, world.uma().member_id, MembershipChoice::In).await;
    world.set(&sales, world.olive().member_id, MembershipChoice::Excluded).await;
    world.pipeline_of(world.otto(), "Otto's").await;
    let choices = staff::place_choices(&world.backend, &world.olive().access).await.unwrap();
    let hints: Vec<_> = choices.iter().map(|choice| (choice.name.as_str(), choice.hint())).collect();
    let expected =
        [("Sales", "In it: 1 of 2 “Closers”.".to_owned()), ("Empty", "Nobody is in it yet.".to_owned())];
    assert_eq!(hints, expected);
    let refused = staff::place_choices(&world.backend, &world.uma().access).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::SettingsInviteStaff));
}
