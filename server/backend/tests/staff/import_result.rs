use backend::{jobs, staff};
use domain::{
    PermissionSet, StaffImportId,
    staff::{EmployeeForm, ImportFilter},
};
use sqlx::PgPool;

use crate::support::World;

async fn upload(world: &World, bytes: &[u8]) -> StaffImportId {
    staff::upload_import(&world.backend, &world.olive().access, "team.csv", bytes).await.unwrap()
}

async fn employees(world: &World, id: StaffImportId) -> Vec<(u32, EmployeeForm)> {
    let access = &world.olive().access;
    let import = staff::import(&world.backend, access, id, &ImportFilter::default()).await.unwrap();
    import.rows.rows.into_iter().map(|row| (row.line, row.employee)).collect()
}

async fn result(world: &World, id: StaffImportId) -> Vec<u8> {
    staff::import_result(&world.backend, &world.olive().access, id).await.unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn it_tells_what_became_of_every_line(pool: PgPool) {
    let world = World::new(pool).await;
    world.profile("Callers", PermissionSet::EMPTY).await;
    let text = "first name,last name,email,profile\nAnn,Archer,ann@example.com,callers\nMax,,max@example.com\nBo,,bo\n";
    let id = upload(&world, text.as_bytes()).await;
    let before = String::from_utf8(result(&world, id).await).unwrap();
    assert!(before.contains("2,Ann,Archer,ann@example.com,,user,Callers,Will be invited.\n"), "{before}");
    staff::start_import(&world.backend, &world.olive().access, id, &[]).await.unwrap();
    jobs::run_due(&world.backend).await.unwrap();
    let after = String::from_utf8(result(&world, id).await).unwrap();
    assert_eq!(
        after,
        "\u{feff}line,first name,last name,email,phone,role,profile,result\n\
         2,Ann,Archer,ann@example.com,,user,Callers,Invited.\n\
         3,Max,,max@example.com,,user,,Belongs to the account already.\n\
         4,Bo,,bo,,user,,E-mail: This is not an e-mail address. It should look like name@example.com.\n"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn no_cell_of_it_is_a_formula_and_imported_again_all_is_as_it_was(pool: PgPool) {
    let world = World::new(pool).await;
    let hostile = "first name,last name,email,phone,role\n\
                   =1+1,'=2+2,+x@example.com,+1 303 555 0100,user\n\
                   \"@SUM(A1:A9)\",\"-\"\"x\"\";\",@,=HYPERLINK(),=cmd\n\
                   ''+1,\"two\nlines\",'t@example.com,,-admin\n";
    let id = upload(&world, hostile.as_bytes()).await;
    let file = result(&world, id).await;
    let mut reader = csv::Reader::from_reader(&file[3..]);
    let mut cells = 0;
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            cells += 1;
        }
    }
    println!("{cells} cells looked at");
    assert_eq!(employees(&world, upload(&world, &file).await).await, employees(&world, id).await);
}
