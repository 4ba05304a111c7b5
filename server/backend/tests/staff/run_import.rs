use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::{
    calendars,
    jobs::{self, Job},
    staff::{self, RunImport},
};
use domain::{
    Permission as P, PermissionSet, Problem, Refusal, Role, StaffImportId,
    calendars::CalendarKind,
    staff::{EmployeeForm, IMPORT_MAX_LINES, ImportFilter, ImportProgress, NO_PLACE, StaffImport},
};
use sqlx::PgPool;

use super::places::{at, hosting};

use crate::support::{Person, World, refusal};

async fn upload(world: &World, by: &Person, text: &str) -> StaffImportId {
    staff::upload_import(&world.backend, &by.access, "team.csv", text.as_bytes()).await.unwrap()
}

async fn show(world: &World, id: StaffImportId) -> StaffImport {
    staff::import(&world.backend, &world.olive().access, id, &ImportFilter::default()).await.unwrap()
}

fn list(people: usize) -> String {
    let mut text = String::from("first name,last name,email,phone,role\n");
    for n in 0..people {
        text += &format!("Ann,No {n},ann{n}@example.com,+1 303 555 0100,user\n");
    }
    text
}

/// Invitations, the people invited, what the log says about them, and the letters on their way: all the same number.
async fn invited_once(world: &World, people: i64) {
    let counted = [
        world.count("select count(*) from invitation").await,
        world.count("select count(distinct email) from invitation where version = 1").await,
        world.count("select count(*) from activity where event ->> 'kind' = 'staff_invited'").await,
        world.count("select count(*) from job where name = 'send_letter'").await,
        world.count("select count(*) from staff_import_row where outcome = 'invited'").await,
    ];
    assert_eq!(counted, [people; 5]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_was_shown_is_done_and_each_is_invited_by_mail(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let text = "first name,last name,email,phone,role\n\
                Ann,Archer,ann@example.com,(303) 555-0100,\n\
                Max,,max@example.com,,\n\
                Bo,,bo@example.com,,Admin\n\
                Bad,,bad,,\n";
    let id = upload(&world, olive, text).await;
    for _ in 0..2 {
        staff::start_import(&world.backend, &olive.access, id, &[]).await.unwrap();
    }
    assert_eq!(world.count("select count(*) from job").await, 1, "started twice, queued once");
    assert_eq!(show(&world, id).await.progress, ImportProgress::Running { done: 0, of: 2 });

    let mails = world.mails().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["ann@example.com", "bo@example.com"]);
    let after = show(&world, id).await;
    assert_eq!(after.progress, ImportProgress::Finished { invited: 2, not_invited: 2 });
    let outcomes: Vec<_> = after.rows.rows.iter().map(|row| row.outcome.clone()).collect();
    assert_eq!(outcomes, [Some(Ok(())), None, Some(Ok(())), None]);
    assert_eq!(
        world.log(world.acme).await,
        [
            "Olive Tester invited Ann Archer (ann@example.com) as User",
            "Olive Tester invited Bo (bo@example.com) as Admin",
            "Olive Tester imported “team.csv”: 2 invited, 2 not",
        ]
    );
    let stored: (String, String) =
        sqlx::query_as("select phone, role from invitation where email = 'ann@example.com'")
            .fetch_one(&world.root)
            .await
            .unwrap();
    assert_eq!(stored, ("+13035550100".into(), "user".into()));

    staff::start_import(&world.backend, &olive.access, id, &[]).await.unwrap();
    assert_eq!(jobs::run_due(&world.backend).await.unwrap(), 0, "a finished import is not run again");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn when_the_world_has_changed_since_the_dry_run_it_is_reported_not_doubled(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let text = "first name,email,phone\nJoe,joe@example.com,\nPia,pia@example.com,\nAnn,ann@example.com,(303) 555-0100\n";
    let id = upload(&world, olive, text).await;
    staff::start_import(&world.backend, &olive.access, id, &[]).await.unwrap();
    world.person("joe@example.com", world.acme, Role::User).await;
    let pia = EmployeeForm {
        first_name: "Pia".into(),
        email: "pia@example.com".into(),
        role: "user".into(),
        ..EmployeeForm::default()
    };
    staff::invite(&world.backend, &olive.access, &pia).await.unwrap();
    // In another country "(303) 555-0100" would be somebody else's number.
    sqlx::query("update account set country = 'DE'").execute(&world.root).await.unwrap();

    world.mails().await;
    let after = show(&world, id).await;
    assert_eq!(after.progress, ImportProgress::Finished { invited: 1, not_invited: 2 });
    let said: Vec<String> = after.rows.rows.iter().map(|row| row.sentence()).collect();
    assert_eq!(
        said,
        [
            "Not invited: has joined the account meanwhile.",
            "Not invited: was invited by somebody else meanwhile.",
            "Invited."
        ]
    );
    assert_eq!(world.count("select count(*) from invitation where email = 'joe@example.com'").await, 0);
    assert_eq!(
        world.count("select version::bigint from invitation where email = 'pia@example.com'").await,
        1
    );
    let phones = "select count(*) from invitation where email = 'ann@example.com' and phone = '+13035550100'";
    assert_eq!(world.count(phones).await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn killed_anywhere_and_run_again_everybody_is_invited_once(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let id = upload(&world, olive, &list(300)).await;
    staff::start_import(&world.backend, &olive.access, id, &[]).await.unwrap();
    let job = RunImport { account: world.acme, import: id };
    let (mut killed, mut halfway) = (0, 0);
    for millis in (1..400).step_by(7) {
        if tokio::time::timeout(Duration::from_millis(millis), job.run(&world.backend)).await.is_ok() {
            break;
        }
        killed += 1;
        if let ImportProgress::Running { done, of } = show(&world, id).await.progress {
            halfway += u32::from(done > 0 && done < of);
        }
    }
    job.run(&world.backend).await.unwrap();
    println!("killed {killed} times, {halfway} of them with some people invited and some not");
    assert!(halfway > 0, "no kill hit the middle");
    invited_once(&world, 300).await;
    assert_eq!(show(&world, id).await.progress, ImportProgress::Finished { invited: 300, not_invited: 0 });
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn run_by_several_workers_at_once_everybody_is_invited_once(pool: PgPool) {
    let world = World::new(pool).await;
    let id = upload(&world, world.olive(), &list(200)).await;
    let mut starts = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (backend, access) = (world.backend.clone(), world.olive().access.clone());
        starts.spawn(async move { staff::start_import(&backend, &access, id, &[]).await });
    }
    assert!(starts.join_all().await.into_iter().all(|started| started.is_ok()));
    assert_eq!(world.count("select count(*) from job where name = 'run_import'").await, 1);
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (backend, account) = (world.backend.clone(), world.acme);
        workers.spawn(async move { RunImport { account, import: id }.run(&backend).await });
    }
    assert!(workers.join_all().await.into_iter().all(|run| run.is_ok()));
    invited_once(&world, 200).await;
    assert_eq!(
        world.count("select count(*) from activity where event ->> 'kind' = 'staff_imported'").await,
        1
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn rights_lost_since_the_start_are_not_used(pool: PgPool) {
    let world = World::new(pool).await;
    for (how, why) in [
        ("role = 'user'", "may not invite this person any more"),
        ("state = 'removed'", "is not active any more"),
    ] {
        let email = format!("ada-{}@example.com", how.len());
        let ada = world.person(&email, world.acme, Role::Admin).await;
        let id = upload(&world, &ada, "first name,email,role\nAnn,ann@example.com,admin\n").await;
        staff::start_import(&world.backend, &ada.access, id, &[]).await.unwrap();
        let demote = format!("update member set {how} where id = $1");
        sqlx::query(sqlx::AssertSqlSafe(demote)).bind(ada.member_id.0).execute(&world.root).await.unwrap();
        assert!(world.mails().await.is_empty());
        let row = show(&world, id).await.rows.rows.remove(0);
        assert!(row.sentence().contains(why), "{}", row.sentence());
        assert_eq!(show(&world, id).await.progress, ImportProgress::Finished { invited: 0, not_invited: 1 });
    }
    assert_eq!(world.count("select count(*) from invitation").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn inviting_admins_asks_for_a_fresh_proof(pool: PgPool) {
    let world = World::new(pool).await;
    let admins = upload(&world, world.olive(), "first name,email,role\nAnn,ann@example.com,admin\n").await;
    let users = upload(&world, world.olive(), "first name,email\nAnn,ann@example.com\n").await;
    world.advance(chrono::Duration::minutes(16));
    let stale = world.access_again(world.olive()).await.unwrap();
    let refused = staff::start_import(&world.backend, &stale, admins, &[]).await;
    assert_eq!(refusal(refused), Refusal::FreshProofNeeded);
    staff::start_import(&world.backend, &stale, users, &[]).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_import_that_fails_for_good_says_so(pool: PgPool) {
    let world = World::new(pool).await;
    let id = upload(&world, world.olive(), &list(30)).await;
    staff::start_import(&world.backend, &world.olive().access, id, &[]).await.unwrap();
    RunImport { account: world.acme, import: id }.give_up(&world.backend, "broken").await.unwrap();
    let after = show(&world, id).await;
    assert_eq!(after.progress, ImportProgress::Finished { invited: 0, not_invited: 30 });
    assert!(after.rows.rows[0].sentence().contains("Please import these lines again"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_longest_list(pool: PgPool) {
    let mut world = World::new(pool).await;
    Arc::make_mut(&mut world.backend.installation).invitations_per_day = 5_000;
    let text = list(IMPORT_MAX_LINES);
    let started = Instant::now();
    let id = upload(&world, world.olive(), &text).await;
    let uploaded = started.elapsed();
    staff::start_import(&world.backend, &world.olive().access, id, &[]).await.unwrap();
    let started = Instant::now();
    RunImport { account: world.acme, import: id }.run(&world.backend).await.unwrap();
    println!(
        "{IMPORT_MAX_LINES} lines: dry run {} ms, invitations {} ms",
        uploaded.as_millis(),
        started.elapsed().as_millis()
    );
    assert_eq!(show(&world, id).await.progress, ImportProgress::Finished { invited: 5_000, not_invited: 0 });
    assert!(uploaded < Duration::from_secs(20), "the dry run answers within a request");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn one_answer_puts_everybody_of_the_list_where_they_will_be(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await.id;
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    let id = upload(&world, world.olive(), &list(30)).await;
    let problem = async |places: &[String]| {
        let refused = refusal(staff::start_import(backend, olive, id, places).await);
        refused.problem("places").cloned().unwrap()
    };
    assert_eq!(problem(&[]).await, Problem::PlacesUnanswered);
    assert_eq!(problem(&[hosting(Default::default())]).await, Problem::InvalidChoice);
    assert_eq!(show(&world, id).await.progress, ImportProgress::Checked);

    staff::start_import(backend, olive, id, &[hosting(call), at(sales)]).await.unwrap();
    staff::start_import(backend, olive, id, &[NO_PLACE.to_owned()]).await.unwrap();
    let names = ["Sales".to_owned(), "Discovery Call".to_owned()];
    assert_eq!(show(&world, id).await.places.unwrap(), names, "the first answer counts");
    RunImport { account: world.acme, import: id }.run(backend).await.unwrap();
    for table in [
        "select count(*) from invitation_calendar",
        "select count(*) from invitation_pipeline",
        "select count(*) from invitation where calendars_answered and places_answered_by is not null",
        "select count(*) from activity where event -> 'places' = '[\"Sales\", \"Discovery Call\"]'",
    ] {
        assert_eq!(world.count(table).await, 30, "{table}");
    }
    let file = staff::import_result(backend, olive, id).await.unwrap();
    let told = "\"Invited. Once they join, they are in Sales and Discovery Call.\"\n";
    assert_eq!(String::from_utf8(file).unwrap().matches(told).count(), 30);
    let set = Role::User.permissions().with(P::SettingsInviteStaff);
    let max = world.holding(world.max(), set).await;
    let seen = staff::import(backend, &max, id, &ImportFilter::default()).await.unwrap();
    assert_eq!(seen.places, None, "places that Max does not manage are not there for him");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_gone_when_the_list_is_run_keeps_nobody_from_being_invited(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let sales = world.pipeline("Sales").await.id;
    let gone = world.calendar(CalendarKind::RoundRobin, "Gone by then").await.id;
    let id = upload(&world, world.olive(), &list(2)).await;
    staff::start_import(backend, olive, id, &[at(sales), hosting(gone)]).await.unwrap();
    calendars::delete(backend, olive, gone).await.unwrap();
    RunImport { account: world.acme, import: id }.run(backend).await.unwrap();
    let after = show(&world, id).await;
    assert_eq!(after.progress, ImportProgress::Finished { invited: 2, not_invited: 0 });
    assert_eq!(after.places.unwrap(), ["Sales"]);
    assert_eq!(world.count("select count(*) from invitation_pipeline").await, 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_started_a_list_and_manages_nothing_any_more_puts_nobody_anywhere(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await.id;
    let set = Role::User.permissions().with(P::SettingsInviteStaff).with(P::CalendarsManageRoundRobin);
    let profile = world.profile("Leads", set).await.id;
    let access = world.give(world.uma(), profile).await;
    let uma = Person { access: access.clone(), ..world.uma().clone() };
    let sales = world.pipeline("Sales").await.id;
    let id = upload(&world, &uma, &list(2)).await;
    let refused = staff::start_import(&world.backend, &access, id, &[at(sales)]).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::OpportunitiesManagePipelines));
    staff::start_import(&world.backend, &access, id, &[hosting(call)]).await.unwrap();
    world.arrange_profile(profile, set.without(PermissionSet::of(&[P::CalendarsManageRoundRobin]))).await;
    RunImport { account: world.acme, import: id }.run(&world.backend).await.unwrap();
    assert_eq!(show(&world, id).await.progress, ImportProgress::Finished { invited: 2, not_invited: 0 });
    assert_eq!(world.count("select count(*) from invitation_calendar").await, 0);
    assert_eq!(world.count("select count(*) from invitation where calendars_answered").await, 0);
}
