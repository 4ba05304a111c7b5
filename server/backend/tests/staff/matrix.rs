//! Who is in which calendars and pipelines, on one page.

use backend::{
    Access,
    calendars::{self, booking},
    pipelines,
    staff::matrix,
};
use domain::{
    MemberId, Permission as P, Refusal, Role,
    calendars::{CalendarKind, PlaceKind},
    permissions::ProfileName,
    pipelines::{Membership, MembershipChoice},
    staff::{Crossing, Matrix, MatrixCell, MatrixFilter, PLACES_PER_PAGE, Place},
};
use sqlx::PgPool;

use crate::{
    calendars::world::{HOST, client_at, denver, visitor, weighing},
    support::{Person, World, refusal},
};

async fn shown_to(world: &World, access: &Access, filter: &MatrixFilter) -> Matrix {
    matrix::show(&world.backend, access, filter).await.unwrap()
}

async fn shown(world: &World) -> Matrix {
    shown_to(world, &world.olive().access, &MatrixFilter::default()).await
}

/// What somebody is in a place.
fn cell(matrix: &Matrix, place: Place, member: MemberId) -> &MatrixCell {
    let column = matrix.places.iter().position(|column| column.place == place).unwrap();
    let row = matrix.people.rows.iter().find(|row| row.member == member).unwrap();
    &row.cells[column]
}

async fn why(world: &World, place: Place, person: &Person) -> Option<String> {
    cell(&shown(world).await, place, person.member_id).why()
}

fn key(place: Place, person: &Person) -> String {
    Crossing { place, member: person.member_id }.to_string()
}

/// Sends the matrix with these boxes ticked and these ticked anew.
async fn change(
    world: &World,
    access: &Access,
    shown: &[String],
    ticked: &[String],
) -> backend::Result<usize> {
    matrix::change(&world.backend, access, shown, ticked).await
}

struct Places {
    call: Place,
    panel: Place,
    sales: Place,
}

