//! A question that the knowledge must answer in a certain way: published is what passes.

use serde::{Deserialize, Serialize};

use crate::{audience::Asker, id::EntryId, said, said::Said};

/// A question and the entry that must answer it, or none. Only [`TestQuestion::new`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Unchecked", into = "Unchecked")]
pub struct TestQuestion {
    text: String,
    expect: Option<EntryId>,
    asker: Asker,
}

/// Why something is no test question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said().en)]
pub enum BadTest {
    /// The question is empty or too long.
    Text,
    /// The name of the entry is too long.
    Expect,
}

impl BadTest {
    /// In both languages.
    pub fn said(self) -> Said {
        let most = TestQuestion::LONGEST;
        match self {
            Self::Text => {
                said!(TooLong: "测试题要有 1 到 {most} 个字符", "a test question has 1 to {most} characters")
            }
            Self::Expect => said!(BadValue:
                "`expect` 写条目的编号，或写 must refuse（拒答）",
                "`expect` names an entry, or says \"must refuse\""
            ),
        }
    }
}

/// As it stands in files and in the API.
#[derive(Serialize, Deserialize)]
struct Unchecked {
    test: String,
    #[serde(default)]
    expect: Option<String>,
    #[serde(flatten)]
    asker: Asker,
}

impl TestQuestion {
    /// Characters of a question, at most.
    pub const LONGEST: usize = 500;
    /// What stands in place of an entry where there must be no answer.
    pub const MUST_REFUSE: &'static str = "must refuse";
    /// Other ways to write it; nothing at all counts too.
    const REFUSALS: [&'static str; 6] = ["", Self::MUST_REFUSE, "must_refuse", "refuse", "拒答", "不回答"];

    /// Checks and trims. `expect` is an entry's id or [`Self::MUST_REFUSE`].
    pub fn new(text: &str, expect: &str, asker: Asker) -> Result<Self, BadTest> {
        let text = text.replace("\r\n", " ").replace(char::is_control, " ");
        let (text, expect) = (text.trim(), expect.trim());
        if text.is_empty() || text.chars().nth(Self::LONGEST).is_some() {
            return Err(BadTest::Text);
        }
        if expect.chars().nth(Self::LONGEST).is_some() || expect.contains(char::is_control) {
            return Err(BadTest::Expect);
        }
        let refuses = Self::REFUSALS.iter().any(|word| word.eq_ignore_ascii_case(expect));
        let asker =
            Asker { attributes: asker.attributes.checked(), channel: asker.channel.trim().to_owned() };
        Ok(Self { text: text.to_owned(), expect: (!refuses).then(|| expect.into()), asker })
    }

    /// What is asked.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The entry that must answer; `None` if nothing may.
    pub fn expect(&self) -> Option<&EntryId> {
        self.expect.as_ref()
    }

    /// Who asks.
    pub fn asker(&self) -> &Asker {
        &self.asker
    }
}

impl TryFrom<Unchecked> for TestQuestion {
    type Error = BadTest;

    fn try_from(raw: Unchecked) -> Result<Self, BadTest> {
        Self::new(&raw.test, raw.expect.as_deref().unwrap_or_default(), raw.asker)
    }
}

impl From<TestQuestion> for Unchecked {
    fn from(test: TestQuestion) -> Self {
        let expect =
            test.expect.map_or_else(|| TestQuestion::MUST_REFUSE.to_owned(), |entry| entry.to_string());
        Self { test: test.text, expect: Some(expect), asker: test.asker }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_names_an_entry_or_says_that_nothing_may_answer() {
        let read = |row: &str| serde_json::from_str::<TestQuestion>(row).unwrap();
        assert_eq!(read(r#"{"test":" 怎么退货\n","expect":"return"}"#).expect(), Some(&"return".into()));
        for refusal in [r#""must refuse""#, r#""refuse""#, r#""""#, "null", r#""拒答""#] {
            assert_eq!(read(&format!(r#"{{"test":"天气","expect":{refusal}}}"#)).expect(), None, "{refusal}");
        }
        assert_eq!(read(r#"{"test":"天气"}"#).expect(), None);
    }

    #[test]
    fn a_row_comes_back_as_it_went_out() {
        for row in [
            r#"{"test":"怎么退货","expect":"return"}"#,
            r#"{"test":"weather","expect":"must refuse"}"#,
            r#"{"test":"运费","expect":"shipping-pro","channel":"widget","plan":"pro"}"#,
        ] {
            let test: TestQuestion = serde_json::from_str(row).unwrap();
            assert_eq!(serde_json::to_string(&test).unwrap(), row);
        }
    }

    #[test]
    fn what_is_empty_or_endless_is_no_question() {
        let new = |text: &str, expect: &str| TestQuestion::new(text, expect, Asker::default()).err();
        assert_eq!(new(" \n", "a"), Some(BadTest::Text));
        assert_eq!(new(&"长".repeat(501), "a"), Some(BadTest::Text));
        assert_eq!(new("a", &"x".repeat(501)), Some(BadTest::Expect));
    }
}
