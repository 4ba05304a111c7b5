//! The names of the built files. cargo-leptos writes their hashes into `hash.txt` beside the binary.

use std::path::Path;

use app::shell::Assets;

const NAME: &str = "steward";

/// Reads the hashes once, at the start; without the file (a build by plain cargo) names carry none.
pub fn assets() -> Assets {
    let hashes = std::env::current_exe()
        .ok()
        .and_then(|exe| {
            std::fs::read_to_string(exe.parent().unwrap_or_else(|| Path::new(".")).join("hash.txt")).ok()
        })
        .unwrap_or_default();
    let file = |kind: &str| {
        let hash =
            hashes.lines().filter_map(|line| line.split_once(':')).find(|(name, _)| name.trim() == kind);
        match hash {
            Some((_, hash)) => format!("{NAME}.{}.{kind}", hash.trim()),
            None => format!("{NAME}.{kind}"),
        }
    };
    Assets { js: file("js"), wasm: file("wasm"), css: file("css") }
}
