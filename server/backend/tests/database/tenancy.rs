//! The second lock: what the database answers when a query has forgotten its filter.

use backend::{Access, activity, permissions, staff};
use domain::{AccountId, PermissionSet, activity::Event};
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

use crate::support::World;

/// Every tenant table, from the catalogue.
async fn tenant_tables(world: &World) -> Vec<String> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c where c.relkind in ('r', 'p') and c.relrowsecurity
           and c.relnamespace = 'public'::regnamespace
           -- Global, with a policy of its own: see billing::choose.
           and c.relname <> 'plan' order by 1",
    )
    .fetch_all(&world.root)
    .await
    .unwrap();
    assert!(tables.len() >= 8, "{tables:?}");
    tables
}

/// One row of Acme in each of the tables that no use case has filled before; `$1` is the account.
const ROWS: [&str; 36] = [
    "insert into invitation (account_id, id, email, first_name, last_name, role, nonce, invited_by, invited_at, expires_at)
     select account_id, id, 'ina@example.com', 'Ina', '', 'user', decode(repeat('07', 32), 'hex'), id, joined_at, joined_at
     from member where account_id = $1 and role = 'admin'",
    "insert into staff_import (account_id, id, file_name, uploaded_by, uploaded_at)
     select account_id, id, 'a.csv', id, joined_at from member where account_id = $1 and role = 'admin'",
    "insert into staff_import_row (account_id, import_id, line, employee, verdict)
     select account_id, id, 2, '{}', '{}' from staff_import where account_id = $1",
    "insert into connected_application (account_id, section, address) values ($1, 'contacts', 'https://crm.example')",
    "insert into assignment_notice (account_id, member_id, since, role, only_assigned)
     select account_id, id, joined_at, role, false from member where account_id = $1 and role = 'admin'",
    "insert into permission_profile_draft (account_id, profile_id, member_id, base_version, permissions, changed_at)
     select m.account_id, p.id, m.id, p.version, p.permissions, m.joined_at from member m
     join permission_profile p on p.account_id = m.account_id where m.account_id = $1 and m.role = 'admin'",
    "insert into elevation (account_id, id, member_id, permission, asked_at)
     select account_id, id, id, 'sites.publish', joined_at from member where account_id = $1 and role = 'user' limit 1",
    "insert into kept_permission (account_id, id, member_id, permission, note, kept_by, kept_at)
     select account_id, id, id, 'settings.view_staff', 'Needed', id, joined_at
     from member where account_id = $1 and role = 'admin'",
    "insert into pipeline (account_id, id, name, position, created_at)
     select account_id, id, 'Sales', 1, joined_at from member where account_id = $1 and role = 'admin'",
    "insert into pipeline_stage (account_id, pipeline_id, id, name, colour, position)
     select account_id, id, id, 'New', 'blue', 1 from pipeline where account_id = $1",
    "insert into pipeline_rule (account_id, pipeline_id, profile_id)
     select p.account_id, p.id, r.id from pipeline p
     join permission_profile r on r.account_id = p.account_id where p.account_id = $1",
    "insert into pipeline_member (account_id, pipeline_id, member_id, is_excluded)
     select account_id, id, id, false from pipeline where account_id = $1",
    "insert into invitation_pipeline (account_id, invitation_id, pipeline_id)
     select i.account_id, i.id, p.id from invitation i join pipeline p on p.account_id = i.account_id where i.account_id = $1",
    "insert into opportunity (account_id, id, pipeline_id, stage_id, name, contact_name, stage_since, created_at)
     select account_id, id, id, id, 'New roof', 'Ann', created_at, created_at from pipeline where account_id = $1",
    "insert into calendar (account_id, id, kind, name, slug, description, location, colour, duration_minutes,
                           slot_step_minutes, buffer_before_minutes, buffer_after_minutes, minimum_notice_minutes,
                           horizon_days, ramp_up_weeks, questions, created_at)
     select account_id, id, 'round_robin', 'Call', 'call', '', '', 'blue', 30, 30, 0, 0, 0, 30, 0, '[]', joined_at
     from member where account_id = $1 and role = 'admin'",
    "insert into calendar_rule (account_id, calendar_id, profile_id, weight, priority, ramp_up_weeks, since)
     select c.account_id, c.id, r.id, 10, 'medium', 0, c.created_at from calendar c
     join permission_profile r on r.account_id = c.account_id where c.account_id = $1",
    "insert into calendar_member (account_id, calendar_id, member_id, is_excluded, weight, priority, ramp_up_weeks, joined_at)
     select account_id, id, id, false, 10, 'medium', 0, created_at from calendar where account_id = $1",
    "insert into invitation_calendar (account_id, invitation_id, calendar_id, answered_by)
     select i.account_id, i.id, c.id, i.invited_by from invitation i join calendar c on c.account_id = i.account_id
     where i.account_id = $1",
    "insert into calendar_turn (account_id, calendar_id, member_id, credit)
     select account_id, id, id, 0 from calendar where account_id = $1",
    "insert into working_hours (account_id, member_id, hours, version)
     select account_id, id, '{\"days\":[[],[],[],[],[],[],[]]}', 1 from calendar where account_id = $1",
    "insert into time_off (account_id, id, member_id, starts_at, ends_at, reason, created_at)
     select account_id, id, id, created_at, created_at + interval '1 day', '', created_at
     from calendar where account_id = $1",
    "insert into appointment (account_id, id, calendar_id, visitor_name, visitor_email, visitor_phone, visitor_notes,
                              answers, visitor_time_zone, starts_at, ends_at, link_nonce, created_at)
     select account_id, id, id, 'Ann', 'ann@example.com', '', '', '[]', 'UTC', created_at,
            created_at + interval '1 hour', decode(repeat('07', 32), 'hex'), created_at
     from calendar where account_id = $1",
    "insert into appointment_host (account_id, appointment_id, member_id, occupied)
     select account_id, id, id, tstzrange(starts_at, ends_at) from appointment where account_id = $1",
    "insert into place_not_needed (account_id, member_id, kind, said_by, said_at)
     select account_id, id, 'calendar', id, joined_at from member where account_id = $1 and role = 'admin'",
    "insert into attention (account_id, key, since) values ($1, 'nothing_assigned', now())",
    "insert into leaving (account_id, id, member_id, way, state_before, left_at, seen)
     select account_id, id, id, 'deactivate', 'active', joined_at, decode(repeat('07', 32), 'hex')
     from member where account_id = $1 and role = 'admin'",
    "insert into leaving_item (account_id, leaving_id, position, kind, thing_id, name, about, fate)
     select account_id, id, 1, 'pipelines', id, 'Sales', '', 'kept' from leaving where account_id = $1",
    "with made as (insert into plan (code, currency, version, name, tier, month_minor, is_custom, created_at)
                   values ('acme', 'USD', 1, 'Acme', 1, 100, true, now()) returning code)
     insert into plan_offer (account_id, code, currency, version) select $1, code, 'USD', 1 from made",
    "insert into billing (account_id, currency, book, version) values ($1, 'USD', '{}', 1)",
    "insert into invoice (account_id, number, serial, subscription, period_start, kind, nth, issued_on, currency, total_minor,
                          due_minor, draft, issuer, customer, status)
     values ($1, 1, 1, 1, '2026-11-01', 'period', 0, '2026-11-01', 'USD', 100, 100, '{}', '{}', '{}', 'open')",
    "insert into ledger_posting (account_id, entry, ledger_account, posted_on, invoice_number, amount_minor)
     values ($1, 1, 'receivable', '2026-11-01', 1, 100)",
    "insert into payment_method (account_id, id, reference, brand, last_four, added_at)
     values ($1, gen_random_uuid(), 'card_1', 'Visa', '4242', now())",
    "insert into card_setup (account_id, id, reference, started_by, started_at)
     select account_id, id, 'visit_1', id, joined_at from member where account_id = $1 and role = 'admin'",
    "insert into payment_attempt (account_id, number, invoice_number, payment_method_id, amount_minor, currency, begun_at, sent_at)
     select account_id, 1, 1, id, 100, 'USD', added_at, added_at from payment_method where account_id = $1",
    "insert into billing_quote (account_id, id, offer, made_by, made_at)
     select account_id, id, '{}', id, joined_at from member where account_id = $1 and role = 'admin'",
    "insert into gateway_notice (account_id, id, heard_at) values ($1, 'evt_1', now())",
];

