//! Secrets stand in no line of the log, down to what is for developers, in no file that people take away and in no table as
//! they are.

use std::sync::{Arc, Mutex};

use sqlx::PgPool;
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use crate::{
    http_support::{Answer, Http},
    support::{PASSWORD, Person},
};

const SECRET_KEY: &str = "a secret key of the tests, long enough";
const NEW_PASSWORD: &str = "seven purple kites over Denver";
const WRONG_PASSWORD: &str = "mistyped-but-nearly-right-9";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn session_of(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
    let value =
        cookies.filter_map(|cookie| cookie.strip_prefix("__Host-session=")).next().expect("a session");
    value.split(';').next().unwrap_or_default().to_owned()
}

fn typed(password: &str) -> String {
    password.replace(' ', "+")
}

/// Uses every secret there is, rightly and wrongly, through every door; answers them.
async fn use_secrets(http: &Http) -> Vec<String> {
    let mut secrets: Vec<String> =
        [PASSWORD, NEW_PASSWORD, WRONG_PASSWORD, SECRET_KEY].map(String::from).into();
    let olive = sign_in(http, &mut secrets).await;
    secrets.push(http.world.max().session_token.clone());
    let mut links = invite(http, &olive, &mut secrets).await;
    links.extend(change_login(http, &olive, &mut secrets).await);
    let secret_of = |link: String| link.rsplit_once('.').expect("a link").1.to_owned();
    secrets.extend(links.into_iter().map(secret_of));
    secrets
}

async fn sign_in(http: &Http, secrets: &mut Vec<String>) -> Person {
    let form = |password| format!("email=olive@example.com&password={}", typed(password));
    http.call("/api/identity/sign-in", None, &form(WRONG_PASSWORD)).await;
    let signed_in = http.call("/api/identity/sign-in", None, &form(PASSWORD)).await;
    let olive = Person { session_token: session_of(&signed_in), ..http.world.olive().clone() };
    let form = |password| format!("password={}", typed(password));
    http.call("/api/identity/prove", Some(&olive), &form(WRONG_PASSWORD)).await;
    let proved = http.submit("/api/identity/prove", Some(&olive), &form(PASSWORD)).await;
    let olive = Person { session_token: session_of(&proved), ..olive };
    secrets.extend([session_of(&signed_in), olive.session_token.clone()]);
    olive
}

/// Answers the mailed and the shown link.
async fn invite(http: &Http, olive: &Person, secrets: &mut Vec<String>) -> Vec<String> {
    let world = &http.world;
    let form = "first_name=Nora&last_name=&email=nora@example.com&phone=&role=user";
    let invited = http.call("/api/staff/invite", Some(olive), form).await;
    assert!(invited.status.is_success(), "{}", invited.body);
    let mailed = world.mailed_link("nora@example.com", "/join/").await;
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from invitation").fetch_one(&world.root).await.unwrap();
    let shown = http.call("/api/staff/show-invitation-link", Some(olive), &format!("id={id}")).await;
    let shown = shown.body.split("/join/").nth(1).and_then(|link| link.split('"').next()).unwrap().to_owned();
    for link in [&mailed, &shown] {
        http.get(&format!("/join/{link}"), None).await;
    }
    http.call("/api/staff/mail-invitation", None, &format!("link={shown}")).await;
    let accept = format!("link={mailed}&first_name=Nora&last_name=&password={}", typed(NEW_PASSWORD));
    let joined = http.call("/api/staff/accept-invitation", None, &accept).await;
    assert!(joined.status.is_success(), "{}", joined.body);
    secrets.push(session_of(&joined));
    vec![mailed, shown]
}

