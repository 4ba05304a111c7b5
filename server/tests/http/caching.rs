//! Built files: browsers keep them for ever, and get them as small as they can take them.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use sqlx::PgPool;

use crate::http_support::{Answer, Http};

/// A site folder of this test, removed at its end.
struct Site(std::path::PathBuf);

impl Site {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("steward-site-{}", std::process::id()));
        for (file, content) in [
            ("pkg/app.js", "plain script"),
            ("pkg/app.js.br", "brotli"),
            ("pkg/app.js.gz", "gzip"),
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
}

impl Drop for Site {
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
    let site = Site::new();
    let root = format!("--site-root={}", site.0.display());
    let http = Http::with_flags(pool, &[&root]).await;
    for (encodings, content, encoding) in
        [("br, gzip", "brotli", "br"), ("gzip", "gzip", "gzip"), ("identity", "plain script", "")]
    {
        let answer = ask(&http, "/pkg/app.js", encodings).await;
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
