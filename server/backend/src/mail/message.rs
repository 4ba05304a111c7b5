use askama::Template;
use domain::Email;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// One mail in plain words; text and HTML are both made from it, so they cannot disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub to: Email,
    /// Shown as the sender: the account's name where there is one, else the brand.
    pub sender_name: String,
    pub subject: String,
    /// In order; each is one paragraph of plain text.
    pub paragraphs: Vec<String>,
    /// The one thing to do.
    pub action: Option<Action>,
    /// Small print after the action, for example how long the link works.
    pub note: String,
    #[serde(default)]
    pub attachment: Option<Attachment>,
}

/// A file that goes with a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub file_name: String,
    /// For example `text/calendar; charset=utf-8; method=REQUEST`.
    pub content_type: String,
    #[serde(flatten)]
    pub content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    Text(String),
    /// Anything that is no text, for example a PDF.
    Bytes(#[serde(with = "in_base64")] Vec<u8>),
}

impl Attachment {
    /// None when it is no text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Bytes(_) => None,
        }
    }
}

/// Bytes inside JSON, a third longer rather than four times.
mod in_base64 {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::keys;

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&keys::encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        keys::decode(&text).ok_or_else(|| D::Error::custom("these bytes are not in base64"))
    }
}

/// A button in HTML, a line with the address in text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    pub label: String,
    pub url: String,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    message: &'a Message,
    brand: &'a str,
}

impl Message {
    #[must_use]
    pub fn text(&self, brand: &str) -> String {
        let mut parts = self.paragraphs.clone();
        if let Some(action) = &self.action {
            parts.push(format!("{}:\n{}", action.label, action.url));
        }
        if !self.note.is_empty() {
            parts.push(self.note.clone());
        }
        parts.push(format!("-- \n{brand}"));
        parts.join("\n\n") + "\n"
    }

    /// # Errors
    /// [`Error::Internal`] when the template cannot be filled.
    pub fn html(&self, brand: &str) -> Result<String> {
        Html { message: self, brand }.render().map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(name: &str) -> Message {
        Message {
            attachment: None,
            to: Email::parse("uma@example.com").unwrap(),
            sender_name: "Acme".into(),
            subject: "Hello".into(),
            paragraphs: vec![format!("{name} invites you.")],
            action: Some(Action { label: "Join".into(), url: "https://example.com/join/a?b=1&c=2".into() }),
            note: String::new(),
        }
    }

    #[test]
    fn hostile_names_stay_text_in_html() {
        let html = message("<script>alert(1)</script>").html("Steward").unwrap();
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("&#60;script&#62;") || html.contains("&lt;script&gt;"), "{html}");
    }

    #[test]
    fn files_are_kept_as_they_are() {
        let kept = |content: Content| {
            let file =
                Attachment { file_name: "a.pdf".into(), content_type: "application/pdf".into(), content };
            let json = serde_json::to_value(&file).unwrap();
            assert_eq!(serde_json::from_value::<Attachment>(json.clone()).unwrap(), file);
            json
        };
        assert_eq!(kept(Content::Text("BEGIN".into()))["text"], "BEGIN");
        assert_eq!(kept(Content::Bytes((0..=255).collect()))["bytes"].as_str().unwrap().len(), 342);
        let wrong = r#"{ "file_name": "a.pdf", "content_type": "application/pdf", "bytes": "%PDF" }"#;
        assert!(serde_json::from_str::<Attachment>(wrong).is_err());
    }

    #[test]
    fn text_and_html_carry_the_same_one_action() {
        let message = message("Olive");
        assert!(message.text("Steward").contains("Join:\nhttps://example.com/join/a?b=1&c=2\n"));
        assert_eq!(message.html("Steward").unwrap().matches("href=").count(), 1);
    }
}
