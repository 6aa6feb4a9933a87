//! Rows that are no entries: a text and its intent, an example of what customers want; a test question and the
//! entry that must answer it.

use domain::{BadExample, BadTest, IntentExample, TestQuestion, said};
use serde_json::{Map, Value};

use super::{columns, draft::Fault, fold, json, list};

/// Names by field, folded as [`fold::header`] does.
const TEXT: &[&str] = &["text", "utterance", "例句", "文本", "说法", "說法"];
const INTENT: &[&str] = &["intent", "意图", "意圖"];
/// Names by the field of a test question, folded in the same way.
const OF_TESTS: &[(&str, &[&str])] = &[
    ("test", &["test", "测试题", "測試題"]),
    ("expect", &["expect", "应答条目", "應答條目"]),
    ("channel", &["channel"]),
    ("plan", &["plan"]),
    ("region", &["region"]),
];

/// Where text and intent stand among these names, if they are of examples: what has a question and an answer
/// is an entry, whatever else it has.
pub(super) fn columns<'a>(names: impl IntoIterator<Item = &'a str> + Clone) -> Option<(usize, usize)> {
    if columns::are_enough(&columns::assign(names.clone())) {
        return None;
    }
    let folded: Vec<String> = names.into_iter().map(fold::header).collect();
    Some((place(&folded, TEXT)?, place(&folded, INTENT)?))
}

fn place(folded: &[String], known: &[&str]) -> Option<usize> {
    folded.iter().position(|name| known.contains(&name.as_str()))
}

/// Where a table of test questions has the fields of one; `None` if this is the header of none.
pub(super) fn columns_of_tests(header: &[String]) -> Option<Vec<(usize, &'static str)>> {
    let folded: Vec<String> = header.iter().map(|name| fold::header(name)).collect();
    let found = OF_TESTS.iter().filter_map(|&(field, known)| Some((place(&folded, known)?, field)));
    let found: Vec<_> = found.collect();
    let has = |wanted: &str| found.iter().any(|&(_, field)| field == wanted);
    (has("test") && has("expect")).then_some(found)
}

/// A test question from a row of such a table.
pub(super) fn test_in_row(columns: &[(usize, &str)], cells: &[String]) -> Result<TestQuestion, Fault> {
    let cell = |at: usize| cells.get(at).map_or("", |cell| list::restore(cell));
    test(columns.iter().map(|&(at, field)| (field.to_owned(), Value::from(cell(at)))).collect())
}

/// An example from a JSON object, if it is one.
pub(super) fn object(object: &Map<String, Value>) -> Option<Result<IntentExample, Fault>> {
    let (text, intent) = columns(object.keys().map(String::as_str))?;
    let value = |at: usize| object.values().nth(at).and_then(Value::as_str);
    let missing = |field: &str| {
        let problem = said!(BadValue:
            "不是文字；写成 {{\"text\": …, \"intent\": …}}",
            "is no text; write {{\"text\": …, \"intent\": …}}"
        );
        Fault::new(field, problem)
    };
    Some(match (value(text), value(intent)) {
        (None, _) => Err(missing("text")),
        (_, None) => Err(missing("intent")),
        (Some(text), Some(intent)) => example(text, intent),
    })
}

/// A test question from a JSON object: `{"test": …, "expect": …}`.
pub(super) fn test(object: Map<String, Value>) -> Result<TestQuestion, Fault> {
    let text = |field: &str| match object.get(field) {
        None | Some(Value::Null) => Ok(""),
        Some(Value::String(text)) => Ok(text.as_str()),
        Some(_) => {
            let problem = said!(BadValue:
                "不是文字；写成 {{\"test\": …, \"expect\": …}}",
                "is no text; write {{\"test\": …, \"expect\": …}}"
            );
            Err(Fault::new(field, problem))
        }
    };
    let asker = serde_json::from_value(Value::Object(asker(&object)))
        .map_err(|error| Fault::whole(json::unfit(&error)))?;
    TestQuestion::new(text("test")?, text("expect")?, asker).map_err(|error| {
        let field = if error == BadTest::Text { "test" } else { "expect" };
        Fault::new(field, error.said())
    })
}

fn asker(object: &Map<String, Value>) -> Map<String, Value> {
    let is_of_asker = |field: &str| ["channel", "plan", "region"].contains(&field);
    let fields = object.iter().filter(|(field, value)| is_of_asker(field) && !value.is_null());
    fields.map(|(field, value)| (field.clone(), value.clone())).collect()
}

/// Checked.
pub(super) fn example(text: &str, intent: &str) -> Result<IntentExample, Fault> {
    IntentExample::new(intent, text).map_err(|error| {
        let field = if error == BadExample::Intent { "intent" } else { "text" };
        Fault::new(field, error.said())
    })
}
