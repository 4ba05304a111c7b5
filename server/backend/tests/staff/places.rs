//! Where somebody who is invited will be: asked, answered, and true from the moment they join.

use backend::{Access, calendars, pipelines, staff};
use domain::{
    CalendarId, InvitationId, MemberId, Permission as P, PermissionSet, PipelineId, Problem, Refusal, Role,
    calendars::{CalendarForm, CalendarKind, CalendarPerson, HostTerms, Priority},
    pipelines::{Membership, MembershipChoice},
    staff::{EmployeeForm, NO_PLACE, Place},
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::invited::{NORA, form};
use crate::{
    calendars::world as calendar_world,
    support::{PASSWORD, World, refusal},
};

/// What a form holds for a pipeline.
pub fn at(pipeline: PipelineId) -> String {
    Place::Pipeline(pipeline).to_string()
}

/// What a form holds for a calendar.
pub fn hosting(calendar: CalendarId) -> String {
    Place::Calendar(calendar).to_string()
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

    /// Somebody as the settings of a calendar list them.
    pub async fn host_row(&self, calendar: CalendarId, member: MemberId) -> CalendarPerson {
        let rows = self.settings(calendar).await.members.rows;
        rows.into_iter().find(|person| person.member == member).unwrap()
    }

    pub(super) async fn nora_joins(&self) -> MemberId {
        let link = self.noras_link().await;
        let (backend, client) = (&self.backend, &self.client());
        let joined =
            staff::accept_with_password(backend, client, &link, "Nora", "Newcomer", PASSWORD.into()).await;
        let signed_in = self.signed_in(&joined.unwrap().session_token).await.unwrap();
        signed_in.access.unwrap().member_id().unwrap()
    }

    pub async fn membership(&self, pipeline: PipelineId, member: MemberId) -> Membership {
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
    assert!(!world.details(id).await.answered.pipelines);
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
    assert_eq!((details.answered.pipelines, details.places), (true, vec![]));
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
    assert!(!world.details(id).await.answered.pipelines);

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
    assert!(world.details(id).await.answered.pipelines);
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

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_joins_takes_bookings_at_once_on_the_usual_terms(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await.id;
    let rising = CalendarForm {
        ramp_up_weeks: "4".into(),
        ..calendar_world::form(CalendarKind::RoundRobin, "Discovery Call")
    };
    let call = calendars::create(backend, olive, &rising).await.unwrap().id;
    let panel = world.calendar(CalendarKind::Collective, "Panel").await.id;
    let gone = world.calendar(CalendarKind::RoundRobin, "Gone by then").await.id;
    let places = [hosting(panel), hosting(gone), at(sales), hosting(call), hosting(call)];
    let id = world.invite_to(olive, &places).await.unwrap();
    let told = "Olive Tester invited Nora Newcomer (nora@example.com) as User for Sales, Discovery Call, Gone by then \
                and Panel";
    assert_eq!(world.last_told().await, told);
    let details = world.details(id).await;
    assert!(details.answered.pipelines && details.answered.calendars);
    calendars::delete(backend, olive, gone).await.unwrap();
    let nora = world.nora_joins().await;
    let row = world.host_row(call, nora).await;
    let terms = HostTerms { weight: 10, priority: Priority::Medium, ramp_up_weeks: 4 };
    assert_eq!((row.membership, row.terms), (Membership::ByHand, Some(terms)));
    assert!(row.rising_weight.is_some_and(|weight| weight < 1_000), "they begin with a little");
    assert_eq!(world.host_row(panel, nora).await.membership, Membership::ByHand);
    assert_eq!(world.membership(sales, nora).await, Membership::ByHand);
    let log = world.log(world.acme).await;
    let told =
        "Nora Newcomer joined the account as User (nora@example.com), in Sales, Discovery Call and Panel";
    assert!(log.contains(&told.to_owned()), "{log:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_calendar_leaves_to_its_rule_whom_that_takes_in(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    let closers = world.profile("Closers", calendar_world::HOST).await.id;
    let terms = calendar_world::weighing(30);
    calendars::set_rule(&world.backend, olive, call, closers, Some(&terms)).await.unwrap();
    let form = EmployeeForm { profile: closers.to_string(), ..nora_in(&[hosting(call)]) };
    staff::invite(&world.backend, olive, &form).await.unwrap();
    let nora = world.nora_joins().await;
    let row = world.host_row(call, nora).await;
    assert!(matches!(row.membership, Membership::ByRule(_)));
    assert_eq!(row.terms.map(|terms| terms.weight), Some(30));
}

/// A personal calendar has its host, and another account's calendars are not there.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_shared_calendars_of_the_account_can_be_named(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let own = world.calendar(CalendarKind::Personal, "Olive's own").await.id;
    let form = calendar_world::form(CalendarKind::RoundRobin, "Elsewhere");
    let others = calendars::create(&world.backend, &world.otto().access, &form).await.unwrap().id;
    assert_eq!(staff::place_choices(&world.backend, olive).await.unwrap(), []);
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    let choices = staff::place_choices(&world.backend, olive).await.unwrap();
    let offered: Vec<_> = choices.iter().map(|choice| choice.place).collect();
    assert_eq!(offered, [Place::Calendar(call)]);
    for wrong in [own, others, CalendarId::default()] {
        let refused = refusal(world.invite_to(olive, &[hosting(wrong)]).await);
        assert_eq!(refused.problem("places"), Some(&Problem::InvalidChoice));
    }
    let unanswered = refusal(world.invite_to(olive, &[]).await);
    assert_eq!(unanswered.problem("places"), Some(&Problem::PlacesUnanswered));
    assert_eq!(world.count("select count(*) from invitation").await, 0);
}

/// Round robins take one permission, the others another; whoever holds one of them answers for that kind, and leaves the rest as it is.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn each_answers_for_the_kinds_they_manage(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let sales = world.pipeline("Sales").await.id;
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    let panel = world.calendar(CalendarKind::Collective, "Panel").await.id;
    let set = Role::User.permissions().with(P::SettingsInviteStaff).with(P::CalendarsManageRoundRobin);
    let uma = world.holding(world.uma(), set).await;
    let choices = staff::place_choices(&world.backend, &uma).await.unwrap();
    assert_eq!(choices.iter().map(|choice| choice.place).collect::<Vec<_>>(), [Place::Calendar(call)]);
    let refused = refusal(world.invite_to(&uma, &[hosting(panel)]).await);
    assert_eq!(refused.problem("places"), Some(&Problem::InvalidChoice));
    let refused = refusal(world.invite_to(&uma, &[at(sales)]).await);
    assert_eq!(refused, Refusal::PermissionMissing(P::OpportunitiesManagePipelines));

    let all = [at(sales), hosting(call), hosting(panel)];
    let id = world.invite_to(olive, &all).await.unwrap();
    let seen = staff::invitation(&world.backend, &uma, id).await.unwrap();
    assert_eq!(
        seen.details.places.iter().map(|place| place.place).collect::<Vec<_>>(),
        [Place::Calendar(call)]
    );
    world.invite_to(&uma, &[NO_PLACE.to_owned()]).await.unwrap();
    let left: Vec<_> = world.details(id).await.places.into_iter().map(|place| place.name).collect();
    assert_eq!(left, ["Sales", "Panel"]);
    let nora = world.nora_joins().await;
    assert_eq!(world.host_row(call, nora).await.membership, Membership::NotIn);
    assert_eq!(world.host_row(panel, nora).await.membership, Membership::ByHand);
    assert_eq!(world.membership(sales, nora).await, Membership::ByHand);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn each_answer_is_worth_what_whoever_gave_it_may_do_when_somebody_joins(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    let panel = world.calendar(CalendarKind::Collective, "Panel").await.id;
    let set = Role::User.permissions().with(P::SettingsInviteStaff).with(P::CalendarsManageRoundRobin);
    let profile = world.profile("Leads", set).await.id;
    let uma = world.give(world.uma(), profile).await;
    world.invite_to(olive, &[hosting(panel)]).await.unwrap();
    let id = world.invite_to(&uma, &[hosting(call)]).await.unwrap();
    let less = set.without(PermissionSet::of(&[P::CalendarsManageRoundRobin]));
    world.arrange_profile(profile, less).await;
    staff::resend(&world.backend, olive, id).await.unwrap();
    let nora = world.nora_joins().await;
    assert_eq!(world.host_row(call, nora).await.membership, Membership::NotIn, "that was Uma's to say");
    assert_eq!(world.host_row(panel, nora).await.membership, Membership::ByHand, "that was Olive's");
}

/// Whoever sends the answer again, even the same, is the one who gave it from then on.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_answers_again_stands_behind_it(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    let set = Role::User.permissions().with(P::SettingsInviteStaff).with(P::CalendarsManageRoundRobin);
    let uma = world.holding(world.uma(), set).await;
    let id = world.invite_to(&uma, &[hosting(call)]).await.unwrap();
    let count = world.log(world.acme).await.len();
    staff::change_invitation(&world.backend, olive, id, &nora_in(&[hosting(call)])).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is nothing to tell");
    staff::resend(&world.backend, olive, id).await.unwrap();
    world.set_member(world.uma().member_id, "user", "removed").await;
    let nora = world.nora_joins().await;
    assert_eq!(world.host_row(call, nora).await.membership, Membership::ByHand);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_change_of_the_answer_tells_the_kinds_apart(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await.id;
    let id = world.invite_to(olive, &[at(sales)]).await.unwrap();
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    assert!(!world.details(id).await.answered.calendars, "nobody was asked about calendars");
    staff::change_invitation(backend, olive, id, &nora_in(&[at(sales)])).await.unwrap();
    let told = "Olive Tester changed the invitation of Nora Newcomer: calendars set to “none”";
    assert_eq!(world.last_told().await, told);
    staff::change_invitation(backend, olive, id, &nora_in(&[hosting(call)])).await.unwrap();
    let told = "Olive Tester changed the invitation of Nora Newcomer: pipelines from “Sales” to “none”; \
                calendars from “none” to “Discovery Call”";
    assert_eq!(world.last_told().await, told);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn accepted_twice_at_once_they_are_in_once(pool: PgPool) {
    let world = World::new(pool).await;
    let sales = world.pipeline("Sales").await.id;
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    world.invite_to(&world.olive().access, &[at(sales), hosting(call)]).await.unwrap();
    let link = world.noras_link().await;
    let nora = world.person(NORA, world.others, Role::User).await;
    let mut tries = JoinSet::new();
    for _ in 0..8 {
        let (backend, client) = (world.backend.clone(), world.client());
        let (signed, link) = (nora.signed.clone(), link.clone());
        tries.spawn(async move { staff::accept_signed_in(&backend, &signed, &client, &link).await.is_ok() });
    }
    assert!(tries.join_all().await.contains(&true));
    for count in [
        "select count(*) from calendar_member",
        "select count(*) from pipeline_member",
        "select count(*) from activity where event ->> 'kind' = 'staff_joined'",
    ] {
        assert_eq!(world.count(count).await, 1, "{count}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_calendar_is_suggested_for_whom_it_is_usual(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    let closers = world.profile("Closers", calendar_world::HOST).await.id;
    for person in [world.uma(), world.max()] {
        world.give(person, closers).await;
        world.put_host(call, person.member_id, 10).await;
    }
    world.put_host(call, world.olive().member_id, 10).await;
    let hint = async || staff::place_choices(&world.backend, &world.olive().access).await.unwrap()[0].hint();
    let told = "2 of 2 “Closers” are in it: suggested for them. Also in it: 1 of 1 Admins.";
    assert_eq!(hint().await, told);
    world.set_member(world.max().member_id, "user", "deactivated").await;
    assert_eq!(hint().await, "In it: 1 of 1 “Closers”, 1 of 1 Admins.", "one person is no habit");
}
