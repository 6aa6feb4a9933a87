//! An example of what customers want: something one may say, and what is meant by it.

use serde::{Deserialize, Serialize};

use crate::{said, said::Said};

/// What the owner says that customers mean. Only [`IntentExample::new`] makes one, so none is ever empty or endless.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct IntentExample {
    intent: String,
    text: String,
}

/// Why something is no example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said().en)]
pub enum BadExample {
    /// The name is empty, too long or more than one line.
    Intent,
    /// The text is empty or too long.
    Text,
}

impl BadExample {
    /// In both languages.
    pub fn said(self) -> Said {
        let (name, text) = (IntentExample::LONGEST_INTENT, IntentExample::LONGEST_TEXT);
        match self {
            Self::Intent => said!(TooLong:
                "意图的名称要写在一行里，1 到 {name} 个字符",
                "an intent's name is one line of 1 to {name} characters"
            ),
            Self::Text => {
                said!(TooLong: "例句要有 1 到 {text} 个字符", "an example has 1 to {text} characters")
            }
        }
    }
}

/// As it comes from outside.
#[derive(Deserialize)]
struct Unchecked {
    intent: String,
    text: String,
}

impl IntentExample {
    /// Characters of an intent's name, at most.
    pub const LONGEST_INTENT: usize = 64;
    /// Characters of a text, at most.
    pub const LONGEST_TEXT: usize = 500;

    /// Checks and trims. A text becomes one line: where it was broken is no part of what was said.
    pub fn new(intent: &str, text: &str) -> Result<Self, BadExample> {
        let intent = intent.trim();
        if intent.chars().any(char::is_control) || !fits(intent, Self::LONGEST_INTENT) {
            return Err(BadExample::Intent);
        }
        let text = text.replace("\r\n", " ").replace(char::is_control, " ");
        let text = text.trim();
        if !fits(text, Self::LONGEST_TEXT) {
            return Err(BadExample::Text);
        }
        Ok(Self { intent: intent.to_owned(), text: text.to_owned() })
    }

    /// What is meant: the name of the intent.
    pub fn intent(&self) -> &str {
        &self.intent
    }

    /// What is said.
    pub fn text(&self) -> &str {
        &self.text
    }
}

fn fits(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().nth(most).is_none()
}

impl TryFrom<Unchecked> for IntentExample {
    type Error = BadExample;

    fn try_from(raw: Unchecked) -> Result<Self, BadExample> {
        Self::new(&raw.intent, &raw.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_trimmed_and_on_one_line() {
        let example = IntentExample::new(" 发票 ", "  怎么开\r\n发票\n").unwrap();
        assert_eq!((example.intent(), example.text()), ("发票", "怎么开 发票"));
    }

    #[test]
    fn what_is_empty_or_endless_is_no_example() {
        let of = |intent: &str, text: &str| IntentExample::new(intent, text).err();
        assert_eq!([of(" ", "x"), of("a\nb", "x")], [Some(BadExample::Intent); 2]);
        assert_eq!([of("a", " \n"), of("a", &"长".repeat(501))], [Some(BadExample::Text); 2]);
        assert_eq!(of(&"名".repeat(65), "x"), Some(BadExample::Intent));
        assert_eq!(of(&"名".repeat(64), &"长".repeat(500)), None);
    }

    #[test]
    fn nothing_unchecked_comes_in_as_json() {
        let read = serde_json::from_str::<IntentExample>;
        assert!(read(r#"{"intent":"","text":"x"}"#).is_err());
        let example = read(r#"{"intent":"invoice","text":" invoice please "}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&example).unwrap(),
            r#"{"intent":"invoice","text":"invoice please"}"#
        );
    }
}
