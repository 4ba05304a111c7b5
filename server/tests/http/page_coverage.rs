//! No page without a decision, and none that the browser tests do not open.

use std::collections::BTreeSet;

use app::{
    App, Boot,
    boot::Brand,
    request::{CookieNames, Visit},
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::PermissionSet;
use leptos::prelude::provide_context;
use leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context;
use sqlx::PgPool;

use crate::{
    access_coverage::{address, user_with},
    access_table::{Needs, PAGES},
    http_support::Http,
    support::World,
};

/// What the browser tests open, each page directly at its address.
const SPEC: &str = include_str!("../../../end2end/tests/everything.spec.ts");
const NOWHERE: &str = "/there/is/nothing/here";

/// They can be opened, and say why there is no form.
const TOLD_ON_THE_PAGE: [&str; 5] = [
    "/settings/staff/new",
    "/settings/staff/import",
    "/settings/profiles/new",
    "/settings/calendars/new",
    "/settings/pipelines/new",
];

/// The pattern of every page that the router knows.
fn routes(world: &World) -> BTreeSet<String> {
    let brand = Brand { name: String::new(), support_email: String::new(), book_a_call_url: None };
    let boot = Boot {
        viewer: None,
        brand,
        messages: vec![],
        replay: None,
        theme: String::new(),
        development: true,
        guessed_country: String::new(),
    };
    let visit = Visit {
        backend: world.backend.clone(),
        client: world.client(),
        signed_in: None,
        cookies: CookieNames { is_secure: true },
        request_id: String::new(),
        boot,
    };
    let (mut parts, _) = Request::new(Body::empty()).into_parts();
    parts.extensions.insert(visit);
    let context = move || provide_context(parts.clone());
    let (routes, _) = generate_route_list_with_exclusions_and_ssg_and_context(App, None, context);
    routes.into_iter().map(|route| route.path().to_owned()).collect()
}

fn decided() -> BTreeSet<String> {
    PAGES.iter().map(|(pattern, _)| (*pattern).to_owned()).collect()
}

fn address_of_page(pattern: &str) -> String {
    if pattern == "/{section}" { "/contacts".to_owned() } else { address(pattern) }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_page_stands_in_the_table_and_nothing_else(pool: PgPool) {
    let (routes, decided) = (routes(&World::new(pool).await), decided());
    let undecided: Vec<_> = routes.difference(&decided).collect();
    let gone: Vec<_> = decided.difference(&routes).collect();
    assert!(
        undecided.is_empty() && gone.is_empty(),
        "without a decision: {undecided:?}; decided but gone: {gone:?}"
    );
    println!("{} pages, each with a decision", routes.len());
}

/// Whether an address is of this pattern, and how many of its parts are the pattern's own words: of two patterns, more words win.
fn fits(pattern: &str, path: &str) -> Option<usize> {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    let fits = |(own, given): (&&str, &&str)| own == given || own.starts_with('{') && !given.is_empty();
    (pattern.len() == path.len() && pattern.iter().zip(&path).all(fits))
        .then(|| pattern.iter().zip(&path).filter(|(own, given)| own == given).count())
}

#[test]
fn the_browser_tests_open_every_page_and_nothing_that_is_gone() {
    let opened = SPEC.split("path: \"").skip(1).filter_map(|rest| rest.split(['"', '?']).next());
    let mut missed = decided();
    missed.retain(|pattern| !pattern.starts_with("/dev/")); // dev.spec.ts
    let patterns = missed.clone();
    let mut count = 0;
    for path in opened.filter(|path| *path != NOWHERE) {
        let best = patterns.iter().max_by_key(|pattern| fits(pattern, path));
        let pattern = best.filter(|pattern| fits(pattern, path).is_some());
        missed.remove(pattern.unwrap_or_else(|| panic!("{path} in everything.spec.ts is no page")));
        count += 1;
    }
    assert!(missed.is_empty(), "everything.spec.ts opens none of {missed:?}");
    println!("{count} addresses in the browser tests, and each page among them");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn without_a_session_only_public_pages_are_shown(pool: PgPool) {
    let http = Http::new(pool).await;
    for (pattern, needs) in PAGES {
        let answer = http.get(&address_of_page(pattern), None).await;
        let leads_to_the_sign_in = answer.header("location").starts_with("/sign-in?next=");
        assert_eq!(leads_to_the_sign_in, !matches!(needs, Needs::Nothing), "{pattern}: {}", answer.status);
        assert_eq!(leads_to_the_sign_in, answer.status == StatusCode::SEE_OTHER, "{pattern}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_may_nothing_reads_on_each_page_what_is_missing(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = user_with(&http, PermissionSet::EMPTY).await;
    let mut refused = 0;
    for (pattern, needs) in PAGES {
        let answer = http.get(&address_of_page(pattern), Some(&uma)).await;
        let Needs::Permission(permission) = needs else {
            assert_ne!(answer.status, StatusCode::FORBIDDEN, "{pattern} needs more than the table says");
            continue;
        };
        let status = if TOLD_ON_THE_PAGE.contains(pattern) { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(answer.status, status, "{pattern}");
        assert!(answer.body.contains(permission.key()), "{pattern} does not name {permission}");
        refused += 1;
    }
    println!("{refused} pages refused, each with what is missing");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_role_user_reads_no_page_that_is_for_admins(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = user_with(&http, PermissionSet::everything()).await;
    let mut refused = 0;
    for (pattern, needs) in PAGES {
        let answer = http.get(&address_of_page(pattern), Some(&uma)).await;
        let admin_only = matches!(needs, Needs::Permission(permission) if permission.admin_only());
        assert_eq!(answer.status == StatusCode::FORBIDDEN, admin_only, "{pattern}: {}", answer.status);
        refused += usize::from(admin_only);
    }
    assert!(refused > 0);
    println!("{refused} pages are for Admins, whatever a User's profile says");
}
