//! The names of the built files. cargo-leptos writes their hashes into `hash.txt` beside the binary.

use std::{collections::HashMap, path::Path};

use app::shell::Assets;

const NAME: &str = "steward";

/// Reads the names once, at the start; without `hash.txt` (a build by plain cargo) they carry no hashes, and the areas' code is
/// not cut into pieces.
pub fn assets(site_root: &Path) -> Assets {
    let hashes = hashes();
    let named = |stem: &str, kind: &str, extension: &str| match hashes.get(kind) {
        Some(hash) => format!("{stem}.{hash}.{extension}"),
        None => format!("{stem}.{extension}"),
    };
    Assets {
        js: named(NAME, "js", "js"),
        wasm: named(NAME, "wasm", "wasm"),
        css: named(NAME, "css", "css"),
        loader: named("__wasm_split", "split", "js"),
        pieces: pieces(&site_root.join("pkg").join(named("__wasm_split_manifest", "manifest", "json"))),
    }
}

fn hashes() -> HashMap<String, String> {
    let text = std::env::current_exe()
        .ok()
        .and_then(|exe| std::fs::read_to_string(exe.with_file_name("hash.txt")).ok())
        .unwrap_or_default();
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs.map(|(kind, hash)| (kind.trim().to_owned(), hash.trim().to_owned())).collect()
}

/// The wasm files of each area's code.
fn pieces(manifest: &Path) -> HashMap<String, Vec<String>> {
    std::fs::read(manifest).ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
}
