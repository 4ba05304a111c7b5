use backend::staff;
use chrono::Duration;
use domain::{
    Permission, Refusal, Role, StaffImportId,
    staff::{EmployeeForm, ImportFilter, ImportProgress, ImportRow, ImportVerdict, StaffImport, VerdictKind},
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, refusal};

async fn upload(world: &World, text: &str) -> StaffImportId {
    let access = &world.olive().access;
    staff::upload_import(&world.backend, access, "team.csv", text.as_bytes()).await.unwrap()
}

async fn show(world: &World, id: StaffImportId) -> StaffImport {
    staff::import(&world.backend, &world.olive().access, id, &ImportFilter::default()).await.unwrap()
}

fn verdicts(rows: &[ImportRow]) -> Vec<(u32, VerdictKind)> {
    rows.iter().map(|row| (row.line, row.verdict.kind())).collect()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_dry_run_tells_what_would_happen_to_each_line_and_invites_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, backend) = (&world.olive().access, &world.backend);
    let pending = EmployeeForm {
        first_name: "Pia".into(),
        email: "pia@example.com".into(),
        role: "user".into(),
        ..EmployeeForm::default()
    };
    staff::invite(backend, olive, &pending).await.unwrap();
    staff::deactivate(backend, olive, world.max().member_id).await.unwrap();
    staff::remove(backend, olive, world.uma().member_id).await.unwrap();
    let text = "First name;Last name;E-mail;Phone;Role\n\
                Ann;New;ann@example.com;(303) 555-0100;\n\
                Olive;;OLIVE@example.com;;\n\
                Max;;max@example.com;;\n\
                Uma;;uma@example.com;;User\n\
                Pia;;pia@example.com;;\n\
                Bad;;bad@@example.com;;\n\
                Bo;;bo@example.com;12;\n\
                Ann;Again;Ann@Example.com ;;\n\
                Otto;;otto@example.com;;Admin\n\
                Who;;who@example.com;;Owner\n\
                ;;nameless@example.com;;\n\
                \"New\nline\";;line@example.com;;\n";
    let import = show(&world, upload(&world, text).await).await;
    use VerdictKind as V;
    assert_eq!(
        verdicts(&import.rows.rows),
        [
            (2, V::New),
            (3, V::AlreadyMember),
            (4, V::AlreadyMember),
            (5, V::New),
            (6, V::Pending),
            (7, V::Refused),
            (8, V::Refused),
            (9, V::Repeated),
            (10, V::New),
            (11, V::Refused),
            (12, V::Refused),
            (13, V::Refused),
        ]
    );
    assert_eq!(import.counts, [3, 2, 1, 1, 0, 5]);
    assert_eq!((import.progress, import.file_name.as_str()), (ImportProgress::Checked, "team.csv"));
    let rows = &import.rows.rows;
    assert_eq!(rows[0].employee.phone, "+13035550100", "shown as it will be used");
    assert_eq!(rows[7].verdict, ImportVerdict::Repeated { first_line: 2 });
    assert!(
        rows[5].sentence().starts_with("E-mail: This is not an e-mail address."),
        "{}",
        rows[5].sentence()
    );
    assert!(rows[6].sentence().starts_with("Phone: This is not a phone number."));
    assert!(rows[9].sentence().starts_with("Role: "));
    assert!(rows.iter().all(|row| row.outcome.is_none()));
    assert_eq!(world.count("select count(*) from invitation").await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_whose_invitation_has_expired_is_new(pool: PgPool) {
    let world = World::new(pool).await;
    let form = EmployeeForm {
        first_name: "Pia".into(),
        email: "pia@example.com".into(),
        role: "user".into(),
        ..EmployeeForm::default()
    };
    staff::invite(&world.backend, &world.olive().access, &form).await.unwrap();
    let text = "first name,email\nPia,pia@example.com\n";
    assert_eq!(show(&world, upload(&world, text).await).await.rows.rows[0].verdict, ImportVerdict::Pending);
    world.advance(Duration::days(7));
    assert_eq!(show(&world, upload(&world, text).await).await.rows.rows[0].verdict, ImportVerdict::New);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn lines_are_filtered_by_verdict_and_paged(pool: PgPool) {
    let world = World::new(pool).await;
    let mut text = String::from("first name,email\n");
    for n in 0..120 {
        text += &format!("Ann,{}\n", if n % 2 == 0 { format!("ann{n}@example.com") } else { "wrong".into() });
    }
    let id = upload(&world, &text).await;
    let page = async |verdict, page| {
        let filter = ImportFilter { verdict, page };
        staff::import(&world.backend, &world.olive().access, id, &filter).await.unwrap().rows
    };
    let all = page(None, 3).await;
    assert_eq!((all.total, all.rows.len(), all.rows[0].line), (120, 20, 102));
    let refused = page(Some(VerdictKind::Refused), 2).await;
    assert_eq!((refused.total, refused.rows.len(), refused.rows[0].line), (60, 10, 103));
    assert!(refused.rows.iter().all(|row| row.verdict.kind() == VerdictKind::Refused));
    let none = page(Some(VerdictKind::Pending), 1).await;
    assert_eq!((none.total, none.rows.len()), (0, 0));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_file_that_cannot_be_read_says_why_and_keeps_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let latin_1 = b"first name,email\nAnn,ann@example.com\nJos\xe9,jose@example.com\n";
    let files: [&[u8]; 4] = [latin_1, b"", b"name,address\n", b"PK\x03\x04"];
    for bytes in files {
        let answer = staff::upload_import(&world.backend, &world.olive().access, "x.csv", bytes).await;
        let refused = refusal(answer);
        assert!(matches!(refused, Refusal::UnreadableFile(_)), "{refused}");
        println!("{refused}");
    }
    assert_eq!(world.count("select count(*) from staff_import").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_neither_uploads_nor_sees_nor_starts_an_import(pool: PgPool) {
    let world = World::new(pool).await;
    let id = upload(&world, "first name,email\nAnn,ann@example.com\n").await;
    let (backend, max) = (&world.backend, &world.max().access);
    let missing = Refusal::PermissionMissing(Permission::SettingsInviteStaff);
    assert_eq!(refusal(staff::upload_import(backend, max, "x.csv", b"x").await), missing);
    assert_eq!(refusal(staff::import(backend, max, id, &ImportFilter::default()).await), missing);
    assert_eq!(refusal(staff::start_import(backend, max, id, &[]).await), missing);
    assert_eq!(refusal(staff::import_result(backend, max, id).await), missing);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_import_of_another_account_is_like_none(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, otto) = (&world.backend, &world.otto().access);
    let foreign = upload(&world, "first name,email\nAnn,ann@example.com\n").await;
    let absent: StaffImportId = Uuid::from_u128(1).into();
    for id in [foreign, absent] {
        let shown = staff::import(backend, otto, id, &ImportFilter::default()).await;
        assert_eq!(refusal(shown), Refusal::NotFound);
        assert_eq!(refusal(staff::start_import(backend, otto, id, &[]).await), Refusal::NotFound);
        assert_eq!(refusal(staff::import_result(backend, otto, id).await), Refusal::NotFound);
    }
    assert_eq!(show(&world, foreign).await.progress, ImportProgress::Checked);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_demoted_meanwhile_uploads_nothing_with_old_rights(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    staff::remove(&world.backend, &world.olive().access, ada.member_id).await.unwrap();
    let text = b"first name,email,role\nAnn,ann@example.com,admin\n";
    let answer = staff::upload_import(&world.backend, &ada.access, "x.csv", text).await;
    assert_eq!(refusal(answer), Refusal::SignInNeeded);
}