/// Puts at least one row of Acme into every tenant table.
async fn fill(world: &World) {
    let olive = &world.olive().access;
    let mut tx = world.backend.db.tenant(world.acme).await.unwrap();
    activity::record(&mut tx, olive, world.now(), &Event::SignedOut).await.unwrap();
    tx.commit().await.unwrap();
    activity::request_export(&world.backend, olive, &domain::activity::ActivityFilter::default())
        .await
        .unwrap();
    let team = world.profile("Team", PermissionSet::EMPTY).await;
    world.give(world.uma(), team.id).await;
    permissions::write_uses(&world.backend).await.unwrap();
    staff::start_review(&world.backend, olive).await.unwrap();
    for row in ROWS {
        sqlx::query(row).bind(world.acme.0).execute(&world.root).await.unwrap();
    }
}

async fn count(tx: &mut backend::db::Tx, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")))
        .fetch_one(&mut **tx)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_an_account_or_with_another_there_are_no_rows_and_no_errors(pool: PgPool) {
    let world = World::new(pool).await;
    fill(&world).await;
    let tables = tenant_tables(&world).await;
    let nobody: AccountId = Uuid::from_u128(404).into();
    for table in &tables {
        let behind = format!("select count(*) from {table}");
        let all: i64 = sqlx::query_scalar(AssertSqlSafe(behind)).fetch_one(&world.root).await.unwrap();
        assert!(all > 0, "{table} has nothing to hide");
        let mut none = world.backend.db.begin().await.unwrap();
        assert_eq!(count(&mut none, table).await, 0, "{table} without an account");
        let mut absent = world.backend.db.tenant(nobody).await.unwrap();
        assert_eq!(count(&mut absent, table).await, 0, "{table} with an account that is not there");
        let mut own = world.backend.db.tenant(world.acme).await.unwrap();
        let acme = count(&mut own, table).await;
        let mut other = world.backend.db.tenant(world.others).await.unwrap();
        let others = count(&mut other, table).await;
        assert!(acme > 0 && acme + others == all, "{table}: {acme} and {others} of {all}");
    }
    println!("{} tenant tables, 0 rows without their account", tables.len());
}

/// A connection that has been used remembers the settings as '', not as null.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_used_connection_is_as_blind_as_a_new_one(pool: PgPool) {
    let world = World::new(pool).await;
    let options = world.root.connect_options().as_ref().clone().username("steward_web");
    let db = backend::Db::with_options(options, 1);
    for _ in 0..3 {
        let mut tx = db.tenant(world.acme).await.unwrap();
        assert_eq!(count(&mut tx, "member").await, 3);
        tx.commit().await.unwrap();
        let mut tx = db.own(world.olive().login_id).await.unwrap();
        assert_eq!(count(&mut tx, "member").await, 1);
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert_eq!((count(&mut tx, "member").await, count(&mut tx, "account").await), (0, 0));
        tx.commit().await.unwrap();
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_can_be_written_into_another_account(pool: PgPool) {
    let world = World::new(pool).await;
    fill(&world).await;
    let mut refused = 0;
    for table in tenant_tables(&world).await {
        let column = if table == "account" { "id" } else { "account_id" };
        let (acme, others) = (world.acme, world.others);
        // As a row of the other account, by insert and by moving one's own there.
        let copy = format!(
            "insert into {table} select (jsonb_populate_record(row, jsonb_build_object('{column}', '{others}'))).* \
             from {table} row where {column} = '{acme}' limit 1"
        );
        let moved = format!("update {table} set {column} = '{others}'");
        for sql in [copy, moved] {
            let mut tx = world.backend.db.tenant(acme).await.unwrap();
            let error = sqlx::query(AssertSqlSafe(sql.clone())).execute(&mut *tx).await.expect_err(&sql);
            let code = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
            // Insufficient privilege: refused by the policy, or by the grant where the application may not update at all.
            assert_eq!(code.as_deref(), Some("42501"), "{sql}: {error}");
            refused += 1;
        }
        // What cannot be seen cannot be changed or deleted.
        let mut tx = world.backend.db.tenant(acme).await.unwrap();
        let delete = format!("delete from {table} where {column} = '{others}'");
        let deleted = sqlx::query(AssertSqlSafe(delete)).execute(&mut *tx).await;
        assert!(deleted.is_err() || deleted.is_ok_and(|done| done.rows_affected() == 0), "{table}");
    }
    println!("{refused} writes into another account refused");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_operators_setting_shows_accounts_and_nothing_inside(pool: PgPool) {
    let world = World::new(pool).await;
    fill(&world).await;
    for table in tenant_tables(&world).await {
        let mut tx = world.backend.db.begin().await.unwrap();
        sqlx::query("select set_config('app.operator', 'on', true)").execute(&mut *tx).await.unwrap();
        let expected = match table.as_str() {
            "account" => 2,
            // What is due is looked for in all accounts at once.
            "billing" => 1,
            _ => 0,
        };
        assert_eq!(count(&mut tx, &table).await, expected, "{table}");
        let write = if table == "account" { "update account set name = 'mine'" } else { continue };
        assert_eq!(sqlx::query(write).execute(&mut *tx).await.unwrap().rows_affected(), 0);
    }
}

/// A view has no policies of its own: it shows what its tables show to whoever asks.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn views_are_as_blind_as_their_tables(pool: PgPool) {
    let world = World::new(pool).await;
    fill(&world).await;
    for (account, people) in [(world.acme, 2), (world.others, 0), (Uuid::from_u128(404).into(), 0)] {
        let mut tx = world.backend.db.tenant(account).await.unwrap();
        for view in ["pipeline_person", "calendar_person"] {
            assert_eq!(count(&mut tx, view).await, people, "{view} of {account}");
        }
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_event_cannot_be_recorded_in_another_account(pool: PgPool) {
    let world = World::new(pool).await;
    let mut tx = world.backend.db.tenant(world.others).await.unwrap();
    let result =
        activity::record(&mut tx, &Access::steward(world.acme), world.now(), &Event::SignedOut).await;
    assert!(result.is_err_and(|error| error.refusal().is_none()));
}
