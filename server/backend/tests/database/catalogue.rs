//! Walks the catalogue and names whatever breaks the rules of tenancy, so that a new table cannot forget one.

use sqlx::{PgConnection, PgPool};

use crate::support::World;

/// Tables that belong to nobody's account. Adding one is a decision: everybody's requests can read it whole.
const GLOBAL: [&str; 14] = [
    "login",
    "login_photo",
    "session",
    "login_token",
    "sign_up",
    "throttle",
    "job",
    "_sqlx_migrations",
    // A policy shows plans that were made for somebody to them alone.
    "plan",
    "invoice_serial",
    // A bank of its own, which knows no accounts.
    "test_gateway_visit",
    "test_gateway_card",
    "test_gateway_charge",
    "test_gateway_refund",
];

/// Each answers the names of what breaks one rule; `$1` are the global tables.
const RULES: [(&str, &str); 11] = [
    (
        "a table is either global or has account_id (or is the account)",
        "select t.relname::text from pg_class t
         where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
           and (t.relname = any($1)) = (t.relname = 'account' or exists (
             select from pg_attribute a where a.attrelid = t.oid and a.attname = 'account_id' and not a.attisdropped))",
    ),
    ("row-level security is on", "select t.relname::text from tenant_table t where not t.relrowsecurity"),
    ("row-level security binds the owner too", "select t.relname::text from tenant_table t where not t.relforcerowsecurity"),
    (
        "a policy restricts what is read and what is written",
        "select t.relname::text from tenant_table t where not exists (
           select from pg_policy p where p.polrelid = t.oid and p.polcmd = '*' and p.polpermissive
             and pg_get_expr(p.polqual, p.polrelid) like '%current_account_id()%'
             and pg_get_expr(p.polwithcheck, p.polrelid) like '%current_account_id()%')",
    ),
    (
        "no other policy lets anybody write",
        "select t.relname || '.' || p.polname from pg_policy p join tenant_table t on t.oid = p.polrelid
         where p.polcmd <> 'r' and p.polname <> 'tenant'",
    ),
    (
        "account_id cannot be null",
        "select t.relname::text from tenant_table t join pg_attribute a on a.attrelid = t.oid
         where a.attname = t.tenant_column and not a.attnotnull",
    ),
    (
        "the primary key starts with the account",
        "select t.relname::text from tenant_table t where not exists (
           select from pg_index i join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
           where i.indrelid = t.oid and i.indisprimary and a.attname = t.tenant_column)",
    ),
    (
        "every unique index starts with the account",
        "select i.indexrelid::regclass::text from tenant_table t join pg_index i on i.indrelid = t.oid and i.indisunique
         -- A public address leads to one account.
         where i.indexrelid::regclass::text <> 'account_slug_unique' and not exists (select from pg_attribute a
           where a.attrelid = t.oid and a.attnum = i.indkey[0] and a.attname = t.tenant_column)",
    ),
    (
        "every foreign key to a tenant table carries the account",
        "select c.conname::text from pg_constraint c join tenant_table target on target.oid = c.confrelid
         where c.contype = 'f' and not exists (
           select from unnest(c.conkey, c.confkey) as pair (here, there)
           join pg_attribute a on a.attrelid = c.conrelid and a.attnum = pair.here and a.attname = 'account_id'
           join pg_attribute b on b.attrelid = c.confrelid and b.attnum = pair.there and b.attname = target.tenant_column)",
    ),
    (
        "a view asks with the rights of who asks",
        "select v.relname::text from pg_class v where v.relnamespace = 'public'::regnamespace
           and (v.relkind = 'm' or v.relkind = 'v' and not coalesce('security_invoker=true' = any(v.reloptions)
                                                                     or 'security_invoker=on' = any(v.reloptions), false))",
    ),
    (
        "no function lends out its owner's rights",
        "select p.proname::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef",
    ),
];

/// The tenant tables and the column that says whose a row is; of this session only.
const TENANT_TABLES: &str = "create temporary view tenant_table as
    select t.oid, t.relname, t.relrowsecurity, t.relforcerowsecurity,
           (case t.relname when 'account' then 'id' else 'account_id' end)::name as tenant_column
    from pg_class t
    where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
      and (t.relname = 'account' or exists (
        select from pg_attribute a where a.attrelid = t.oid and a.attname = 'account_id' and not a.attisdropped))";

