//! Built files: browsers keep them for ever where their names say which build they are of, and get them as small as they can take them.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use server::site::Site;
use sqlx::PgPool;

use crate::http_support::{Answer, Http};

/// A site folder of this test, removed at its end.
struct Folder(std::path::PathBuf);

impl Folder {
    /// With a script of this name.
    fn new(script: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("steward-site-{script}-{}", std::process::id()));
        let [plain, br, gz] = ["", ".br", ".gz"].map(|ending| format!("pkg/{script}{ending}"));
        for (file, content) in [
            (plain.as_str(), "plain script"),
            (&br, "brotli"),
            (&gz, "gzip"),
            ("hash.txt", "js: abc\nwasm: def\ncss: ghi\n"),
            ("fonts/inter.woff2", "font"),
            ("favicon.svg", "<svg/>"),
            ("hidden.txt", "not served"),
        ] {
            let path = folder.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        Self(folder)
    }

    async fn serve(&self, pool: PgPool) -> Http {
        let site = Site::find(&self.0, &self.0.join("hash.txt")).expect("a site");
        Http::with_site(pool, &[], &site).await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn ask(http: &Http, path: &str, encodings: &str) -> Answer {
    let request = Request::get(path).header(header::ACCEPT_ENCODING, encodings).body(Body::empty());
    http.send(request.unwrap()).await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn built_files_are_kept_for_ever_and_come_compressed(pool: PgPool) {
    let site = Folder::new("steward.abc.js");
    let http = site.serve(pool).await;
    for (encodings, content, encoding) in
        [("br, gzip", "brotli", "br"), ("gzip", "gzip", "gzip"), ("identity", "plain script", "")]
    {
        let answer = ask(&http, "/pkg/steward.abc.js", encodings).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, content), "{encodings}");
        assert_eq!(answer.header("content-encoding"), encoding);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(answer.header("content-type").starts_with("text/javascript"), "{encodings}");
    }
    let font = ask(&http, "/fonts/inter.woff2", "br").await;
    assert_eq!(font.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(ask(&http, "/favicon.svg", "").await.status, StatusCode::OK);
    for path in ["/pkg/gone.js", "/pkg/../hidden.txt", "/pkg/%2e%2e/hidden.txt", "/fonts/"] {
        let answer = ask(&http, path, "br").await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(!answer.header("cache-control").contains("immutable"), "{path} must not be kept");
    }
}

/// `cargo leptos watch` builds them anew under the same names, beside the `hash.txt` of an earlier build.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn built_files_without_hashes_are_asked_for_again(pool: PgPool) {
    let site = Folder::new("steward.js");
    let http = site.serve(pool).await;
    let page = http.get("/sign-in", None).await;
    assert!(page.body.contains("/pkg/steward.js") && !page.body.contains("abc.js"), "{}", page.body);
    assert_eq!(ask(&http, "/pkg/steward.js", "").await.header("cache-control"), "no-cache");
    let font = ask(&http, "/fonts/inter.woff2", "").await;
    assert_eq!(font.header("cache-control"), "public, max-age=31536000, immutable");
}