/// Answers the links to reset a password and to confirm an address.
async fn change_login(http: &Http, olive: &Person, secrets: &mut Vec<String>) -> Vec<String> {
    let world = &http.world;
    http.call("/api/identity/forgot-password", None, "email=max@example.com").await;
    let reset = world.mailed_link("max@example.com", "/reset-password/").await;
    http.get(&format!("/reset-password/{reset}"), None).await;
    let form = format!("link={reset}&password={}", typed(NEW_PASSWORD));
    secrets.push(session_of(&http.call("/api/identity/reset-password", None, &form).await));
    let form = format!("current_password={}&email=olivia@example.com", typed(PASSWORD));
    http.call("/api/identity/change-email", Some(olive), &form).await;
    let confirm = world.mailed_link("olivia@example.com", "/confirm-email/").await;
    http.call("/api/identity/confirm-email", None, &format!("link={confirm}")).await;
    vec![reset, confirm]
}

/// What the log of the account and the result of an import tell.
async fn files(http: &Http) -> Vec<String> {
    let world = &http.world;
    let token = world.session(world.olive().login_id, world.acme).await;
    let olive = Person { session_token: token, ..world.olive().clone() };
    let exported = http.call("/api/activity/export", Some(&olive), "person=&area=&from=&to=").await;
    assert!(exported.status.is_success(), "{}", exported.body);
    world.mails().await;
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from activity_export").fetch_one(&world.root).await.unwrap();
    let file = http.get(&format!("/download/activity/{id}"), Some(&olive)).await;
    assert!(file.body.contains("reset their password by mail"), "{}", file.body);
    let pages = ["/settings/activity", "/settings/staff", "/me/sessions"];
    let mut files = vec![file.body];
    for page in pages {
        files.push(http.get(page, Some(&olive)).await.body);
    }
    files
}

/// Every row of every table, as a dump has them.
async fn dump(http: &Http) -> String {
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename from pg_tables where schemaname = 'public'")
            .fetch_all(&http.world.root)
            .await
            .unwrap();
    let mut all = String::new();
    for table in tables {
        let sql = sqlx::AssertSqlSafe(format!("select t::text from {table} t"));
        let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(&http.world.root).await.unwrap();
        all.extend(rows);
    }
    all
}

/// Requests and jobs say in whose account they happened, and requests who it was.
fn assert_names_who(http: &Http, log: &str) {
    let (account, member) = (http.world.acme, http.world.olive().member_id);
    let said = |parts: &[String]| log.lines().any(|line| parts.iter().all(|part| line.contains(part)));
    let account = format!("\"account\":\"{account}\"");
    let request = "\"name\":\"request\"".to_owned();
    assert!(said(&[request, account.clone(), format!("\"member\":\"{member}\"")]), "a request names both");
    for job in ["send_letter", "write_activity_export"] {
        assert!(said(&[format!("\"name\":\"{job}\""), account.clone()]), "{job} names its account");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn no_secret_stands_in_the_log_in_a_file_or_in_a_table(pool: PgPool) {
    let log = Log::default();
    let writer = log.clone();
    let layer = fmt::layer().json().with_writer(move || writer.clone());
    let subscriber = tracing_subscriber::registry().with(EnvFilter::new("debug")).with(layer);
    let _listening = tracing::subscriber::set_default(subscriber);
    let http = Http::new(pool).await;
    let secrets = use_secrets(&http).await;
    let files = files(&http).await;
    let dump = dump(&http).await;
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines = log.lines().count();
    assert!(lines > 500 && log.contains("sqlx::query"), "everything is logged: {lines} lines");
    assert_names_who(&http, &log);
    for secret in &secrets {
        assert!(secret.len() >= 20, "{secret:?} would not be found for certain");
        let line = log.lines().find(|line| line.contains(secret.as_str()) || line.contains(&typed(secret)));
        assert_eq!(line, None, "{secret:?} is in the log");
        assert!(!dump.contains(secret.as_str()), "{secret:?} stands in a table");
        for file in &files {
            assert!(!file.contains(secret.as_str()), "{secret:?} stands in a file or on a page");
        }
    }
    println!(
        "{} secrets in none of {lines} lines, {} files and a dump of {} bytes",
        secrets.len(),
        files.len(),
        dump.len()
    );
}
