//! What only a process of its own can show: its ports, its end, and what becomes of its work when it is killed.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use backend::permissions::{self, Start};
use sqlx::PgPool;

use crate::{
    process_support::{MailServer, Process, connected, get, post, read_until},
    support::World,
};

/// A server without a worker, on any free port; mails would go nowhere.
const SERVE: [&str; 4] = ["serve", "--listen=127.0.0.1:0", "--no-worker", "--smtp-url=smtp://127.0.0.1:9"];

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn metrics_answer_on_their_own_address_and_nothing_else_does_there(pool: PgPool) {
    World::new(pool.clone()).await;
    let server = Process::start(&pool, &[&SERVE[..], &["--metrics-listen=127.0.0.1:0"]].concat());
    let metrics = server.address("metrics are served");
    let public = server.address("\"serving\"");
    assert!(get(public, "/healthz").ends_with("ok"));
    let on_public = get(public, "/metrics");
    assert!(on_public.starts_with("HTTP/1.1 404"), "{on_public}");
    assert!(!on_public.contains("steward_requests_total"));
    let answer = get(metrics, "/metrics");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("steward_requests_total"), "{answer}");
    for path in ["/", "/healthz", "/sign-in", "/api/staff/list"] {
        assert!(get(metrics, path).starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_worker_alone_tells_its_metrics_and_its_health(pool: PgPool) {
    World::new(pool.clone()).await;
    let mails = MailServer::new();
    let work = ["work", &format!("--smtp-url={}", mails.url), "--metrics-listen=127.0.0.1:0"];
    let worker = Process::start(&pool, &work);
    let address = worker.address("metrics are served");
    assert!(get(address, "/healthz").ends_with("ok"));
    assert!(get(address, "/readyz").ends_with("ready"));
    let idle = get(address, "/metrics");
    assert!(idle.contains("steward_oldest_due_job_seconds 0"), "{idle}");
    for path in ["/", "/sign-in", "/api/staff/list"] {
        assert!(get(address, path).starts_with("HTTP/1.1 404"), "{path}");
    }
    let second = Process::start(
        &pool,
        &["work", "--smtp-url=smtp://127.0.0.1:9", &format!("--metrics-listen={address}")],
    );
    let said = assert_told(second, "cannot listen on METRICS_LISTEN");
    assert!(said.contains("Processes on one machine need one each"), "{said}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn under_cargo_leptos_watch_pages_load_themselves_anew_and_else_they_do_not(pool: PgPool) {
    World::new(pool.clone()).await;
    let watched =
        [("LEPTOS_WATCH", "true"), ("LEPTOS_OUTPUT_NAME", "steward"), ("LEPTOS_RELOAD_PORT", "4567")];
    let server = Process::start_in(&pool, &SERVE, &watched, &std::env::temp_dir());
    let page = get(server.address("\"serving\""), "/sign-in");
    let nonce = page.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    let script = page.split("<script").find(|script| script.contains("live_reload")).expect("a script");
    assert!(script.contains(nonce) && script.contains("4567"), "{script}");
    assert!(page.contains("connect-src 'self' ws:;"), "{page}");

    let page = get(Process::start(&pool, &SERVE).address("\"serving\""), "/sign-in");
    assert!(page.contains("connect-src 'self';") && !page.contains("live_reload"), "{page}");
}

const FORM: &str = "email=nobody@example.com&password=wrong";

/// A request that the server waits for: it has asked for the form, and the form is still to come.
fn begun(address: SocketAddr) -> TcpStream {
    let mut stream = connected(address);
    let head = format!(
        "POST /api/identity/sign-in HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\n\
         Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        FORM.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    assert!(read_until(&mut stream, "\r\n\r\n").starts_with("HTTP/1.1 100"));
    stream
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_takes_too_long_is_told_so(pool: PgPool) {
    World::new(pool.clone()).await;
    let server = Process::start(&pool, &[&SERVE[..], &["--request-seconds=1"]].concat());
    let mut stream = begun(server.address("\"serving\""));
    let head = read_until(&mut stream, "\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 503") && head.contains("application/json"), "{head}");
    assert!(read_until(&mut stream, "}}").contains("\"broken\""));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_request_that_has_begun_is_finished_after_sigterm(pool: PgPool) {
    World::new(pool.clone()).await;
    let mut server = Process::start(&pool, &SERVE);
    let address = server.address("\"serving\"");
    let mut stream = begun(address);
    server.terminate();
    server.line("stopping");
    while TcpStream::connect(address).is_ok() {
        tokio::task::yield_now().await;
    }
    stream.write_all(FORM.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 422") && answer.contains("wrong_credentials"), "{answer}");
    assert!(server.end().success());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_changes_through_one_server_reaches_the_pages_of_another(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let (olive, uma) = (world.olive(), world.uma());
    let (backend, access) = (&world.backend, &olive.access);
    let team = permissions::create(backend, access, "Team", "", Start::Empty).await.unwrap();
    permissions::assign(backend, access, team.id, &[uma.member_id]).await.unwrap();
    let (first, second) = (Process::start(&pool, &SERVE), Process::start(&pool, &SERVE));
    let (first, second) = (first.address("\"serving\""), second.address("\"serving\""));

    let mut page = connected(second);
    let cookie = format!("Cookie: session={}", uma.session_token);
    write!(page, "GET /live HTTP/1.1\r\nHost: {second}\r\n{cookie}\r\n\r\n").unwrap();
    let greeting = read_until(&mut page, "\n\n");
    assert!(greeting.contains("uma@example.com"), "{greeting}");

    let form = format!("id={}&version=1&key=contacts.create&on=true", team.id);
    let switched = post(first, "/api/permissions/switch", &olive.session_token, &form);
    assert!(switched.starts_with("HTTP/1.1 200"), "{switched}");
    page.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    while !read_until(&mut page, "\n\n").contains("contacts.create") {}
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_people_used_is_written_before_the_server_stops(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let mut server = Process::start(&pool, &SERVE);
    let address = server.address("\"serving\"");
    let mut stream = connected(address);
    let request = format!(
        "GET /settings/staff HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\nCookie: session={}\r\n\
         Connection: close\r\n\r\n",
        world.olive().session_token
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    server.terminate();
    assert!(server.end().success());
    let used = "select count(*) from permission_use where permission = 'settings.view_staff'";
    assert_eq!(world.count(used).await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_job_of_a_killed_worker_is_done_by_another_and_once(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let form = domain::staff::EmployeeForm {
        first_name: "Nora".into(),
        email: "nora@example.com".into(),
        role: "user".into(),
        ..Default::default()
    };
    backend::staff::invite(&world.backend, &world.olive().access, &form).await.unwrap();
    let mails = MailServer::new();
    let work = ["work", &format!("--smtp-url={}", mails.url)];

    let mut first = Process::start(&pool, &work);
    let waiting = mails.keep_waiting();
    first.kill();
    drop(waiting);
    let claimed = "select count(*) from job where attempts = 1 and leased_until > clock_timestamp() \
                   and leased_until <= clock_timestamp() + interval '30 seconds'";
    assert_eq!(world.count(claimed).await, 1, "its job is kept, and free within half a minute");
    assert_eq!(world.count("select count(*) from invitation where delivery = 'queued'").await, 1);

    // Stands for that half minute.
    sqlx::query("update job set leased_until = clock_timestamp()").execute(&world.root).await.unwrap();
    let mut second = Process::start(&pool, &work);
    assert!(mails.take().contains("nora@example.com"));
    second.terminate();
    assert!(second.end().success());
    assert_eq!(world.count("select count(*) from job where name = 'send_letter'").await, 0);
    assert_eq!(world.count("select count(*) from invitation where delivery = 'sent'").await, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_server_that_cannot_start_says_what_to_do(pool: PgPool) {
    World::new(pool.clone()).await;
    let mail = "--smtp-url=smtp://127.0.0.1:9";
    let cases: [(&[&str], &str); 6] = [
        (&["serve"], "SMTP_URL is missing, so no mail could leave."),
        (&["serve", mail, "--secret-key=short"], "SECRET_KEY must be at least 32"),
        (&["serve", mail, "--site-root=/nowhere"], "SITE_ROOT is /nowhere, and no built site is there"),
        (&["serve", mail, "--base-url=https://example.com/a"], "no more than scheme, host and port"),
        (&["work", mail, "--database-url=x"], "DATABASE_URL cannot be read"),
        (&["work", mail, "--base-url=http://example.com"], "passwords must not travel unencrypted"),
    ];
    for (words, told) in cases {
        assert_told(Process::start(&pool, words), told);
    }
    let somewhere = std::env::temp_dir();
    let server = Process::start_in(&pool, &SERVE, &[("RUST_LOG", "backend=verbose")], &somewhere);
    assert_told(server, "RUST_LOG cannot be read");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_file_of_settings_that_cannot_be_read_stops_the_start_and_tells_no_secret(pool: PgPool) {
    let folder = std::env::temp_dir().join(format!("steward-env-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (content, told) in [
        ("SMTP_URL=smtp://127.0.0.1:9\nBRAND_NAME=Two words hidden\n", "what follows SMTP_URL is no setting"),
        ("no setting hidden\n", "its first line is no setting. Write NAME=value"),
    ] {
        std::fs::write(folder.join(".env"), content).unwrap();
        let line = assert_told(Process::start_in(&pool, &["serve"], &[], &folder), told);
        assert!(!line.contains("hidden"), "{line}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The start has failed with one sentence, and this is in it.
#[track_caller]
fn assert_told(mut server: Process, told: &str) -> String {
    let line = server.line("error: ");
    assert!(line.contains(told), "{told}: {line}");
    assert!(!server.end().success(), "{told}");
    line
}
