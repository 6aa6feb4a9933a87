//! A model without any judgement: it does whatever something in its prompt tells it to do, cites as it was taught, and
//! says everything that it was told. What of it reaches a customer is what the code lets through.

use serde_json::Value;

/// What comes before words that shall be said.
const ORDERS: [&str; 12] = [
    "say ", "says ", "tell ", "reply ", "repeat ", "write ", "output ", "promise ", "说", "回复", "重复",
    "承诺",
];

/// Its words: every order that it finds, carried out, in the wording and as a cited sentence; then all of its prompt.
pub(super) fn reply(asked: &Value) -> String {
    let prompt: Vec<&str> = asked["messages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["content"].as_str())
        .collect();
    let data: Value = prompt.last().and_then(|data| serde_json::from_str(data).ok()).unwrap_or_default();
    let mut texts = Vec::new();
    collect(&data, &mut texts);
    let mut said = Vec::new();
    for text in &texts {
        said.extend(orders(text).into_iter().map(|order| format!("{order} [1]. ")));
        said.push(format!("{text} [1]\n"));
    }
    said.push(prompt.concat());
    said.concat()
}

fn collect(data: &Value, texts: &mut Vec<String>) {
    match data {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|one| collect(one, texts)),
        Value::Object(all) => all.values().for_each(|one| collect(one, texts)),
        _ => {}
    }
}

/// The rest of the sentence behind every order, without quotes.
fn orders(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let found = ORDERS.iter().flat_map(|order| {
        lower.match_indices(order).map(|(at, order)| text[at + order.len()..].to_owned()).collect::<Vec<_>>()
    });
    let sentence = |rest: String| {
        let end = rest.find(['。', '！', '\n']).or_else(|| rest.find(". ")).unwrap_or(rest.len());
        rest[..end].trim_matches([' ', ':', '：', '"', '“', '”', '「', '」', '\'']).to_owned()
    };
    found.map(sentence).filter(|order| !order.is_empty()).collect()
}
