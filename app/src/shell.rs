//! The HTML document around the app, and the security headers that depend on its nonce.

use std::collections::HashMap;

use http::{HeaderValue, header};
use leptos::{WasmSplitManifest, nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

use crate::{App, boot::BOOT_ELEMENT_ID, request};

/// The names of the built files, with their hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// The script that loads the pieces.
    pub loader: String,
    /// The wasm files (without their ending) of each area's code.
    pub pieces: HashMap<String, Vec<String>>,
}

pub fn shell(assets: &Assets) -> impl IntoView + use<> {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    set_policy(&nonce);
    // Leptos then tells the browser to fetch the pieces of the page's area before its wasm asks for them.
    provide_context(WasmSplitManifest(ArcStoredValue::new((
        "/pkg".to_owned(),
        assets.pieces.clone(),
        assets.loader.clone(),
    ))));
    let boot = request::boot();
    let theme = boot.as_ref().and_then(|boot| ui::Theme::parse(&boot.theme).data_theme());
    let page = boot.as_ref().and_then(|boot| Some(boot.replay.as_ref()?.page.clone()));
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=format!("/pkg/{}", assets.css)/>
                <link rel="modulepreload" href=format!("/pkg/{}", assets.js)/>
                <link rel="preload" href=format!("/pkg/{}", assets.wasm) r#as="fetch" r#type="application/wasm" crossorigin=""/>
                <script type="application/json" id=BOOT_ELEMENT_ID inner_html=boot.map(|boot| json(&boot))></script>
                <script type="module" nonce=nonce inner_html=start_script(assets, page.as_deref())></script>
                {reloading().map(|options| view! { <AutoReload options/> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// What `cargo leptos watch` tells the server it starts.
fn is_watched() -> bool {
    std::env::var_os("LEPTOS_WATCH").is_some()
}

/// With these the page loads itself anew when its code has changed.
fn reloading() -> Option<LeptosOptions> {
    is_watched().then(|| get_configuration(None).ok())?.map(|configuration| configuration.leptos_options)
}

/// Own start script instead of leptos' `HydrationScripts`, which writes the nonce into `crossorigin`. A refused form was answered
/// at the address it was posted to; the browser goes on at the address of its page.
fn start_script(assets: &Assets, page: Option<&str>) -> String {
    let address =
        page.map(|page| format!("history.replaceState(null,\"\",{});", json(&page))).unwrap_or_default();
    format!(
        "{address}const without=e=>console.warn(\"This page works without its script:\",e);\
         import(\"/pkg/{}\").then(m=>m.default({{module_or_path:\"/pkg/{}\"}}).then(()=>m.hydrate(),without),without);",
        assets.js, assets.wasm
    )
}

/// JSON that can stand inside a script element: nothing in it can end the element or begin a comment.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('<', "\\u003c").replace('\u{2028}', "\\u2028")
}

/// CSP by header, with this response's nonce.
fn set_policy(nonce: &str) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let reload = if is_watched() { " ws:" } else { "" };
    // A form without wasm is redirected there.
    let gateway = request::gateway_pages().map(|origin| format!(" {origin}")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'{reload}; object-src 'none'; base-uri 'none'; form-action 'self'{gateway}; \
         frame-ancestors 'none'"
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, value);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_in_the_boot_data_can_end_its_element() {
        let text = super::json(&"</script><!--<script>");
        assert!(!text.contains('<'), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), "</script><!--<script>");
    }
}
