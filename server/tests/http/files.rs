//! Photos, uploads and downloads: what they answer to whom.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::activity::ActivityFilter;
use sqlx::PgPool;

use crate::{
    http_support::{Answer, Http},
    support::{Person, World},
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";
const LIST: &[u8] = b"first name,email\nAda,ada@example.com\n";

/// Posts a file as the form of a page does.
pub async fn upload(http: &Http, path: &str, by: Option<&Person>, content: &[u8]) -> Answer {
    let head = b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"team.csv\"\r\n\r\n";
    let body = [head, content, b"\r\n--b--\r\n"].concat();
    let mut request = Request::post(path)
        .header(header::HOST, "steward.test")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header("sec-fetch-site", "same-origin");
    if let Some(by) = by {
        request = request.header(header::COOKIE, format!("__Host-session={}", by.session_token));
    }
    http.send(request.body(Body::from(body)).expect("a request")).await
}

/// The addresses of a photo, an export, an import and an access review of this Admin's account.
async fn files_of(http: &Http, admin: &Person) -> [String; 4] {
    let World { backend, .. } = &http.world;
    backend::identity::set_photo(backend, &admin.signed, Some(&admin.access), PNG).await.unwrap();
    let export =
        backend::activity::request_export(backend, &admin.access, &ActivityFilter::default()).await.unwrap();
    let import = backend::staff::upload_import(backend, &admin.access, "team.csv", LIST).await.unwrap();
    backend::staff::start_import(backend, &admin.access, import, &[]).await.unwrap();
    http.world.mails().await;
    let review = backend::staff::start_review(backend, &admin.access).await.unwrap();
    [
        format!("/photo/{}/1", admin.login_id),
        format!("/download/activity/{export}"),
        format!("/download/staff-import/{import}"),
        format!("/download/access-review/{review}"),
    ]
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn files_are_for_those_who_may_have_them(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma, otto) =
        (http.world.olive().clone(), http.world.uma().clone(), http.world.otto().clone());
    let own = files_of(&http, &olive).await;
    let foreign = files_of(&http, &otto).await;
    let nothing = "0190a8f0-0000-7000-8000-000000000000";
    let absent = [
        format!("/photo/{nothing}/1"),
        format!("/download/activity/{nothing}"),
        format!("/download/staff-import/{nothing}"),
        format!("/download/access-review/{nothing}"),
    ];
    let mut asked = 0;
    let mut answers = async |path: &str, person: Option<&Person>, status: StatusCode| {
        let answer = http.get(path, person).await;
        assert_eq!(answer.status, status, "{path}");
        asked += 1;
        answer.body.replace(answer.header("x-request-id"), "")
    };
    // A photo of somebody in the account is for everybody there; the rest takes a permission.
    let no = StatusCode::FORBIDDEN;
    for (path, of_uma) in own.iter().zip([StatusCode::OK, no, no, no]) {
        answers(path, None, StatusCode::UNAUTHORIZED).await;
        answers(path, Some(&uma), of_uma).await;
        answers(path, Some(&olive), StatusCode::OK).await;
    }
    for (foreign, absent) in foreign.iter().zip(&absent) {
        answers(foreign, None, StatusCode::UNAUTHORIZED).await;
        let of_others = answers(foreign, Some(&olive), StatusCode::NOT_FOUND).await;
        let of_nobody = answers(absent, Some(&olive), StatusCode::NOT_FOUND).await;
        assert_eq!(of_others, of_nobody, "{foreign}");
    }
    for path in [
        "/photo/x/1",
        "/photo/x",
        "/download/activity/x",
        "/download/staff-import/%00",
        "/download/access-review/x",
    ] {
        let answer = http.get(path, Some(&olive)).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(!answer.body.contains("UUID") && !answer.body.contains("parse"), "{path}: {}", answer.body);
    }
    answers("/download/staff-import-sample", None, StatusCode::OK).await;
    println!("{asked} questions for files, each answered by who asked");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn files_are_private_and_never_shown_as_pages(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let [photo, export, import, review] = files_of(&http, &olive).await;
    let photo = http.get(&photo, Some(&olive)).await;
    assert_eq!(photo.header("content-type"), "image/png");
    assert!(photo.header("cache-control").starts_with("private"), "{}", photo.header("cache-control"));
    assert!(photo.header("content-security-policy").contains("default-src 'none'"));
    for (path, line) in [(export, "Olive Tester"), (import, "ada@example.com"), (review, "Uma Tester")] {
        let file = http.get(&path, Some(&olive)).await;
        assert!(file.body.contains(line), "{path}: {}", file.body);
        assert!(file.header("content-disposition").starts_with("attachment"), "{path}");
        assert_eq!(file.header("cache-control"), "no-store", "{path}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn uploads_take_a_session_and_the_right(pool: PgPool) {
    let http = Http::new(pool).await;
    let (olive, uma) = (http.world.olive().clone(), http.world.uma().clone());
    let all = [
        ("/upload/photo", "/me"),
        ("/upload/staff-import", "/settings/staff/import"),
        ("/upload/profile", "/settings/profiles/new"),
    ];
    for (path, page) in all {
        let answer = upload(&http, path, None, LIST).await;
        let way_in = format!("/sign-in?next={page}");
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, way_in.as_str()));
        assert_eq!(http.get(path, Some(&olive)).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let foreign = Request::post(path).header("sec-fetch-site", "cross-site").body(Body::empty());
        assert_eq!(http.send(foreign.unwrap()).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(upload(&http, "/upload/staff-import", Some(&uma), LIST).await.status, StatusCode::FORBIDDEN);
    let refused = upload(&http, "/upload/photo", Some(&uma), LIST).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Please choose a PNG, JPEG or WebP picture"), "on the form's page");
    let large = upload(&http, "/upload/photo", Some(&uma), &vec![0; 9 * 1024 * 1024]).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(large.body.contains("of at most 512 kB"));
    let taken = upload(&http, "/upload/photo", Some(&uma), PNG).await;
    assert_eq!((taken.status, taken.header("location")), (StatusCode::SEE_OTHER, "/me"));
    assert_eq!(http.world.count("select count(*) from staff_import").await, 0);
    assert_eq!(http.world.count("select count(*) from login_photo").await, 1);
}
