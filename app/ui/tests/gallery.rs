//! Everything that pages can use stands in the gallery, where it is looked at.
use std::{fs, io, path::Path};

/// The text of all files below `folder`.
fn text(folder: &Path) -> io::Result<String> {
    let mut all = String::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        all += &if path.is_dir() { text(&path)? } else { fs::read_to_string(path)? };
    }
    Ok(all)
}

/// The name that a line like `pub fn Toast(` begins with.
fn component(line: &str) -> Option<&str> {
    let name = line.strip_prefix("pub fn ")?.split(['(', '<']).next()?;
    name.starts_with(char::is_uppercase).then_some(name)
}

#[test]
fn every_component_stands_in_the_gallery() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let all = text(&sources).unwrap();
    let gallery = text(&sources.join("gallery")).unwrap();
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
