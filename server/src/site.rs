//! The built site: where it is, and what its files are called. cargo-leptos writes the hashes in their names into `hash.txt` beside
//! the binary, when it was told to hash (`scripts/bundle.sh` does; `cargo leptos watch` cannot).

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use app::shell::Assets;

const NAME: &str = "steward";

#[derive(Clone, Debug)]
pub struct Site {
    pub root: PathBuf,
    pub assets: Assets,
    /// A name with a hash never changes its meaning.
    pub is_hashed: bool,
}

/// Why the site cannot be served; each says what to do.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    #[error(
        "SITE_ROOT is {0}, and no built site is there (pkg/{NAME}.js). Build one with scripts/bundle.sh run, and set SITE_ROOT \
         to the folder `site` that it made"
    )]
    Missing(PathBuf),
    #[error(
        "the site in SITE_ROOT ({root}) and {hashes} are not of the same build. Copy the server, hash.txt and the folder `site` \
         together from what scripts/bundle.sh run made"
    )]
    OfAnotherBuild { root: PathBuf, hashes: PathBuf },
}

impl Site {
    /// Looks once, at the start.
    ///
    /// # Errors
    /// [`SiteError`].
    pub fn find(root: &Path, hash_file: &Path) -> Result<Self, SiteError> {
        let exists = |site: &Self| root.join("pkg").join(&site.assets.js).is_file();
        let hashed = read_hashes(hash_file).map(|hashes| Self::named(root, &hashes));
        if let Some(site) = hashed.filter(exists) {
            return Ok(site);
        }
        // What hash.txt says is of an earlier build, where the files have no hashes in their names.
        let plain = Self::plain(root);
        if exists(&plain) {
            Ok(plain)
        } else if has_scripts(&root.join("pkg")) {
            Err(SiteError::OfAnotherBuild { root: root.to_owned(), hashes: hash_file.to_owned() })
        } else {
            Err(SiteError::Missing(root.to_owned()))
        }
    }

    /// Names without hashes, whether the files are there or not.
    pub fn plain(root: &Path) -> Self {
        Self::named(root, &HashMap::new())
    }

    fn named(root: &Path, hashes: &HashMap<String, String>) -> Self {
        let named = |stem: &str, kind: &str, extension: &str| match hashes.get(kind) {
            Some(hash) => format!("{stem}.{hash}.{extension}"),
            None => format!("{stem}.{extension}"),
        };
        let manifest = root.join("pkg").join(named("__wasm_split_manifest", "manifest", "json"));
        let assets = Assets {
            js: named(NAME, "js", "js"),
            wasm: named(NAME, "wasm", "wasm"),
            css: named(NAME, "css", "css"),
            // The split leaves room for the hash, whether one comes or not.
            loader: format!(
                "__wasm_split.{}.js",
                hashes.get("split").map_or("______________________", String::as_str)
            ),
            pieces: pieces(&manifest),
        };
        Self { root: root.to_owned(), assets, is_hashed: !hashes.is_empty() }
    }
}

/// `hash.txt` beside this program.
pub fn hash_file() -> PathBuf {
    std::env::current_exe().unwrap_or_default().with_file_name("hash.txt")
}

fn read_hashes(file: &Path) -> Option<HashMap<String, String>> {
    let text = std::fs::read_to_string(file).ok()?;
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    Some(pairs.map(|(kind, hash)| (kind.trim().to_owned(), hash.trim().to_owned())).collect())
}

fn has_scripts(folder: &Path) -> bool {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .map(|file| file.file_name())
        .any(|name| name.to_str().is_some_and(|name| name.starts_with(NAME) && name.ends_with(".js")))
}

/// The wasm files of each area's code; none where the code is not cut into pieces.
fn pieces(manifest: &Path) -> HashMap<String, Vec<String>> {
    std::fs::read(manifest).ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test with these files, removed at its end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[&str]) -> Self {
            let folder = std::env::temp_dir().join(format!("steward-{name}-{}", std::process::id()));
            std::fs::create_dir_all(folder.join("pkg")).unwrap();
            for file in files {
                std::fs::write(folder.join(file), "js: abc\nwasm: def\ncss: ghi\nsplit: jkl\n").unwrap();
            }
            Self(folder)
        }

        fn find(&self) -> Result<Site, SiteError> {
            Site::find(&self.0, &self.0.join("hash.txt"))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn names_carry_the_hashes_of_their_own_build() {
        let bundle = Folder::new("bundle", &["hash.txt", "pkg/steward.abc.js"]).find().unwrap();
        assert!(bundle.is_hashed);
        let Assets { js, wasm, css, loader, .. } = bundle.assets;
        let names = ["steward.abc.js", "steward.def.wasm", "steward.ghi.css", "__wasm_split.jkl.js"];
        assert_eq!([js, wasm, css, loader], names);
    }

    #[test]
    fn hashes_of_an_earlier_build_do_not_mislead() {
        for files in [&["pkg/steward.js"][..], &["hash.txt", "pkg/steward.js"]] {
            let site = Folder::new("watched", files).find().unwrap();
            assert!(!site.is_hashed);
            assert_eq!(site.assets.js, "steward.js");
            assert_eq!(site.assets.loader, "__wasm_split.______________________.js");
        }
    }

    #[test]
    fn a_site_that_is_not_there_or_of_another_build_is_told() {
        let cases = [
            (&["hash.txt"][..], "no built site is there"),
            (&["pkg/steward.abc.js"], "not of the same build"),
            (&["hash.txt", "pkg/steward.xyz.js"], "not of the same build"),
        ];
        for (files, told) in cases {
            let said = Folder::new("wrong", files).find().unwrap_err().to_string();
            assert!(said.contains(told) && said.contains("scripts/bundle.sh run"), "{files:?}: {said}");
        }
    }
}