/// Every breach as "rule: name".
async fn breaches(connection: &mut PgConnection) -> Vec<String> {
    sqlx::query(TENANT_TABLES).execute(&mut *connection).await.unwrap();
    let global: Vec<String> = GLOBAL.iter().map(|&name| name.to_owned()).collect();
    let mut found = Vec::new();
    for (rule, sql) in RULES {
        let query = sqlx::query_scalar::<_, String>(sql);
        let query = if sql.contains("$1") { query.bind(&global) } else { query };
        for name in query.fetch_all(&mut *connection).await.unwrap() {
            found.push(format!("{rule}: {name}"));
        }
    }
    found
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn no_table_breaks_the_rules(pool: PgPool) {
    let found = breaches(&mut pool.acquire().await.unwrap()).await;
    assert!(found.is_empty(), "{found:#?}");
    let tables: i64 = sqlx::query_scalar(
        "select count(*) from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    let tenant_tables = tables - i64::try_from(GLOBAL.len()).unwrap();
    assert!(tenant_tables >= 8, "the catalogue was not read");
    println!("{tables} tables checked against {} rules, {tenant_tables} of them tenant tables", RULES.len());
}

/// The walk must find what it is for: each of these breaks one rule, and each has to be named.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_rule_finds_its_breach(pool: PgPool) {
    let sound = "create table note (account_id uuid not null references account on delete cascade, id uuid not null, \
                 text text, primary key (account_id, id)); select protect_tenant_table('note')";
    let breaking = [
        ("either global or has account_id", "create table loose (id uuid primary key)"),
        ("row-level security is on", "alter table note disable row level security"),
        ("binds the owner too", "alter table note no force row level security"),
        ("a policy restricts", "drop policy tenant on note"),
        ("no other policy", "create policy open on note for insert with check (true)"),
        (
            "cannot be null",
            "alter table note drop constraint note_pkey; alter table note alter account_id drop not null",
        ),
        (
            "primary key starts",
            "alter table note drop constraint note_pkey; alter table note add primary key (id, account_id)",
        ),
        ("every unique index", "create unique index note_text on note (text)"),
        (
            "every foreign key",
            "alter table note add column member uuid, add column other uuid, \
             add foreign key (other, member) references member (account_id, id)",
        ),
        ("a view asks", "create view notes as select * from note"),
        ("a view asks", "create materialized view kept_notes as select * from note"),
        (
            "lends out",
            "create function peek() returns bigint language sql security definer as 'select count(*) from note'",
        ),
    ];
    for (rule, sql) in breaking {
        let mut tx = pool.begin().await.unwrap();
        sqlx::raw_sql(sound).execute(&mut *tx).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut *tx).await.unwrap();
        let found = breaches(&mut tx).await;
        assert!(found.iter().any(|breach| breach.contains(rule)), "{sql} was not found: {found:?}");
    }
    println!("{} breaches found", breaking.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_applications_role_owns_nothing_and_nothing_lifts_it_over_the_policies(pool: PgPool) {
    let world = World::new(pool).await;
    let strong = world
        .count(
            "select count(*) from pg_roles r where (r.rolsuper or r.rolbypassrls)
             and (pg_has_role('steward_web', r.oid, 'member') or r.rolname = 'steward_app')",
        )
        .await;
    assert_eq!(strong, 0, "steward_web or a role it belongs to is above row-level security");
    let owned = world
        .count(
            "select (select count(*) from pg_class c where pg_has_role('steward_web', c.relowner, 'member'))
                  + (select count(*) from pg_proc p where pg_has_role('steward_web', p.proowner, 'member'))
                  + (select count(*) from pg_namespace n where pg_has_role('steward_web', n.nspowner, 'member'))
                  + (select count(*) from pg_database d where d.datname = current_database()
                     and pg_has_role('steward_web', d.datdba, 'member'))",
        )
        .await;
    assert_eq!(owned, 0);
    let creating =
        world.count("select count(*) where has_schema_privilege('steward_web', 'public', 'create')").await;
    assert_eq!(creating, 0);
    world.backend.db.check_set_up().await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_server_does_not_start_with_the_owners_role(pool: PgPool) {
    let owner = backend::Db::with_options(pool.connect_options().as_ref().clone(), 1);
    let problem = owner.check_set_up().await.unwrap_err().to_string();
    assert!(problem.contains("row-level security would not bind it"), "{problem}");
}
