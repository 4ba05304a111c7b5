//! Where somebody of the account is: asked where they are changed.

use backend::{Access, calendars, pipelines, staff};
use domain::{
    CalendarId, MemberId, Permission as P, PermissionSet, PipelineId, Problem, Refusal, Role,
    calendars::CalendarKind,
    pipelines::{Membership, MembershipChoice},
    staff::{MemberForm, NO_PLACE, PlaceChoice, ProfilePlaces},
};
use sqlx::PgPool;

use super::places::{at, hosting};
use crate::{
    calendars::world::{HOST, weighing},
    support::{Person, World, refusal},
};

/// The edit page as it is shown: who they are, and where they are by hand.
async fn shown(world: &World, id: MemberId) -> MemberForm {
    let olive = &world.olive().access;
    let member = staff::member(&world.backend, olive, id).await.unwrap();
    let places = staff::member_places(&world.backend, olive, id).await.unwrap();
    let by_hand = places.iter().filter(|choice| choice.membership == Membership::ByHand);
    let mut by_hand: Vec<_> = by_hand.map(|choice| choice.place.to_string()).collect();
    if by_hand.is_empty() && !places.is_empty() {
        by_hand.push(NO_PLACE.to_owned());
    }
    MemberForm {
        version: member.version,
        first_name: member.name.first,
        last_name: member.name.last,
        role: member.assignment.role.key().to_owned(),
        profile: member.assignment.profile.map(|profile| profile.id.to_string()).unwrap_or_default(),
        places: by_hand.clone(),
        shown_places: by_hand,
        ..MemberForm::default()
    }
}

async fn change(world: &World, access: &Access, id: MemberId, typed: &MemberForm) -> backend::Result<()> {
    staff::change_member(&world.backend, access, id, typed).await
}

/// Somewhere for each of the tests to be.
struct Places {
    sales: PipelineId,
    call: CalendarId,
    panel: CalendarId,
}

impl Places {
    async fn new(world: &World) -> Self {
        Self {
            sales: world.pipeline("Sales").await.id,
            call: world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id,
            panel: world.calendar(CalendarKind::Collective, "Panel").await.id,
        }
    }
}

