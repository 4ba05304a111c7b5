//! Reads answers of the server.
//!
//! `serde_json` makes code for every struct that finds the fields by their names, in any order, and describes what is wrong with
//! them: a tenth of all wasm that a browser downloads. Here the text becomes a tree once, in code that all types share, which also
//! puts the fields into their order; a type's own code only takes them one after the other. What does not fit is no answer of ours,
//! whatever is wrong with it.

use std::{fmt, vec};

use serde::{
    Deserializer,
    de::{
        self, DeserializeOwned, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
        value,
    },
};
use serde_json::{Map, Value};

/// What `json` holds. Fields that are missing are null where null fits, else the default where there is one; fields that the type
/// does not know are left out.
///
/// # Errors
/// [`Unreadable`] when it is no JSON, or not of this type.
pub fn read<T: DeserializeOwned>(json: &str) -> Result<T, Unreadable> {
    T::deserialize(Tree(serde_json::from_str(json).map_err(|_| Unreadable)?))
}

/// The text is not what was expected.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not what was expected")]
pub struct Unreadable;

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Tree(Value);

type Read<T> = Result<T, Unreadable>;

/// Each method knows one shape only: what a type does not ask for is not compiled for it.
impl<'de> Deserializer<'de> for Tree {
    type Error = Unreadable;

    /// Only for what chooses by what it finds.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(ref number) if number.is_f64() => self.deserialize_f64(visitor),
            Value::Number(_) => self.deserialize_i64(visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(items_of(items)),
            Value::Object(entries) => visitor.visit_map(entries_of(entries)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.0.as_i64() {
            Some(number) => visitor.visit_i64(number),
            None => self.deserialize_u64(visitor),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.0.as_u64().ok_or(Unreadable)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_f64(self.0.as_f64().ok_or(Unreadable)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let Value::String(text) = self.0 else { return Err(Unreadable) };
        visitor.visit_string(text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(Unreadable) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let Value::Array(items) = self.0 else { return Err(Unreadable) };
        visitor.visit_seq(items_of(items))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let Value::Object(entries) = self.0 else { return Err(Unreadable) };
        visitor.visit_map(entries_of(entries))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_seq(in_order(self.0, fields)?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_enum(variant(self.0, variants)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_i64(visitor)
    }
    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_i64(visitor)
    }
    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_i64(visitor)
    }
    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_f64(visitor)
    }
    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_string(visitor)
    }
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_string(visitor)
    }
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_string(visitor)
    }
    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        self.deserialize_unit(visitor)
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }
    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }
}

/// The values of an object, as its type lists them.
fn in_order(value: Value, fields: &[&str]) -> Read<Items> {
    let Value::Object(mut entries) = value else { return Err(Unreadable) };
    let values: Vec<_> = fields.iter().map(|field| entries.remove(*field)).collect();
    Ok(Items(values.into_iter()))
}

fn items_of(items: Vec<Value>) -> Items {
    Items(items.into_iter().map(Some).collect::<Vec<_>>().into_iter())
}

/// None for a field that is missing.
struct Items(vec::IntoIter<Option<Value>>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        let Some(value) = self.0.next() else { return Ok(None) };
        let is_missing = value.is_none();
        match seed.deserialize(Tree(value.unwrap_or_default())) {
            // The type takes its default where it has one, and else refuses the whole.
            Err(Unreadable) if is_missing => Ok(None),
            read => read.map(Some),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries {
    left: vec::IntoIter<(String, Value)>,
    value: Value,
}

fn entries_of(entries: Map<String, Value>) -> Entries {
    Entries { left: entries.into_iter().collect::<Vec<_>>().into_iter(), value: Value::Null }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        let Some((key, value)) = self.left.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Tree(Value::String(key))).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<T::Value> {
        seed.deserialize(Tree(self.value.take()))
    }
}

/// One case of an enum, by its place in the list of cases.
struct Case {
    index: u32,
    content: Value,
}

/// `"case"`, or `{"case": content}`.
fn variant(value: Value, variants: &[&str]) -> Read<Case> {
    let (name, content) = match value {
        Value::String(name) => (name, Value::Null),
        Value::Object(entries) => entries.into_iter().next().ok_or(Unreadable)?,
        _ => return Err(Unreadable),
    };
    let index = variants.iter().position(|variant| *variant == name).ok_or(Unreadable)?;
    Ok(Case { index: u32::try_from(index).map_err(|_| Unreadable)?, content })
}

impl<'de> EnumAccess<'de> for Case {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Self)> {
        Ok((seed.deserialize(value::U32Deserializer::new(self.index))?, self))
    }
}

