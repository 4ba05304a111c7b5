use backend::{
    permissions,
    staff::{ReviewPage, decide, finish_review, review, review_file, reviews, start_review},
};
use chrono::Duration;
use domain::{
    AccessReviewId, Permission, PermissionSet, Refusal, ReviewLineId, Role,
    permissions::{ElevationTime, KeptBy},
    staff::{MemberState, ReviewFilter, ReviewLine, ReviewState, StaffId, Verdict},
};
use sqlx::PgPool;

use crate::support::{World, refusal};

async fn begun(world: &World) -> AccessReviewId {
    start_review(&world.backend, &world.olive().access).await.unwrap()
}

async fn shown(world: &World, id: AccessReviewId) -> ReviewPage {
    let filter = ReviewFilter { page: 1, ..ReviewFilter::default() };
    review(&world.backend, &world.olive_now().await, id, &filter).await.unwrap()
}

async fn line(world: &World, id: AccessReviewId, name: &str) -> ReviewLine {
    shown(world, id).await.lines.rows.into_iter().find(|line| line.name == name).expect(name)
}

async fn says(world: &World, id: AccessReviewId, name: &str, verdict: Verdict) -> backend::Result<()> {
    let line = line(world, id, name).await.id;
    decide(&world.backend, &world.olive_now().await, id, line, verdict, " Seen ").await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn everybody_with_access_or_an_invitation_gets_a_verdict(pool: PgPool) {
    let world = World::new(pool).await;
    world.invite_nora().await;
    let id = begun(&world).await;
    assert_eq!(begun(&world).await, id, "one at a time");
    let page = shown(&world, id).await;
    let names: Vec<_> = page.lines.rows.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["Max Tester", "Nora Newcomer", "Olive Tester", "Uma Tester"]);
    assert_eq!((page.review.total, page.review.open()), (4, 4));
    says(&world, id, "Olive Tester", Verdict::Keep).await.unwrap();
    says(&world, id, "Max Tester", Verdict::Change).await.unwrap();
    let unfinished = finish_review(&world.backend, &world.olive().access, id).await;
    assert_eq!(refusal(unfinished), Refusal::ReviewUnfinished { open: 2 });
    says(&world, id, "Nora Newcomer", Verdict::End).await.unwrap();
    says(&world, id, "Uma Tester", Verdict::End).await.unwrap();
    says(&world, id, "Uma Tester", Verdict::End).await.unwrap();
    let uma =
        backend::staff::member(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    assert_eq!(uma.state, MemberState::Deactivated);
    assert!(world.access_again(world.uma()).await.is_none(), "she is out at once");
    for _ in 0..2 {
        finish_review(&world.backend, &world.olive().access, id).await.unwrap();
    }
    let again = says(&world, id, "Max Tester", Verdict::Keep).await;
    assert_eq!(refusal(again), Refusal::ChangedMeanwhile, "it is closed");
    let log = world.log(world.acme).await;
    let told: Vec<_> = log.iter().filter(|line| !line.contains("invited")).map(String::as_str).collect();
    let expected = [
        "Olive Tester started an access review of 4 people",
        "Olive Tester reviewed the access of Olive Tester: keep (Seen)",
        "Olive Tester reviewed the access of Max Tester: change (Seen)",
        "Olive Tester revoked the invitation of Nora Newcomer (nora@example.com)",
        "Olive Tester reviewed the access of Nora Newcomer: end (Seen)",
        "Olive Tester deactivated Uma Tester",
        "Olive Tester reviewed the access of Uma Tester: end (Seen)",
        "Olive Tester finished the access review of 4 people",
    ];
    assert_eq!(told, expected);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_comes_later_is_left_to_the_next_and_who_goes_needs_no_verdict(pool: PgPool) {
    let world = World::new(pool).await;
    let id = begun(&world).await;
    world.person("late@example.com", world.acme, Role::User).await;
    backend::staff::deactivate(&world.backend, &world.olive().access, world.max().member_id).await.unwrap();
    let page = shown(&world, id).await;
    assert_eq!((page.review.total, page.review.gone, page.review.open()), (3, 1, 2));
    assert_eq!(line(&world, id, "Max Tester").await.state, ReviewState::Gone);
    assert_eq!(refusal(says(&world, id, "Max Tester", Verdict::Keep).await), Refusal::AccessGone);
    says(&world, id, "Olive Tester", Verdict::Keep).await.unwrap();
    says(&world, id, "Uma Tester", Verdict::Keep).await.unwrap();
    finish_review(&world.backend, &world.olive().access, id).await.unwrap();
    let next = begun(&world).await;
    assert_eq!(shown(&world, next).await.review.total, 3, "Late instead of Max");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_verdict_keeps_what_they_had_and_may_be_another_while_it_runs(pool: PgPool) {
    let world = World::new(pool).await;
    let team = PermissionSet::of(&[Permission::ContactsView]);
    let team = world.profile("Team", team).await;
    world.give(world.uma(), team.id).await;
    let id = begun(&world).await;
    says(&world, id, "Uma Tester", Verdict::Change).await.unwrap();
    permissions::unassign(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    let uma = line(&world, id, "Uma Tester").await;
    assert_eq!((uma.profile.as_str(), uma.permissions), ("Team", team.permissions));
    says(&world, id, "Uma Tester", Verdict::Keep).await.unwrap();
    let uma = line(&world, id, "Uma Tester").await;
    assert!(
        matches!(uma.state, ReviewState::Decided(made) if made.verdict == Verdict::Keep && made.note == "Seen")
    );
    let file = review_file(&world.backend, &world.olive().access, id).await.unwrap();
    let file = String::from_utf8(file).unwrap();
    assert!(file.lines().any(|line| line.starts_with("Uma Tester,uma@example.com,User,")), "{file}");
    assert!(file.contains("Kept,Seen,Olive Tester,") && file.contains("Not decided yet"), "{file}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn each_person_comes_with_what_they_do_not_use(pool: PgPool) {
    let world = World::new(pool).await;
    world.uses(world.olive(), Permission::SettingsViewStaff).await;
    world.advance(Duration::days(31));
    world.uses(world.uma(), Permission::DashboardView).await;
    let olive = world.olive_now().await;
    let id = start_review(&world.backend, &olive).await.unwrap();
    let told = |line: &ReviewLine| line.unused.iter().map(|unused| unused.permission).collect::<Vec<_>>();
    let uma = line(&world, id, "Uma Tester").await;
    let unused = [
        Permission::OpportunitiesCreate,
        Permission::OpportunitiesEdit,
        Permission::OpportunitiesMoveStage,
        Permission::CalendarsBook,
        Permission::CalendarsBlockTime,
        Permission::SettingsViewStaff,
    ];
    assert_eq!(told(&uma), unused);
    assert!(uma.given_since.is_some());
    let whose = KeptBy::Member(world.uma().member_id);
    permissions::keep_permission(&world.backend, &olive, whose, Permission::SettingsViewStaff, "New")
        .await
        .unwrap();
    let uma = line(&world, id, "Uma Tester").await;
    assert_eq!((told(&uma), uma.kept.len()), (unused[..5].to_vec(), 1));
    let log = world.log(world.acme).await;
    assert!(log.last().unwrap().ends_with("keeps “View staff” of Uma Tester although it is not used: New"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_ends_by_itself_is_told_with_its_end(pool: PgPool) {
    let world = World::new(pool).await;
    let publish = Permission::SitesPublish;
    world.elevates(world.uma(), publish, ElevationTime::Day).await;
    sqlx::query("update member set last_day = '2099-12-31' where id = $1")
        .bind(world.max().member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let id = begun(&world).await;
    let uma = line(&world, id, "Uma Tester").await;
    let given = world.requests().await.running[0].given.clone().unwrap();
    assert_eq!(uma.elevated, [(publish, Some(given.at + Duration::days(1)))]);
    assert_eq!(uma.last_day, None);
    let max = line(&world, id, "Max Tester").await;
    assert_eq!((max.elevated.len(), max.last_day.map(|day| day.words())), (0, Some("31 Dec 2099".into())));
    let file = review_file(&world.backend, &world.olive().access, id).await.unwrap();
    let file = String::from_utf8(file).unwrap();
    assert!(file.contains("given beside it,last day"), "{file}");
    assert!(file.contains(publish.label()) && file.contains("31 Dec 2099"), "{file}");
    world.advance(Duration::days(2));
    assert_eq!(line(&world, id, "Uma Tester").await.elevated, [], "it has ended");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn people_are_found_and_the_decided_step_aside(pool: PgPool) {
    let world = World::new(pool).await;
    let id = begun(&world).await;
    says(&world, id, "Max Tester", Verdict::Keep).await.unwrap();
    let names = async |search: &str, open_only| {
        let filter = ReviewFilter { search: search.into(), open_only, page: 9 };
        let page = review(&world.backend, &world.olive().access, id, &filter).await.unwrap();
        page.lines.rows.into_iter().map(|line| line.name).collect::<Vec<_>>()
    };
    assert_eq!(names("", true).await, ["Olive Tester", "Uma Tester"]);
    assert_eq!(names("MAX@", false).await, ["Max Tester"]);
    assert_eq!(names("max", true).await, Vec::<String>::new());
    assert_eq!(names("100%", false).await, Vec::<String>::new());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn it_is_due_a_quarter_after_the_last(pool: PgPool) {
    let world = World::new(pool).await;
    let need = async || {
        let overview = backend::account::overview(&world.backend, &world.olive_now().await).await.unwrap();
        overview
            .review
            .map(|need| format!("{need:?}").split([' ', '{']).next().unwrap_or_default().to_owned())
    };
    assert_eq!(need().await, None, "a new account has just decided on everybody");
    world.advance(Duration::days(93));
    assert_eq!(need().await.as_deref(), Some("Due"));
    let olive = world.olive_now().await;
    let id = start_review(&world.backend, &olive).await.unwrap();
    assert_eq!(need().await.as_deref(), Some("Running"));
    for name in ["Max Tester", "Olive Tester", "Uma Tester"] {
        says(&world, id, name, Verdict::Keep).await.unwrap();
    }
    finish_review(&world.backend, &olive, id).await.unwrap();
    assert_eq!(need().await, None);
    let listed = reviews(&world.backend, &olive).await.unwrap();
    assert_eq!((listed.past.len(), listed.running), (1, None));
    let of_uma = backend::account::overview(&world.backend, &world.uma().access).await.unwrap();
    assert_eq!(of_uma.review, None, "only an Admin hears of it");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_admins_review_and_only_their_own_account(pool: PgPool) {
    let world = World::new(pool).await;
    let id = begun(&world).await;
    let max = world.max_manages().await;
    let uma = line(&world, id, "Uma Tester").await;
    assert_eq!(uma.who, StaffId::Member(world.uma().member_id));
    let (backend, filter) = (&world.backend, ReviewFilter::default());
    let missing = Refusal::PermissionMissing(Permission::ReviewAccess);
    for (access, refused) in [(&max, missing), (&world.otto().access, Refusal::NotFound)] {
        assert_eq!(refusal(review(backend, access, id, &filter).await), refused);
        assert_eq!(refusal(decide(backend, access, id, uma.id, Verdict::Keep, "").await), refused);
        assert_eq!(refusal(finish_review(backend, access, id).await), refused);
        assert_eq!(refusal(review_file(backend, access, id).await), refused);
    }
    assert!(start_review(backend, &max).await.is_err() && reviews(backend, &max).await.is_err());
    let nobody = ReviewLineId(uuid::Uuid::nil());
    let unknown = decide(backend, &world.olive().access, id, nobody, Verdict::Keep, "").await;
    assert_eq!(refusal(unknown), Refusal::NotFound);
    let myself = line(&world, id, "Olive Tester").await.id;
    let ended = decide(backend, &world.olive().access, id, myself, Verdict::End, "").await;
    assert_eq!(refusal(ended), Refusal::NotToYourself);
    assert_eq!(line(&world, id, "Olive Tester").await.state, ReviewState::Open, "nothing of it stays");
}

/// The page of a large account asks as often as that of a small one, and waits for nothing but one sort.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn ten_thousand_people_are_gone_through_page_by_page(pool: PgPool) {
    let world = World::new(pool).await;
    sqlx::raw_sql(
        "with made as (
             insert into login (id, email, first_name, last_name, password_hash, created_at)
             select gen_random_uuid(), 'many' || n || '@example.com', 'Many', 'No ' || n, 'x', now() - interval '1 year'
             from generate_series(1, 10000) n returning id, first_name, last_name, created_at)
         insert into member (account_id, id, login_id, first_name, last_name, role, joined_at)
         select (select id from account where name = 'Acme'), gen_random_uuid(), id, first_name, last_name, 'user', created_at
         from made;
         insert into permission_use select account_id, id, 'settings.view_staff', current_date - n
         from member cross join generate_series(100, 119) n where first_name = 'Many';
         analyze",
    )
    .execute(&world.root)
    .await
    .unwrap();
    let started = std::time::Instant::now();
    let id = begun(&world).await;
    let began = started.elapsed();
    let filter = ReviewFilter { page: 150, open_only: true, ..ReviewFilter::default() };
    let started = std::time::Instant::now();
    let page = review(&world.backend, &world.olive().access, id, &filter).await.unwrap();
    let shown = started.elapsed();
    assert_eq!((page.lines.rows.len(), page.lines.total), (50, 10_003));
    assert!(page.lines.rows.iter().all(|line| line.unused.len() == 7), "{:?}", page.lines.rows[0]);
    println!("10,003 people: begun in {began:?}, a page of 50 with their uses in {shown:?}");
    assert!(began.as_secs() < 5 && shown.as_secs() < 2, "{began:?} {shown:?}");
}