impl Places {
    async fn new(world: &World) -> Self {
        Self {
            call: Place::Calendar(world.calendar(CalendarKind::RoundRobin, "Call").await.id),
            panel: Place::Calendar(world.calendar(CalendarKind::Collective, "Panel").await.id),
            sales: Place::Pipeline(world.pipeline("Sales").await.id),
        }
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn many_are_put_in_and_taken_out_at_once_and_every_cell_says_why(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma, max) = (&world.olive().access, world.uma(), world.max());
    let Places { call, panel, sales } = Places::new(&world).await;
    let matrix = shown(&world).await;
    let names: Vec<_> =
        matrix.places.iter().map(|place| (place.name.as_str(), place.what.as_str())).collect();
    assert_eq!(names, [("Call", "Round robin"), ("Panel", "Collective"), ("Sales", "Pipeline")]);
    assert!(matrix.people.rows.iter().all(|row| row.cells.iter().all(|cell| *cell == MatrixCell::EMPTY)));

    let ticked = [key(call, uma), key(call, max), key(panel, uma), key(sales, max)];
    assert_eq!(change(&world, olive, &[], &ticked).await.unwrap(), 4);
    assert_eq!(why(&world, call, uma).await.unwrap(), "by hand");
    assert_eq!(why(&world, sales, max).await.unwrap(), "by hand");
    assert_eq!(why(&world, sales, uma).await, None);
    assert_eq!(change(&world, olive, &[], &ticked).await.unwrap(), 0, "who is in already stays");

    let left = [key(call, uma), key(panel, uma)];
    assert_eq!(change(&world, olive, &ticked, &left).await.unwrap(), 2);
    assert_eq!(why(&world, call, max).await, None);
    assert_eq!(why(&world, sales, max).await, None);
    assert_eq!(why(&world, panel, uma).await.unwrap(), "by hand");
    let log = world.log(world.acme).await;
    assert!(log.iter().any(|told| told.contains("Max Tester")), "each is told: {log:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_a_rule_says_is_kept_out_by_hand_and_left_to_the_rule_again(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let Places { call, sales, .. } = Places::new(&world).await;
    let (Place::Calendar(calendar), Place::Pipeline(pipeline)) = (call, sales) else { panic!() };
    let closers = world.profile("Closers", HOST).await;
    world.give(uma, closers.id).await;
    calendars::set_rule(backend, olive, calendar, closers.id, Some(&weighing(30))).await.unwrap();
    pipelines::set_rule(backend, olive, pipeline, closers.id, true).await.unwrap();
    let by_rule = Membership::ByRule(ProfileName { id: closers.id, name: "Closers".into() });
    let both = [key(call, uma), key(sales, uma)];
    for place in [call, sales] {
        assert_eq!(cell(&shown(&world).await, place, uma.member_id).membership, by_rule);
    }
    assert_eq!(change(&world, olive, &both, &[]).await.unwrap(), 2);
    for place in [call, sales] {
        assert_eq!(why(&world, place, uma).await.unwrap(), "kept out");
    }
    assert_eq!(change(&world, olive, &[], &both).await.unwrap(), 2);
    for place in [call, sales] {
        let again = cell(&shown(&world).await, place, uma.member_id).membership.clone();
        assert_eq!(again, by_rule, "not by hand: the rule says so");
    }
}

/// Two people have the page open.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_somebody_else_changed_meanwhile_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma, max) = (&world.backend, &world.olive().access, world.uma(), world.max());
    let Places { call, sales, .. } = Places::new(&world).await;
    let Place::Calendar(calendar) = call else { panic!() };
    let by_hand = MembershipChoice::In;
    calendars::set_member(backend, olive, calendar, max.member_id, by_hand, &weighing(7)).await.unwrap();
    // Shown before Max was let in, and ticked for the same.
    let ticked = [key(call, max), key(sales, uma)];
    assert_eq!(change(&world, olive, &[], &ticked).await.unwrap(), 1);
    let hosts = world.settings(calendar).await.members.rows;
    let host = hosts.iter().find(|host| host.member == max.member_id).unwrap();
    assert_eq!(host.terms.unwrap().weight, 7, "not made anew");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn all_or_nobody_and_nobody_of_another_account(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma, otto) = (&world.backend, &world.olive().access, world.uma(), world.otto());
    let Places { call, sales, .. } = Places::new(&world).await;
    let own = world.calendar(CalendarKind::Personal, "Olive").await.id;
    let wrong = [
        (key(call, otto), Refusal::NotFound),
        (key(Place::Calendar(domain::CalendarId::default()), uma), Refusal::NotFound),
        (key(Place::Pipeline(domain::PipelineId::default()), uma), Refusal::NotFound),
        (key(Place::Calendar(own), uma), Refusal::OneHost),
    ];
    for (wrong, expected) in wrong {
        let refused = change(&world, olive, &[], &[key(sales, uma), wrong]).await;
        assert_eq!(refusal(refused), expected);
        assert_eq!(why(&world, sales, uma).await, None, "nothing is half done");
    }
    let typed = change(&world, olive, &[], &["kitchen".into()]).await;
    assert!(refusal(typed).problem("ticked").is_some());
    let of_theirs = change(&world, &otto.access, &[], &[key(call, otto)]).await;
    assert_eq!(refusal(of_theirs), Refusal::NotFound);
    let theirs = matrix::show(backend, &otto.access, &MatrixFilter::default()).await.unwrap();
    assert_eq!(theirs.places_total, 0, "another account has places of its own");
}

/// Each sees and changes the columns that they may.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_see_the_people_of_calendars_alone_sees_no_pipelines(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, uma, max) = (&world.backend, world.uma(), world.max());
    let Places { call, panel, sales } = Places::new(&world).await;
    let refused = matrix::show(backend, &uma.access, &MatrixFilter::default()).await.map(|_| ());
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::CalendarsManageRoundRobin));
    assert_eq!(
        refusal(change(&world, &uma.access, &[], &[]).await),
        Refusal::PermissionMissing(P::CalendarsManageRoundRobin)
    );
    let robins = Role::User.permissions().with(P::CalendarsManageRoundRobin);
    let profile = world.profile("Robins", robins).await;
    world.give(uma, profile.id).await;
    let uma = world.access_again(uma).await.unwrap();
    let seen = shown_to(&world, &uma, &MatrixFilter::default()).await;
    assert_eq!(seen.places.iter().map(|place| place.place).collect::<Vec<_>>(), [call, panel]);
    assert_eq!(change(&world, &uma, &[], &[key(call, max)]).await.unwrap(), 1);
    let missing = |permission| Refusal::PermissionMissing(permission);
    let collective = change(&world, &uma, &[], &[key(panel, max)]).await;
    assert_eq!(refusal(collective), missing(P::CalendarsManage));
    let pipeline = change(&world, &uma, &[], &[key(sales, max)]).await;
    assert_eq!(refusal(pipeline), missing(P::OpportunitiesManagePipelines));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_part_is_found_by_name_kind_and_page(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    for number in 1..=PLACES_PER_PAGE {
        world.calendar(CalendarKind::RoundRobin, &format!("Call {number}")).await;
    }
    world.pipeline("Sales").await;
    let of = async |filter: MatrixFilter| shown_to(&world, olive, &filter).await;
    let first = of(MatrixFilter::default()).await;
    assert_eq!(
        (first.places.len(), first.places_pages(), first.places_total),
        (PLACES_PER_PAGE, 2, PLACES_PER_PAGE + 1)
    );
    let last = of(MatrixFilter { places_page: 99, people_page: 99, ..MatrixFilter::default() }).await;
    assert_eq!((last.places_page, last.places[0].name.as_str()), (2, "Sales"));
    assert_eq!((last.people.page, last.people.total), (1, first.people.total));
    let pipelines = of(MatrixFilter { kind: Some(PlaceKind::Pipeline), ..MatrixFilter::default() }).await;
    assert_eq!((pipelines.places_total, pipelines.places[0].name.as_str()), (1, "Sales"));
    let uma = of(MatrixFilter { search: "  uMa t".into(), ..MatrixFilter::default() }).await;
    assert_eq!(uma.people.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Uma Tester"]);
    let nobody = of(MatrixFilter { search: "%".into(), ..MatrixFilter::default() }).await;
    assert_eq!(nobody.people.total, 0);
}

/// The matrix holds both calendars before it comes to the log, as a booking does with its own.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn visitors_book_while_people_are_put_into_their_calendar_and_another(pool: PgPool) {
    let world = World::new(pool).await;
    let calendars = [
        world.calendar(CalendarKind::RoundRobin, "Call").await,
        world.calendar(CalendarKind::RoundRobin, "Demo").await,
    ];
    for calendar in &calendars {
        world.host(calendar, world.max(), 10).await;
    }
    let account = world.account_slug().await;
    let people = [world.uma(), world.olive()];
    let boxes: Vec<_> = calendars
        .iter()
        .flat_map(|calendar| people.map(|person| key(Place::Calendar(calendar.id), person)))
        .collect();
    for round in 0..12 {
        let starts_at = denver(world.day(round), "10:00");
        let (was, is) = if round % 2 == 0 { (&[][..], &boxes[..]) } else { (&boxes[..], &[][..]) };
        let booked = calendars.each_ref().map(|calendar| {
            let (backend, account, slug) = (&world.backend, &account, calendar.slug.to_string());
            let (client, form) =
                (client_at(usize::try_from(round).unwrap()), visitor(&format!("Visitor {round}"), starts_at));
            async move { booking::book(backend, &client, account, &slug, &form).await }
        });
        let [call, demo] = booked;
        let (changed, call, demo) = tokio::join!(change(&world, &world.olive().access, was, is), call, demo);
        assert_eq!(changed.unwrap(), boxes.len());
        for booked in [call, demo] {
            if let Err(error) = booked {
                assert_eq!(error.refusal(), Some(&Refusal::TimeTaken), "{error}");
            }
        }
    }
}
