//! An action out of an OpenAPI document (version 3, JSON): address, method and parameters of one operation.

use serde_json::Value;

use super::{Action, Choice, Kind, Parameter, Place};

/// Completes an action from the document that it names. What the owner wrote goes before.
pub fn complete(action: &mut Action, document: &Value) -> Result<(), String> {
    let wanted = action.operation.clone();
    let missing = || format!("[[actions]] {}: {} has no operation {wanted:?}", action.name, action.openapi);
    let (path, method, shared, operation) = find(document, &wanted).ok_or_else(missing)?;
    if action.url.is_empty() {
        let server = document.pointer("/servers/0/url").and_then(Value::as_str).unwrap_or_default();
        action.url = format!("{}{path}", server.trim_end_matches('/'));
    }
    method.to_uppercase().clone_into(&mut action.method);
    action.writes = action.method != "GET";
    for words in [&mut action.description_zh, &mut action.description_en] {
        if words.is_empty() {
            operation["summary"].as_str().unwrap_or_default().clone_into(words);
        }
    }
    let listed = shared.into_iter().chain(operation["parameters"].as_array()).flatten();
    let mut found: Vec<Parameter> = listed.filter_map(|one| parameter(document, one)).collect();
    found.extend(fields(document, operation));
    for one in found {
        match action.parameters.iter_mut().find(|own| own.name == one.name) {
            Some(own) => own.place = own.place.or(one.place),
            None => action.parameters.push(one),
        }
    }
    Ok(())
}

type Found<'a> = (&'a str, &'a str, Option<&'a Vec<Value>>, &'a Value);

fn find<'a>(document: &'a Value, wanted: &str) -> Option<Found<'a>> {
    let paths = document["paths"].as_object()?;
    paths.iter().find_map(|(path, item)| {
        let (method, operation) =
            item.as_object()?.iter().find(|(_, operation)| operation["operationId"] == wanted)?;
        Some((path.as_str(), method.as_str(), item["parameters"].as_array(), operation))
    })
}

/// What a `$ref` within the document leads to; one step, so that no circle is walked.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let place = value["$ref"].as_str().and_then(|place| place.strip_prefix('#'));
    place.and_then(|place| document.pointer(place)).unwrap_or(value)
}

fn parameter(document: &Value, one: &Value) -> Option<Parameter> {
    let one = resolved(document, one);
    let place = match one["in"].as_str()? {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" => Place::Header,
        _ => return None,
    };
    let required = place == Place::Path || one["required"] == true;
    let schema = resolved(document, &one["schema"]);
    Some(typed(one["name"].as_str()?, schema, one["description"].as_str(), required, place))
}

/// The properties of a JSON body.
fn fields(document: &Value, operation: &Value) -> Vec<Parameter> {
    let body = resolved(document, &operation["requestBody"]);
    let Some(schema) = body.pointer("/content/application~1json/schema") else { return Vec::new() };
    let schema = resolved(document, schema);
    let required = |name: &String| {
        schema["required"].as_array().is_some_and(|names| names.iter().any(|known| known == name))
    };
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, of)| {
            let of = resolved(document, of);
            typed(name, of, of["description"].as_str(), required(name), Place::Body)
        })
        .collect()
}

fn typed(name: &str, schema: &Value, description: Option<&str>, required: bool, place: Place) -> Parameter {
    let choices: Vec<Choice> =
        schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(choice).collect();
    let ask = description.unwrap_or_default().to_owned();
    let kind = if choices.is_empty() { kind(name, schema) } else { Kind::Choice };
    Parameter {
        name: name.to_owned(),
        kind,
        required,
        place: Some(place),
        choices,
        ask_zh: ask.clone(),
        ask_en: ask,
        ..Parameter::default()
    }
}

fn choice(value: &str) -> Choice {
    Choice { value: value.to_owned(), zh: value.to_owned(), en: value.to_owned() }
}

/// By the schema, else by what it is called.
fn kind(name: &str, schema: &Value) -> Kind {
    let name = name.to_lowercase();
    let called = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (_, Some("date" | "date-time")) => Kind::Date,
        (Some("number"), _) if called(&["amount", "price", "sum", "total"]) => Kind::Amount,
        _ if called(&["order"]) => Kind::Order,
        _ if called(&["address"]) => Kind::Address,
        _ if called(&["phone", "mobile"]) => Kind::Phone,
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn action(operation: &str) -> Action {
        serde_json::from_value(
            json!({ "name": "a", "openapi": "shop.json", "operation": operation, "phrasings": ["x"] }),
        )
        .unwrap()
    }

    fn document() -> Value {
        json!({
            "openapi": "3.0.3", "servers": [{ "url": "http://shop.example/api/" }],
            "paths": { "/orders/{order_id}": {
                "parameters": [{ "$ref": "#/components/parameters/order" }],
                "get": { "operationId": "getOrder", "summary": "Find an order" },
                "put": { "operationId": "moveOrder", "requestBody": { "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/move" } } } } },
            } },
            "components": {
                "parameters": { "order": { "name": "order_id", "in": "path", "description": "Which order?", "schema": { "type": "string" } } },
                "schemas": { "move": { "required": ["address"], "properties": {
                    "address": { "type": "string" }, "day": { "type": "string", "format": "date" },
                    "speed": { "enum": ["slow", "fast"] } } } },
            },
        })
    }

    #[test]
    fn an_operation_becomes_an_action() {
        let mut read = action("getOrder");
        complete(&mut read, &document()).unwrap();
        assert_eq!((read.url.as_str(), read.writes), ("http://shop.example/api/orders/{order_id}", false));
        assert_eq!((read.parameters[0].kind, read.parameters[0].required), (Kind::Order, true));
        assert_eq!(read.check(), Ok(()));
        let mut write = action("moveOrder");
        complete(&mut write, &document()).unwrap();
        let kinds: Vec<(&str, Kind, bool)> =
            write.parameters.iter().map(|p| (p.name.as_str(), p.kind, p.required)).collect();
        assert_eq!(
            kinds,
            [
                ("order_id", Kind::Order, true),
                ("address", Kind::Address, true),
                ("day", Kind::Date, false),
                ("speed", Kind::Choice, false)
            ]
        );
        assert!(write.writes && write.method == "PUT");
        assert!(complete(&mut action("nothing"), &document()).unwrap_err().contains("nothing"));
    }
}