async fn memberships(world: &World, places: &Places, member: MemberId) -> [Membership; 3] {
    [
        world.membership(places.sales, member).await,
        world.host_row(places.call, member).await.membership,
        world.host_row(places.panel, member).await.membership,
    ]
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_ticked_and_unticked_happens_and_the_log_says_so(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (&world.olive().access, world.uma().member_id);
    let places = Places::new(&world).await;
    world.put_host(places.panel, uma, 50).await;
    let form = shown(&world, uma).await;
    let typed = MemberForm { places: vec![at(places.sales), hosting(places.call)], ..form.clone() };
    change(&world, olive, uma, &typed).await.unwrap();
    use Membership::{ByHand, NotIn};
    assert_eq!(memberships(&world, &places, uma).await, [ByHand, ByHand, NotIn]);
    let told = "Olive Tester changed Uma Tester: pipelines from “none” to “Sales”; \
                calendars from “Panel” to “Discovery Call”";
    assert_eq!(world.last_told().await, told);
    let count = world.log(world.acme).await.len();
    change(&world, olive, uma, &typed).await.unwrap();
    change(&world, olive, uma, &shown(&world, uma).await).await.unwrap();
    assert_eq!(world.log(world.acme).await.len(), count, "the same again is nothing");

    let out = MemberForm { places: vec![NO_PLACE.to_owned()], ..shown(&world, uma).await };
    change(&world, olive, uma, &out).await.unwrap();
    assert_eq!(memberships(&world, &places, uma).await, [NotIn, NotIn, NotIn]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_form_that_asks_wants_an_answer_and_one_that_does_not_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (&world.olive().access, world.uma().member_id);
    let places = Places::new(&world).await;
    world.put_host(places.call, uma, 10).await;
    let form = shown(&world, uma).await;
    let problem = async |typed: &[String], shown: &[String]| {
        let typed = MemberForm { places: typed.to_vec(), shown_places: shown.to_vec(), ..form.clone() };
        refusal(change(&world, olive, uma, &typed).await).problem("places").cloned().unwrap()
    };
    let call = hosting(places.call);
    assert_eq!(problem(&[], std::slice::from_ref(&call)).await, Problem::PlacesUnanswered);
    assert_eq!(problem(&[NO_PLACE.into(), call.clone()], &[call]).await, Problem::NowhereAndSomewhere);
    // A page from before there was anything to ask.
    let silent = MemberForm { places: vec![], shown_places: vec![], first_name: "Una".into(), ..form };
    change(&world, olive, uma, &silent).await.unwrap();
    assert_eq!(world.host_row(places.call, uma).await.membership, Membership::ByHand);
}

/// Only what somebody ticks or unticks is their wish: the rest may have changed since the page was opened.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_others_changed_meanwhile_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let places = Places::new(&world).await;
    world.put_host(places.call, uma, 50).await;
    let form = shown(&world, uma).await;
    let gone = world.calendar(CalendarKind::RoundRobin, "Gone by then").await.id;
    // Meanwhile she gets into Sales, and what was there is deleted.
    pipelines::set_member(backend, olive, places.sales, uma, MembershipChoice::In).await.unwrap();
    calendars::delete(backend, olive, gone).await.unwrap();
    let panel = hosting(places.panel);
    let typed = MemberForm {
        places: vec![hosting(places.call), panel.clone()],
        shown_places: vec![hosting(places.call), hosting(gone)],
        ..form.clone()
    };
    change(&world, olive, uma, &typed).await.unwrap();
    assert_eq!(memberships(&world, &places, uma).await, [const { Membership::ByHand }; 3]);
    let terms = world.host_row(places.call, uma).await.terms.unwrap();
    assert_eq!(terms.weight, 50, "where she was already, her terms stay");
    let absent = MemberForm { places: vec![panel, hosting(gone)], ..form };
    let refused = refusal(change(&world, olive, uma, &absent).await);
    assert_eq!(refused.problem("places"), Some(&Problem::InvalidChoice), "what is gone cannot be chosen");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn with_another_profile_its_rules_count_and_hands_stay(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let places = Places::new(&world).await;
    let closers = world.profile("Closers", HOST).await.id;
    let setters = world.profile("Setters", HOST).await.id;
    calendars::set_rule(backend, olive, places.call, closers, Some(&weighing(30))).await.unwrap();
    pipelines::set_rule(backend, olive, places.sales, setters, true).await.unwrap();
    world.give(world.uma(), closers).await;
    world.put_host(places.panel, uma, 10).await;
    let form = shown(&world, uma).await;
    assert_eq!(form.places, [hosting(places.panel)], "where a rule takes her is not ticked");
    // Ticked beside the profile whose rule takes her in.
    let typed = MemberForm {
        profile: setters.to_string(),
        places: vec![hosting(places.panel), at(places.sales)],
        ..form
    };
    change(&world, olive, uma, &typed).await.unwrap();
    let [sales, call, panel] = memberships(&world, &places, uma).await;
    assert!(matches!(sales, Membership::ByRule(_)), "it is left to the rule");
    assert_eq!((call, panel), (Membership::NotIn, Membership::ByHand));
    let told = "Olive Tester changed Uma Tester: profile from “Closers” to “Setters”";
    assert_eq!(world.last_told().await, told);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_was_kept_out_is_let_in_by_hand(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let places = Places::new(&world).await;
    let closers = world.profile("Closers", HOST).await.id;
    calendars::set_rule(backend, olive, places.call, closers, Some(&weighing(30))).await.unwrap();
    pipelines::set_rule(backend, olive, places.sales, closers, true).await.unwrap();
    world.give(world.uma(), closers).await;
    let out = MembershipChoice::Excluded;
    calendars::set_member(backend, olive, places.call, uma, out, &weighing(1)).await.unwrap();
    pipelines::set_member(backend, olive, places.sales, uma, out).await.unwrap();
    let seen = staff::member_places(backend, olive, uma).await.unwrap();
    let excluded = |choice: &PlaceChoice| choice.membership == Membership::Excluded;
    assert_eq!(seen.iter().filter(|choice| excluded(choice)).count(), 2);
    let typed =
        MemberForm { places: vec![at(places.sales), hosting(places.call)], ..shown(&world, uma).await };
    change(&world, olive, uma, &typed).await.unwrap();
    let [sales, call, _] = memberships(&world, &places, uma).await;
    assert_eq!((sales, call), (Membership::ByHand, Membership::ByHand));
    assert_eq!(world.host_row(places.call, uma).await.terms.unwrap().weight, 10, "the usual terms");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_is_moved_when_somebody_else_was_quicker(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (&world.olive().access, world.uma().member_id);
    let places = Places::new(&world).await;
    let form = MemberForm { places: vec![at(places.sales)], ..shown(&world, uma).await };
    let first = MemberForm { last_name: "Usher".into(), ..shown(&world, uma).await };
    change(&world, olive, uma, &first).await.unwrap();
    let second = MemberForm { last_name: "Unger".into(), ..form.clone() };
    assert_eq!(refusal(change(&world, olive, uma, &second).await), Refusal::ChangedMeanwhile);
    assert_eq!(world.membership(places.sales, uma).await, Membership::NotIn);
    let only_places = MemberForm { last_name: "Usher".into(), ..form };
    change(&world, olive, uma, &only_places).await.unwrap();
    assert_eq!(world.membership(places.sales, uma).await, Membership::ByHand);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_edits_staff_puts_people_only_where_they_manage(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, uma) = (&world.backend, world.uma().member_id);
    let places = Places::new(&world).await;
    let set = Role::User.permissions().with(P::SettingsEditStaff);
    let max = world.holding(world.max(), set).await;
    assert_eq!(staff::member_places(backend, &max, uma).await.unwrap(), []);
    let form = MemberForm { shown_places: vec![], ..shown(&world, uma).await };
    for (place, needed) in [
        (at(places.sales), P::OpportunitiesManagePipelines),
        (hosting(places.call), P::CalendarsManageRoundRobin),
    ] {
        let typed = MemberForm { places: vec![place], ..form.clone() };
        assert_eq!(refusal(change(&world, &max, uma, &typed).await), Refusal::PermissionMissing(needed));
    }
    let rename = MemberForm { first_name: "Una".into(), places: vec![], ..form };
    change(&world, &max, uma, &rename).await.unwrap();
    let without = staff::member_places(backend, &world.uma().access, uma).await;
    assert_eq!(refusal(without), Refusal::PermissionMissing(P::SettingsEditStaff));
    for nobody in [world.otto().member_id, MemberId::default()] {
        let absent = staff::member_places(backend, &world.olive().access, nobody).await;
        assert_eq!(refusal(absent), Refusal::NotFound);
    }
    let form = crate::calendars::world::form(CalendarKind::RoundRobin, "Elsewhere");
    let others = calendars::create(backend, &world.otto().access, &form).await.unwrap().id;
    let typed = MemberForm { places: vec![hosting(others)], ..shown(&world, uma).await };
    let refused = refusal(change(&world, &world.olive().access, uma, &typed).await);
    assert_eq!(refused.problem("places"), Some(&Problem::InvalidChoice));
}

/// For somebody deactivated it counts once they are back.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_is_away_can_be_put_somewhere_for_when_they_are_back(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let places = Places::new(&world).await;
    staff::deactivate(backend, olive, uma).await.unwrap();
    let typed = MemberForm { places: vec![hosting(places.call)], ..shown(&world, uma).await };
    change(&world, olive, uma, &typed).await.unwrap();
    assert_eq!(world.settings(places.call).await.hosts, 0);
    assert_eq!(shown(&world, uma).await.places, [hosting(places.call)]);
    staff::reactivate(backend, olive, uma).await.unwrap();
    assert_eq!(world.host_row(places.call, uma).await.membership, Membership::ByHand);
}

/// Colleagues are counted without the person it is about.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_page_says_where_colleagues_are_and_what_a_profile_does(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let places = Places::new(&world).await;
    let closers = world.profile("Closers", HOST).await.id;
    let ada = world.person("ada@example.com", world.acme, Role::User).await;
    let people: [&Person; 3] = [world.uma(), world.max(), &ada];
    for person in people {
        world.give(person, closers).await;
        world.put_host(places.panel, person.member_id, 10).await;
    }
    calendars::set_rule(backend, olive, places.call, closers, Some(&weighing(30))).await.unwrap();
    let seen = staff::member_places(backend, olive, ada.member_id).await.unwrap();
    let hints: Vec<_> = seen.iter().map(|choice| (choice.name.as_str(), choice.hint())).collect();
    let call = "They are in it as long as they hold “Closers”. In it: 2 of 2 “Closers”. \
                Everyone with “Closers” joins by itself.";
    let panel = "2 of 2 “Closers” are in it: suggested for them.";
    let expected = [
        ("Sales", "Nobody is in it yet.".to_owned()),
        ("Discovery Call", call.to_owned()),
        ("Panel", panel.to_owned()),
    ];
    assert_eq!(hints, expected);

    let ProfilePlaces { by_rule, suggested } =
        staff::profile_places(backend, olive, "Closers").await.unwrap();
    assert_eq!(by_rule.iter().map(|place| place.name.as_str()).collect::<Vec<_>>(), ["Discovery Call"]);
    let reasons: Vec<_> = suggested.into_iter().map(|place| place.reason).collect();
    assert_eq!(reasons, ["3 of 3 people with the profile “Closers” are in Panel."]);
    let refused = staff::profile_places(backend, &ada.access, "Closers").await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::SettingsManageProfiles));
    let managers = PermissionSet::of(&[P::SettingsManageProfiles]);
    let max = world.holding(world.max(), managers).await;
    let nothing = ProfilePlaces { by_rule: vec![], suggested: vec![] };
    assert_eq!(staff::profile_places(backend, &max, "Closers").await.unwrap(), nothing);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_leaves_a_calendar_keeps_their_appointments(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (&world.olive().access, world.uma());
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await;
    world.host(&call, uma, 10).await;
    let starts_at = crate::calendars::world::denver(world.day(0), "10:00");
    let appointment = world.booked(&call, starts_at, Some(uma)).await;
    let out = MemberForm { places: vec![NO_PLACE.to_owned()], ..shown(&world, uma.member_id).await };
    change(&world, olive, uma.member_id, &out).await.unwrap();
    assert_eq!(world.host_row(call.id, uma.member_id).await.membership, Membership::NotIn);
    assert_eq!(world.hosts_of(appointment).await, ["Uma Tester"]);
}
