use backend::{
    activity::{self, WriteExport, export_file, exports, request_export},
    jobs::{Job, run_due},
    permissions,
};
use chrono::Duration;
use domain::{
    ActivityExportId, Permission, PermissionSet, Refusal,
    activity::{ActivityFilter, Area, Change, Event},
};
use sqlx::PgPool;

use super::record;
use crate::support::{World, refusal};

async fn lines(world: &World, id: ActivityExportId) -> Vec<String> {
    let file = export_file(&world.backend, &world.olive().access, id).await.unwrap();
    let text = String::from_utf8(file).unwrap();
    text.strip_prefix('\u{feff}').expect("a byte order mark").lines().map(ToOwned::to_owned).collect()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_gets_a_file_of_what_was_there_when_they_asked(pool: PgPool) {
    let world = World::new(pool).await;
    record(&world.backend, &world.max().access, &Event::PasswordChanged).await;
    record(&world.backend, &world.otto().access, &Event::SignedOut).await;
    let id = request_export(&world.backend, &world.olive().access, &ActivityFilter::default()).await.unwrap();
    let waiting = exports(&world.backend, &world.olive().access).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].id, waiting[0].ready_rows), (1, id, None));
    assert_eq!(refusal(export_file(&world.backend, &world.olive().access, id).await), Refusal::NotFound);
    record(&world.backend, &world.max().access, &Event::SignedOut).await;
    assert_eq!(run_due(&world.backend).await.unwrap(), 1);
    assert_eq!(exports(&world.backend, &world.olive().access).await.unwrap()[0].ready_rows, Some(1));
    let lines = lines(&world, id).await;
    assert_eq!(lines[0], "Number,Time (UTC),Time (America/Denver),Person,Area,What happened");
    assert!(
        lines[1].starts_with("1,") && lines[1].ends_with(",Max Tester,Signing in,changed their password")
    );
    assert_eq!(lines.len(), 2);
    let log = world.log(world.acme).await;
    assert!(log.contains(&"Olive Tester exported 1 rows of activity".to_owned()), "{log:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_file_holds_what_the_filter_finds(pool: PgPool) {
    let world = World::new(pool).await;
    record(&world.backend, &world.max().access, &Event::PasswordChanged).await;
    let deactivated = Event::StaffDeactivated { member: world.max().member_id, name: "Max Tester".into() };
    record(&world.backend, &world.olive().access, &deactivated).await;
    let member = Some(world.max().member_id);
    let filter = ActivityFilter { member, area: Some(Area::Staff), ..ActivityFilter::default() };
    let id = request_export(&world.backend, &world.olive().access, &filter).await.unwrap();
    run_due(&world.backend).await.unwrap();
    let lines = lines(&world, id).await;
    assert_eq!(lines.len(), 2);
    assert!(lines[1].ends_with("deactivated Max Tester"), "{lines:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn cells_that_would_be_formulas_are_text(pool: PgPool) {
    let world = World::new(pool).await;
    sqlx::query("update member set first_name = '=HYPERLINK(\"http://evil\")' where id = $1")
        .bind(world.max().member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let max = world.access_again(world.max()).await.unwrap();
    let changes = vec![Change { what: "phone".into(), from: "\"\n=1".into(), to: "+1".into() }];
    record(&world.backend, &max, &Event::OwnProfileChanged { changes }).await;
    let id = request_export(&world.backend, &world.olive().access, &ActivityFilter::default()).await.unwrap();
    run_due(&world.backend).await.unwrap();
    let file = export_file(&world.backend, &world.olive().access, id).await.unwrap();
    let mut reader = csv::Reader::from_reader(&file[..]);
    let mut cells = 0;
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell}");
            cells += 1;
        }
    }
    assert_eq!(cells, 6, "a line break inside a cell stays inside it");
    assert!(String::from_utf8(file).unwrap().contains("'=HYPERLINK"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_job_that_runs_again_makes_the_same_file(pool: PgPool) {
    let world = World::new(pool).await;
    let mut tx = world.backend.db.tenant(world.acme).await.unwrap();
    for count in 0..2_100 {
        if count % 700 == 0 {
            activity::record(&mut tx, &world.max().access, world.now(), &Event::SignedOut).await.unwrap();
        }
        let event = Event::SessionsEnded { count };
        activity::record(&mut tx, &world.olive().access, world.now(), &event).await.unwrap();
    }
    tx.commit().await.unwrap();
    let filter = ActivityFilter { member: Some(world.olive().member_id), ..ActivityFilter::default() };
    let id = request_export(&world.backend, &world.olive().access, &filter).await.unwrap();
    let job = WriteExport { account: world.acme, export: id };
    job.run(&world.backend).await.unwrap();
    let first = export_file(&world.backend, &world.olive().access, id).await.unwrap();
    assert_eq!(first.iter().filter(|byte| **byte == b'\n').count(), 2_101);
    // Finished but not yet taken from the queue when the process died: the file is there, and stays as it is.
    run_due(&world.backend).await.unwrap();
    assert_eq!(export_file(&world.backend, &world.olive().access, id).await.unwrap(), first);
    // Died before the file was stored, and more has happened since: the same file again.
    sqlx::query("update activity_export set content = null, row_count = null")
        .execute(&world.root)
        .await
        .unwrap();
    record(&world.backend, &world.olive().access, &Event::SignedOut).await;
    job.run(&world.backend).await.unwrap();
    assert_eq!(export_file(&world.backend, &world.olive().access, id).await.unwrap(), first);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_else_gets_it(pool: PgPool) {
    let world = World::new(pool).await;
    let id = request_export(&world.backend, &world.olive().access, &ActivityFilter::default()).await.unwrap();
    run_due(&world.backend).await.unwrap();
    let missing = Refusal::PermissionMissing(Permission::SettingsExportActivity);
    let max = &world.max().access;
    assert_eq!(refusal(request_export(&world.backend, max, &ActivityFilter::default()).await), missing);
    assert_eq!(refusal(exports(&world.backend, max).await), missing);
    assert_eq!(refusal(export_file(&world.backend, max, id).await), missing);
    let otto = &world.otto().access;
    assert_eq!(refusal(export_file(&world.backend, otto, id).await), Refusal::NotFound);
    assert!(exports(&world.backend, otto).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn files_are_kept_for_seven_days(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let old = request_export(&world.backend, olive, &ActivityFilter::default()).await.unwrap();
    run_due(&world.backend).await.unwrap();
    world.advance(Duration::days(7) - Duration::minutes(1));
    assert!(export_file(&world.backend, olive, old).await.is_ok());
    world.advance(Duration::minutes(1));
    assert_eq!(refusal(export_file(&world.backend, olive, old).await), Refusal::NotFound);
    let new = request_export(&world.backend, olive, &ActivityFilter::default()).await.unwrap();
    let listed: Vec<_> =
        exports(&world.backend, olive).await.unwrap().iter().map(|export| export.id).collect();
    assert_eq!(listed, [new]);
    assert_eq!(world.count("select count(*) from activity_export").await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn to_take_the_log_away_needs_a_fresh_proof(pool: PgPool) {
    let world = World::new(pool).await;
    world.advance(Duration::minutes(16));
    let olive = world.access_again(world.olive()).await.unwrap();
    let refused = request_export(&world.backend, &olive, &ActivityFilter::default()).await;
    assert_eq!(refusal(refused), Refusal::FreshProofNeeded);
    assert_eq!(world.count("select count(*) from activity_export").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_file_is_not_finished_for_somebody_who_lost_the_right_to_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (max, olive) = (world.max(), &world.olive().access);
    let exporters = PermissionSet::of(&[
        Permission::SettingsView,
        Permission::SettingsViewActivity,
        Permission::SettingsExportActivity,
    ]);
    let profile = world.profile("Exporters", exporters).await;
    let access = world.give(max, profile.id).await;
    let id = request_export(&world.backend, &access, &ActivityFilter::default()).await.unwrap();
    permissions::unassign(&world.backend, olive, max.member_id).await.unwrap();
    run_due(&world.backend).await.unwrap();
    let state = exports(&world.backend, olive).await.unwrap().remove(0);
    assert_eq!((state.id, state.stopped, state.ready_rows), (id, true, None));
    assert_eq!(refusal(export_file(&world.backend, olive, id).await), Refusal::NotFound);

    // Given back, the file is asked for anew; the stopped one stays stopped.
    let access = world.give(max, profile.id).await;
    WriteExport { account: world.acme, export: id }.run(&world.backend).await.unwrap();
    assert!(exports(&world.backend, olive).await.unwrap()[0].stopped);
    let again = request_export(&world.backend, &access, &ActivityFilter::default()).await.unwrap();
    run_due(&world.backend).await.unwrap();
    assert!(export_file(&world.backend, &access, again).await.is_ok());
}