impl<'de> VariantAccess<'de> for Case {
    type Error = Unreadable;

    fn unit_variant(self) -> Read<()> {
        if self.content.is_null() { Ok(()) } else { Err(Unreadable) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        seed.deserialize(Tree(self.content))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        Tree(self.content).deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Read<V::Value> {
        visitor.visit_seq(in_order(self.content, fields)?)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::{Permission, Refusal, Role, permissions::Assignment};
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::AppError;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Everything {
        text: String,
        letter: char,
        yes: bool,
        small: u8,
        largest: u64,
        smallest: i64,
        half: f64,
        nothing: Option<u32>,
        something: Option<String>,
        unit: (),
        pair: (u32, String),
        wrapped: Wrapped,
        lines: Vec<Shape>,
        named: BTreeMap<String, Option<i32>>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Wrapped(String);

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Shape {
        EmptyOne,
        Around(f64),
        MaybeAround(Option<u8>),
        Between(i32, i32),
        Within { left: u8, right_side: Wrapped },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Whatever {
        Number(i64),
        Half(f64),
        Texts(Vec<String>),
        Object { left: u8 },
    }

    #[track_caller]
    fn survives<T: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(value: &T) {
        assert_eq!(read::<T>(&serde_json::to_string(value).unwrap()).as_ref(), Ok(value));
    }

    #[test]
    fn what_serde_json_writes_is_read() {
        survives(&Everything {
            text: "\"é\" \u{1f600}\n".to_owned(),
            letter: 'ß',
            yes: true,
            small: 255,
            largest: u64::MAX,
            smallest: i64::MIN,
            half: -0.5,
            nothing: None,
            something: Some(String::new()),
            unit: (),
            pair: (7, "seven".to_owned()),
            wrapped: Wrapped("w".to_owned()),
            lines: vec![
                Shape::EmptyOne,
                Shape::Around(2.0),
                Shape::MaybeAround(None),
                Shape::MaybeAround(Some(3)),
                Shape::Between(-1, 1),
                Shape::Within { left: 0, right_side: Wrapped("r".to_owned()) },
            ],
            named: BTreeMap::from([("a".to_owned(), Some(-1)), ("b".to_owned(), None)]),
        });
        survives(&vec![
            Whatever::Number(-3),
            Whatever::Half(0.25),
            Whatever::Texts(vec!["x".to_owned()]),
            Whatever::Object { left: 1 },
        ]);
    }

    #[test]
    fn refusals_with_and_without_detail_are_read() {
        for refusal in [
            Refusal::NotFound,
            Refusal::PermissionMissing(Permission::SettingsInviteStaff),
            Refusal::TooManyAttempts { retry_after_seconds: 60 },
        ] {
            survives(&AppError::from(refusal.clone()));
            survives(&AppError::Denied { refusal, explanation: "x".to_owned() });
        }
        survives(&AppError::Malformed);
    }

    #[test]
    fn the_order_of_fields_says_nothing() {
        let read = read::<Shape>(r#"{"within": {"unknown": [1], "right_side": "r", "left": 1}}"#);
        assert_eq!(read, Ok(Shape::Within { left: 1, right_side: Wrapped("r".to_owned()) }));
    }

    #[test]
    fn a_missing_field_is_none_or_its_default_where_that_is_possible() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Both {
            may: Option<u8>,
            #[serde(default)]
            some: Vec<u8>,
            must: u8,
        }
        assert_eq!(read(r#"{"must": 1}"#), Ok(Both { may: None, some: vec![], must: 1 }));
        assert_eq!(read::<Both>(r#"{"may": 1}"#), Err(Unreadable));
    }

    #[test]
    fn an_assignment_of_an_older_server_is_read() {
        let given = Assignment::of_role(Role::User);
        let mut json = serde_json::to_value(&given).unwrap();
        json.as_object_mut().unwrap().remove("elevated").unwrap();
        assert_eq!(read(&json.to_string()), Ok(given));
    }

    #[test]
    fn what_is_of_another_type_is_not_read() {
        for text in [
            "",
            "{",
            "null",
            "1",
            "[]",
            "\"other\"",
            r#"{"other": 1}"#,
            r#"{"between": [1]}"#,
            r#"{"around": "1"}"#,
        ] {
            assert_eq!(read::<Shape>(text), Err(Unreadable), "{text}");
        }
        assert_eq!(read::<u8>("256"), Err(Unreadable));
        assert_eq!(read::<u8>("-1"), Err(Unreadable));
        assert_eq!(read::<(u8, u8)>("[1]"), Err(Unreadable));
        assert_eq!(read::<String>("null"), Err(Unreadable));
    }
}
