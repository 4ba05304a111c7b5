//! A profile as a file: what the editor shows, in a form that another account of Steward reads. Described in `docs/profile-file.md`.

use std::{fmt, str::FromStr};

use domain::{
    Permission, PermissionSet, Refusal,
    permissions::{Profile, UnknownPermission, check_profile_words},
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

/// The schema that this version writes, and the newest that it reads.
const SCHEMA: u32 = 1;
/// Bytes of a file that is read: many times what the whole vocabulary takes.
const MAX_BYTES: usize = 64 * 1024;

/// What every schema has in common, to say of a newer file that it is newer and not that it is broken.
#[derive(Deserialize)]
struct Any {
    steward_profile: AnyProfile,
}

#[derive(Deserialize)]
struct AnyProfile {
    schema: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    steward_profile: FileProfile,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileProfile {
    schema: u32,
    name: String,
    #[serde(default)]
    description: String,
    permissions: Vec<Key>,
}

/// A permission that a profile can hold.
#[derive(Clone, Copy)]
struct Key(Permission);

#[derive(Debug, thiserror::Error)]
enum NotGrantable {
    #[error(transparent)]
    Unknown(#[from] UnknownPermission),
    #[error("“{0}” is for Admins only, no profile can hold it")]
    AdminOnly(Permission),
}

impl FromStr for Key {
    type Err = NotGrantable;
    fn from_str(key: &str) -> Result<Self, NotGrantable> {
        let permission: Permission = key.parse()?;
        if permission.admin_only() { Err(NotGrantable::AdminOnly(permission)) } else { Ok(Self(permission)) }
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.key())
    }
}

/// By a visitor of its own: what is refused after the text was read is told with the line after it.
impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the key of a permission")
            }
            fn visit_str<E: de::Error>(self, key: &str) -> Result<Key, E> {
                key.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// What a file holds, checked for itself.
pub(super) struct Read {
    pub name: String,
    pub description: String,
    pub permissions: PermissionSet,
}

/// # Errors
/// `serde_json`'s, which a profile does not cause.
pub(super) fn write(profile: Profile) -> serde_json::Result<Vec<u8>> {
    let Profile { name, description, permissions, .. } = profile;
    let permissions = permissions.without(PermissionSet::ADMIN_ONLY).iter().map(Key).collect();
    let file = File { steward_profile: FileProfile { schema: SCHEMA, name, description, permissions } };
    let mut text = serde_json::to_vec_pretty(&file)?;
    text.push(b'\n');
    Ok(text)
}

/// Reads a file; `name` stands for the file's own unless it is empty.
///
/// # Errors
/// [`Refusal::UnreadableFile`] saying what is wrong and in which line; [`Refusal::Invalid`] for `name` and `description`.
pub(super) fn read(content: &[u8], name: &str) -> Result<Read, Refusal> {
    let unreadable = |why: String| Refusal::UnreadableFile(why);
    if content.len() > MAX_BYTES {
        return Err(unreadable(format!("it is larger than {} kB, which no profile is.", MAX_BYTES / 1024)));
    }
    let wrong = |error: serde_json::Error| match error.classify() {
        serde_json::error::Category::Data => unreadable(format!("{error}.")),
        _ => unreadable(format!("it is not JSON: {error}.")),
    };
    let Any { steward_profile: AnyProfile { schema } } = serde_json::from_slice(content).map_err(wrong)?;
    if schema != SCHEMA {
        let why = format!("its schema is {schema}; this version of Steward reads schema {SCHEMA}.");
        return Err(unreadable(why));
    }
    let File { steward_profile: file } = serde_json::from_slice(content).map_err(wrong)?;
    let permissions: PermissionSet = file.permissions.into_iter().map(|key| key.0).collect();
    if let Some(alone) = permissions.without(permissions.consistent()).iter().next() {
        let view = alone.section().map_or("", |section| Permission::view(section).key());
        return Err(unreadable(format!("“{alone}” does nothing without “{view}”, which is missing.")));
    }
    let name = if name.trim().is_empty() { &file.name } else { name };
    let (name, description) = check_profile_words(name, &file.description)?;
    Ok(Read { name, description, permissions })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
  "steward_profile": {
    "schema": 1,
    "name": "Closers",
    "permissions": [
      "contacts.view",
      "contacts.edit"
    ]
  }
}"#;

    fn refused(content: &str) -> String {
        read(content.as_bytes(), "").err().expect("a refusal").to_string()
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let cases = [
            ("schema\": 1", "schema\": 2", "its schema is 2; this version of Steward reads schema 1"),
            ("contacts.edit", "contacts.fly", "unknown permission \"contacts.fly\" at line 7"),
            (
                "contacts.edit",
                "admin.change_billing",
                "“admin.change_billing” is for Admins only, no profile can hold it at line 7",
            ),
            ("contacts.view", "calendars.view", "“contacts.edit” does nothing without “contacts.view”"),
            ("\"name\"", "\"nome\"", "unknown field `nome`"),
            ("steward_profile", "profile", "missing field `steward_profile`"),
        ];
        for (from, to, expected) in cases {
            let said = refused(&FILE.replace(from, to));
            assert!(said.contains(expected), "{said}");
        }
        assert!(refused("Closers;contacts").contains("it is not JSON: expected value at line 1 column 1"));
        assert!(refused(&" ".repeat(MAX_BYTES + 1)).contains("larger than 64 kB"));
    }

    #[test]
    fn another_name_may_stand_for_the_one_in_the_file() {
        assert_eq!(read(FILE.as_bytes(), " ").ok().map(|read| read.name).as_deref(), Some("Closers"));
        assert_eq!(read(FILE.as_bytes(), "Others").ok().map(|read| read.name).as_deref(), Some("Others"));
    }
}
