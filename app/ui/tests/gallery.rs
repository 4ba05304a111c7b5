//! Everything that pages can use stands in the gallery, where it is looked at.
use std::{fs, path::Path};

/// The text of every file below `folder`.
fn texts(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { texts(&path) } else { vec![fs::read_to_string(path).unwrap()] })
        .collect()
}

/// The name that a line like `pub fn Toast(` begins with.
fn component(line: &str) -> Option<&str> {
    let name = line.strip_prefix("pub fn ")?.split(['(', '<']).next()?;
    name.starts_with(char::is_uppercase).then_some(name)
}

#[test]
fn every_component_stands_in_the_gallery() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let all = texts(&sources).concat();
    let gallery = texts(&sources.join("gallery")).concat();
    let shows = |name: &str| {
        let tag = format!("<{name}");
        gallery.split(&tag).skip(1).any(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
    };
    let components: Vec<_> = all.lines().filter_map(component).filter(|name| *name != "Gallery").collect();
    assert!(components.len() > 50, "{components:?}");
    let absent: Vec<_> = components.iter().filter(|name| !shows(name)).collect();
    assert!(absent.is_empty(), "not in the gallery: {absent:?}");
    println!("{} components, all in the gallery", components.len());
}
